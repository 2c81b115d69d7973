/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_COMPARISON_H
#define ANALYSIS_COMPARISON_H

#include "analysis/paired.h"
#include "analysis/robustness.h"
#include "model/outcomes.h"
#include "result/results.h"

/* Every outcome of every regime, beside the baseline. */

struct comparison_cell {
    struct estimate mean;
    struct paired paired;                /* to the baseline; of the baseline itself: all ties */
    struct robustness robustness;        /* over design points; NaN for outcomes without a better side */
    int n_points_better, n_points_worse; /* points where the difference to the baseline is clear */
};

struct comparison {
    int n_points, n_regimes, baseline;
    double confidence;
    double requirement[N_OUTCOMES]; /* of Starr's criterion: the mean of the baseline over all points */
    struct comparison_cell *cells;  /* [N_OUTCOMES][n_regimes], owned */
};

/* Reads and compares; freed with comparison_free, safe on a zeroed one. The bootstrap draws from the stream of `seed`. */
STATUS_CHECKED dredge_status comparison_read(struct results *results, int baseline, double confidence, uint64_t seed,
                                             struct comparison *comparison);
void comparison_free(struct comparison *comparison);

const struct comparison_cell *comparison_cell(const struct comparison *comparison, int outcome, int regime);

/* The same from the values of one outcome, [n_points][n_regimes][n_replicates]: cells[n_regimes]. */
STATUS_CHECKED dredge_status comparison_outcome(int n_points, int n_regimes, int n_replicates, const double *values,
                                                int better, int baseline, double confidence, uint64_t seed,
                                                double *requirement, struct comparison_cell *cells);

/* The index of the regime with this name, -1 when there is none. */
int comparison_regime(const struct results_info *info, const char *name);

#endif
