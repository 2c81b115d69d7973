/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_TARGET_H
#define ANALYSIS_TARGET_H

#include "analysis/panel.h"
#include "result/results.h"

/* Which values an analysis looks at: an outcome under one regime, or its paired difference to another. */
struct target {
    int outcome, regime;
    int against; /* -1: the outcome itself; otherwise the regime that is subtracted */
};

/* The values, in `*values` (the caller frees) and `panel` over them. */
STATUS_CHECKED dredge_status target_read(struct results *results, const struct target *target, double **values,
                                         struct panel *panel);

/* The same from all values of the outcome, [n_points][n_regimes][n_replicates]: out[n_points][n_replicates]. */
void target_fill(const struct results_info *info, const double *values, const struct target *target, double *out);

/* Point means of a panel, out[n_points]. */
void target_points(const struct panel *panel, double *out);

/* The share of the variance of point means ([n_points]) that is luck: the mean squared standard error of a point over
 * that variance. Luck that a replicate brings to all points alike moves them together and does not count. NaN with one
 * replicate per point. */
STATUS_CHECKED dredge_status target_noise_share(const struct panel *panel, const double *points, double *share);

#endif
