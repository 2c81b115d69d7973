/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_SHAPE_H
#define RESULT_SHAPE_H

#include "study/study.h"

/* The extents of the arrays that hold the runs of a study. */
struct shape {
    int n_points, n_regimes;
    int n_replicates; /* of a study: the most that a point can have; of what holds runs: of the point with the most */
    int n_months;     /* samples of trajectories, 0 without */
    enum trajectories trajectories; /* TRAJECTORIES_NONE when n_months is 0 */
};

/* The shape that all runs of a study have. */
struct shape shape_of_study(const struct study *study);

#endif
