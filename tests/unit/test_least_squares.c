/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_multifit.h>
#include <gsl/gsl_rng.h>

#include "analysis/least_squares.h"
#include "testing.h"

enum { MOST_ROWS = 200, MOST_COLUMNS = 12 };

static double x[MOST_ROWS * MOST_COLUMNS], y[MOST_ROWS];

/* As GSL's singular value decomposition has it: rank, residual, and where no column depends on others, slopes and their
 * variances. (Where one does, GSL takes what rounding leaves of it for an explanation.) */
static void expect_as_gsl(int n, int k)
{
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc((size_t)n, (size_t)k);
    gsl_vector *slopes = gsl_vector_alloc((size_t)k);
    gsl_matrix *covariance = gsl_matrix_alloc((size_t)k, (size_t)k);
    gsl_matrix_view columns = gsl_matrix_view_array(x, (size_t)n, (size_t)k);
    gsl_vector_view response = gsl_vector_view_array(y, (size_t)n);
    double residual, left = 0, own_slopes[MOST_COLUMNS], own_spreads[MOST_COLUMNS];
    size_t rank;
    assert_int_equal(
        gsl_multifit_linear_tsvd(&columns.matrix, &response.vector, 1e-10, slopes, covariance, &residual, &rank, work),
        0);
    for (int i = 0; i < n; i++) {
        double error = y[i];
        for (int j = 0; j < k; j++) {
            error -= gsl_vector_get(slopes, (size_t)j) * x[i * k + j];
        }
        left += error * error;
    }
    struct least_squares fit;
    assert_int_equal(least_squares(n, k, x, y, own_slopes, own_spreads, &fit), DREDGE_OK);
    assert_int_equal(fit.rank, rank);
    assert_close(fit.residual, left, 1e-9);
    for (int j = 0; j < k && fit.rank == k; j++) {
        double variance = gsl_matrix_get(covariance, (size_t)j, (size_t)j);
        assert_close(own_slopes[j], gsl_vector_get(slopes, (size_t)j), 1e-9);
        assert_close(left / (n - k) * own_spreads[j], variance, 1e-9 + 1e-9 * variance);
    }
    gsl_matrix_free(covariance);
    gsl_vector_free(slopes);
    gsl_multifit_linear_free(work);
}

static void random_columns(void **state)
{
    (void)state;
    gsl_rng *luck = gsl_rng_alloc(gsl_rng_mt19937);
    for (int trial = 0; trial < 200; trial++) {
        int k = 1 + (int)gsl_rng_uniform_int(luck, MOST_COLUMNS);
        int n = k + 1 + (int)gsl_rng_uniform_int(luck, (unsigned long)(MOST_ROWS - k - 1));
        int copy = trial % 2 == 1 && k > 2; /* the last column follows from the first two */
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                x[i * k + j] = gsl_rng_uniform(luck) - 0.5;
            }
            if (copy) {
                x[i * k + k - 1] = x[i * k] - 2 * x[i * k + 1];
            }
            y[i] = gsl_rng_uniform(luck) + x[i * k];
        }
        expect_as_gsl(n, k);
    }
    gsl_rng_free(luck);
}

/* A column of zeros has no slope; of two equal columns each has half of it. */
static void columns_that_depend(void **state)
{
    (void)state;
    const double given[] = {-1, 0, -1, 0, 0, 0, 1, 0, 1};
    double response[] = {-3, 0, 3}, slopes[3], spreads[3];
    struct least_squares fit;
    memcpy(x, given, sizeof given);
    assert_int_equal(least_squares(3, 3, x, response, slopes, spreads, &fit), DREDGE_OK);
    assert_int_equal(fit.rank, 1);
    assert_close(fit.residual, 0, 1e-15);
    assert_close(slopes[0], 1.5, 1e-15);
    assert_close(slopes[1], 0, 0);
    assert_close(slopes[2], 1.5, 1e-15);
    assert_close(spreads[0], 0.125, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_columns), cmocka_unit_test(columns_that_depend)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
