/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_DRIVERS_H
#define ANALYSIS_DRIVERS_H

#include "base/status.h"

/* What drives an outcome over the points of any design: the ranges of a tornado diagram, main effects as shares of
 * variance, and standardised regression coefficients. */

enum { DRIVERS_BINS = 5 }; /* a factor with more values than this is cut into so many bins of equal numbers of points */

struct driver {
    int n_levels;       /* levels, or bins */
    double low, high;   /* mean of y at the lowest and at the highest level of the factor */
    double least, most; /* smallest and largest mean of a level */
    double main_effect; /* share of the variance of y explained by the level means, adjusted for their number (epsilon
                            squared, Kelley 1935); may be slightly negative when there is no effect */
    double slope;       /* standardised regression coefficient; NaN when the regression is impossible */
    double slope_low, slope_high; /* 95% interval */
};

struct drivers {
    int n_points;          /* points with a value */
    double mean, variance; /* of y over these points */
    double r_squared;      /* of the regression on all factors; NaN when impossible */
};

/* x[n_points][n_factors], y[n_points] (NaN: left out); out[n_factors]. */
STATUS_CHECKED dredge_status drivers_compute(int n_points, int n_factors, const double *x, const double *y,
                                             struct drivers *drivers, struct driver *out);

#endif
