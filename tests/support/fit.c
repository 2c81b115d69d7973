/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "testing.h"

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The limiting distribution with Stephens' correction for finite n (Stephens 1970, J. R. Stat. Soc. B 32, 115). */
double fit_ks(int n, double *values, double (*cdf)(double x, const void *context), const void *context)
{
    qsort(values, (size_t)n, sizeof *values, ascending);
    double distance = 0;
    for (int k = 0; k < n; k++) {
        double p = cdf(values[k], context);
        distance = fmax(distance, fmax((k + 1.0) / n - p, p - (double)k / n));
    }
    double root = sqrt(n);
    double lambda = (root + 0.12 + 0.11 / root) * distance;
    double tail = 0;
    for (int k = 1; k <= 100; k++) {
        tail += (k % 2 ? 2 : -2) * exp(-2.0 * k * k * lambda * lambda);
    }
    return lambda < 0.2 ? 1 : tail;
}

double fit_chi_square(int n_cells, const double *counts, const double *expected)
{
    double sum = 0;
    double rest_count = 0;
    double rest_expected = 0;
    double later = 0;
    int n_pooled = 0;
    for (int cell = 0; cell < n_cells; cell++) {
        later += expected[cell];
    }
    for (int cell = 0; cell < n_cells; cell++) {
        rest_count += counts[cell];
        rest_expected += expected[cell];
        later -= expected[cell];
        if ((rest_expected >= 10 && later >= 10) || cell == n_cells - 1) {
            sum += (rest_count - rest_expected) * (rest_count - rest_expected) / rest_expected;
            rest_count = 0;
            rest_expected = 0;
            n_pooled++;
        }
    }
    assert_true(n_pooled > 1);
    return gsl_cdf_chisq_Q(sum, n_pooled - 1);
}

double fit_even(int n_cells, const double *counts)
{
    double *expected = calloc((size_t)n_cells, sizeof *expected);
    assert_non_null(expected);
    double total = 0;
    for (int cell = 0; cell < n_cells; cell++) {
        total += counts[cell];
    }
    for (int cell = 0; cell < n_cells; cell++) {
        expected[cell] = total / n_cells;
    }
    double p = fit_chi_square(n_cells, counts, expected);
    free(expected);
    return p;
}
