/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_MORRIS_H
#define ANALYSIS_MORRIS_H

#include <stdint.h>

#include "base/status.h"

/* Elementary effects (Morris 1991, doi:10.1080/00401706.1991.10484804; mu* of Campolongo et al. 2007): the change of y
 * when one factor moves, per unit of the factor's range. */

struct morris {
    int n_effects;    /* trajectories in which both ends of the step have a value */
    double mu;        /* mean effect */
    double mu_star;   /* mean absolute effect: how much the factor matters */
    double sigma;     /* standard deviation of the effects: interactions and curvature */
    double low, high; /* bootstrap percentile interval of mu_star */
};

/* x[n_trajectories * (n_factors + 1)][n_factors], trajectory-major, one factor changing per step by `step` of its range;
 * y the same without the last dimension. A step in which no factor changes counts as no effect of the factor that the
 * trajectory has left. out[n_factors]. */
STATUS_CHECKED dredge_status morris_compute(int n_factors, int n_trajectories, double step, const double *x,
                                            const double *y, double confidence, int n_resamples, uint64_t seed,
                                            struct morris *out);

#endif
