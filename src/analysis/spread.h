/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H

#include "analysis/panel.h"

/* How the values of an outcome are spread over all runs: what a mean does not tell. */

enum { SPREAD_QUANTILES = 5 };
extern const double spread_levels[SPREAD_QUANTILES]; /* 0.05, 0.25, 0.5, 0.75, 0.95 */

struct spread {
    long n;                            /* values */
    double quantile[SPREAD_QUANTILES]; /* interpolated between neighbours; NaN without values */
};

/* The quantiles of all values of a panel that are there. */
STATUS_CHECKED dredge_status spread_compute(const struct panel *panel, struct spread *spread);

/* 1 where a value is at least `bound`, 0 where it is not, NaN where there is none: out[n_points][n_replicates]. Its mean
 * is the share of runs that get so far. */
void spread_reaching(const struct panel *panel, double bound, double *out);

#endif
