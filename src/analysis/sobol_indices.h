/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_SOBOL_INDICES_H
#define ANALYSIS_SOBOL_INDICES_H

#include <stdint.h>

#include "base/status.h"

/* Variance-based sensitivity (Sobol' 2001; Saltelli 2002, doi:10.1016/S0010-4655(02)00280-1; Jansen 1999): which share
 * of the variance of y each factor causes alone (first order), together with all others (total), and in pairs beyond
 * their own shares (second order). */

struct interval {
    double value, low, high; /* bootstrap percentiles */
};

struct sobol_indices {
    int n_factors;
    int n_rows;                     /* base rows that were complete */
    double variance;                /* of y over the design */
    struct interval *first, *total; /* [n_factors], owned (all in one allocation, of first) */
    struct interval *second;        /* [n_factors][n_factors], the upper triangle is filled */
};

/* y[n_rows * (2 * n_factors + 2)], base-major as in study/study.h; base rows with a missing value are left out.
 * Intervals from `n_resamples` resamples of base rows. Freed with sobol_indices_free. */
STATUS_CHECKED dredge_status sobol_indices_compute(int n_factors, int n_rows, const double *y, double confidence,
                                                   int n_resamples, uint64_t seed, struct sobol_indices *indices);

/* The same of n_rows base rows that are `n_scrambles` (2 at least) designs of as many rows each, one after the other: values
 * from all rows, intervals from how the designs differ (Student's t). */
STATUS_CHECKED dredge_status sobol_indices_scrambled(int n_factors, int n_rows, int n_scrambles, const double *y,
                                                     double confidence, struct sobol_indices *indices);
void sobol_indices_free(struct sobol_indices *indices);

#endif
