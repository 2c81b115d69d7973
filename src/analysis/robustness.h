/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_ROBUSTNESS_H
#define ANALYSIS_ROBUSTNESS_H

#include "base/status.h"

/* How a choice of regime holds up over design points (futures that nobody can give a probability). Definitions as
 * compared by McPhail et al. 2018 (doi:10.1002/2017EF000649). */

struct robustness {
    int n_points;       /* points where every regime has a mean; the others are left out */
    double worst;       /* maximin: the mean at the worst point for this regime */
    double regret_mean; /* regret at a point: how far this regime is from the best one there, >= 0 */
    double regret_90;   /* 90th percentile over points */
    double regret_max;  /* minimax regret compares this one */
    double best_share;  /* share of points where no regime is better; ties count for each */
    double domain;      /* Starr's domain criterion: share of points that meet the requirement */
};

/* means[n_points][n_regimes] (NaN: missing); better: +1 more is better, -1 less, 0 neither (all is NaN);
 * requirement: the value to meet.
 * out[n_regimes]; all NaN when no point is complete. */
STATUS_CHECKED dredge_status robustness_compute(int n_points, int n_regimes, const double *means, int better,
                                                double requirement, struct robustness *out);

#endif
