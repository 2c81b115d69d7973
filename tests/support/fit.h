/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FIT_H
#define TESTS_FIT_H

/* Do numbers come from a distribution? Each returns the probability of a fit at least as bad when they do. A test that
 * fails below FIT_ALARM gives a false alarm once in a million seeds; seeds are fixed, so a passing test stays so. */

static const double FIT_ALARM = 1e-6;

/* Kolmogorov-Smirnov: `n` values (sorted in place) against the distribution function. */
double fit_ks(int n, double *values, double (*cdf)(double x, const void *context), const void *context);

/* Pearson's chi-square of counts against expected counts. Neighbouring cells are pooled until at least 10 are
 * expected. */
double fit_chi_square(int n_cells, const double *counts, const double *expected);

/* The same against equal expected counts. */
double fit_even(int n_cells, const double *counts);

#endif
