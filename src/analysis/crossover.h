/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CROSSOVER_H
#define ANALYSIS_CROSSOVER_H

#include <stdint.h>

#include "base/status.h"

/* The effect of a regime over time: its paired difference to the baseline in every month with a band that holds in all
 * months at once, and the month from which one of them leads for good. */

struct band {
    int n_months, n_replicates;
    int simultaneous_by_bootstrap; /* 1: max-t bootstrap of pairs; 0: Bonferroni, from means and their errors only */
    double critical;               /* the band is difference -+ critical * se */
    double *difference, *se, *low, *high; /* [n_months], owned (one allocation, of difference) */
};

/* From runs: a, b[n_replicates][n_months] (NaN: a missing run, its pair is left out). The critical value is the
 * `confidence` quantile of max over months |t*| over resampled pairs (Montiel Olea & Plagborg-Moller 2019,
 * doi:10.1002/jae.2656). Freed with band_free. */
STATUS_CHECKED dredge_status band_from_runs(int n_replicates, int n_months, const float *a, const float *b,
                                            double confidence, uint64_t seed, struct band *band);

/* From the difference and its standard error by month, [n_months], over n_units independent units; Bonferroni over months. */
STATUS_CHECKED dredge_status band_from_moments(int n_units, int n_months, const double *difference, const double *se,
                                               double confidence, struct band *band);
void band_free(struct band *band);

struct crossover {
    int leader;     /* +1: the regime is higher at the end, -1: lower, 0: equal */
    int from;       /* index of the month since which the mean difference has had that sign; -1: never */
    int clear_from; /* since when the whole band has; -1: not at the end */
};

void crossover_find(const struct band *band, struct crossover *crossover);

/* A stretch of months, as indices, both included. */
struct stretch {
    int first, last;
};

/* The stretches in which the whole band is on one side (+1 above 0, -1 below): at most n_most, in order. Returns how many
 * there are in all. */
int band_stretches(const struct band *band, int side, int n_most, struct stretch *stretches);

#endif
