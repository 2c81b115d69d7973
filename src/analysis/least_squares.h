/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEAST_SQUARES_H
#define ANALYSIS_LEAST_SQUARES_H

#include "base/status.h"

struct least_squares {
    int rank;        /* of x */
    double residual; /* sum of squares that is left */
};

/* Fits y[n] by x[n][k], both used up. slopes[k]; spreads[k], their variances where the errors have variance 1. Where columns
 * of x depend on each other, the smallest of the slopes that fit equally well. */
STATUS_CHECKED dredge_status least_squares(int n, int k, double *x, double *y, double *slopes, double *spreads,
                                           struct least_squares *fit);

#endif
