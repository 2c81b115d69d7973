/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "result/settings.h"
#include "result/shape.h"
#include "result/tally_code.h"
#include "store/file/layout.h"
#include "store/file/packing.h"
#include "store/store.h"

/* What does not grow with runs or points: names, labels and units of all variables and their dimension scales. And what a
 * point takes beside its numbers: counts, its message, its place in an index. */
enum { FIXED_BYTES = 1 << 18, POINT_BYTES = 512 };

/* Numbers that do not compress are stored as they are; chunks have entries in an index and begin on a boundary. */
static const double OVERHEAD = 1.02;

double store_most_bytes(const struct study *study)
{
    const struct shape shape = shape_of_study(study);
    double points = shape.n_points, runs = points * shape.n_regimes * shape.n_replicates;
    double values = runs * ((double)study_n_outcome_columns(study) * sizeof(double) + 1);
    double per_point = 0;
    double samples = (double)study_n_series(study) * shape.n_months * sizeof(float);
    if (shape.trajectories == TRAJECTORIES_RUNS) {
        values += runs * samples;
    } else if (shape.trajectories == TRAJECTORIES_SUMMARY) {
        values += points * shape.n_regimes * (N_STATISTICS + N_MOMENTS) * samples;
        values += study->counts
                      ? points * shape.n_regimes *
                            (double)tally_code_most_bytes(study_n_series(study), shape.n_months, shape.n_replicates)
                      : 0;
    }
    for (int factor = 0; factor < study->design.n_factors; factor++) {
        enum factor_target target = study->design.factors[factor].target;
        if (target != FACTOR_PARAMETER &&
            target != FACTOR_THEORY) { /* the steering of each regime differs between points */
            per_point = 8.0 * (N_STEERING + 1) * shape.n_regimes * settings_n_phases(study);
        }
    }
    double texts = (double)(strlen(study->text) + strlen(study->overrides) + strlen(study->title));
    return FIXED_BYTES + 4 * texts + OVERHEAD * values +
           points * (POINT_BYTES + 8.0 * study->design.n_factors + per_point) + 8.0 * shape.n_replicates;
}

double store_compacting_bytes(const struct study *study)
{
    const struct shape shape = shape_of_study(study);
    double runs = (double)shape.n_points * shape.n_regimes * shape.n_replicates;
    /* Every outcome of a block of runs; then every series of a block of points. */
    double outcomes = fmin(runs, fmax(LAYOUT_OUTCOME_ELEMENTS, shape.n_regimes)) * N_OUTCOME_COLUMNS * sizeof(double);
    double of_point = (double)shape.n_regimes * N_STATISTICS * shape.n_months, series = 0;
    if (shape.trajectories == TRAJECTORIES_SUMMARY) {
        double elements = fmin(shape.n_points * of_point, fmax(LAYOUT_SERIES_ELEMENTS, of_point));
        series = elements * (N_STATISTICS + N_MOMENTS) / N_STATISTICS * study_n_series(study) * sizeof(float);
    }
    double chunk = fmin(runs, fmax(LAYOUT_OUTCOME_ELEMENTS, shape.n_regimes)) * N_SECTOR_PAIRS * sizeof(double);
    return fmax(outcomes, series) + fmin(packing_bytes(chunk), outcomes + series);
}
