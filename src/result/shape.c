/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/shape.h"

struct shape shape_of_study(const struct study *study)
{
    int n_months = study->trajectories == TRAJECTORIES_NONE ? 0 : study_n_samples(study);
    return (struct shape){.n_points = study->design.n_points,
                          .n_regimes = study->n_regimes,
                          .n_replicates = study->replication.max,
                          .n_months = n_months,
                          .trajectories = n_months > 0 ? study->trajectories : TRAJECTORIES_NONE};
}
