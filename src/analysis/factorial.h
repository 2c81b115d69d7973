/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_FACTORIAL_H
#define ANALYSIS_FACTORIAL_H

#include "analysis/panel.h"

/* Main effects and interactions of a full grid of factors with two levels each (Box, Hunter & Hunter 1978). */

enum { FACTORIAL_MAX_FACTORS = 8 };

struct factorial_effect {
    unsigned factors;         /* bit f set: factor f takes part; one bit is a main effect, more are an interaction */
    struct estimate estimate; /* mean of y where the product of signs is +, minus where it is - */
};

/* Is x[n_points][n_factors] such a grid (2 to 2^8 points, each combination once, in any order)? */
int factorial_fits(int n_points, int n_factors, const double *x);

/* The 2^n_factors - 1 effects of a grid that fits, in the order of their bits: effects[2^n_factors - 1]. Replicates
 * share their luck over points, so an effect is computed in each replicate and its interval is over replicates. */
STATUS_CHECKED dredge_status factorial_compute(int n_factors, const double *x, const struct panel *panel,
                                               double confidence, struct factorial_effect *effects);

#endif
