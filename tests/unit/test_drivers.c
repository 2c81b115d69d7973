/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_qrng.h>

#include "analysis/drivers.h"
#include "testing.h"

/* y = x0 + 3 x1 over independent uniform factors: shares of variance 1/10 and 9/10, standardised coefficients
 * sqrt(1/10) and sqrt(9/10), R^2 = 1. Five bins of a uniform factor keep 1 - 1/25 of its variance. */
static void linear_model(void **state)
{
    (void)state;
    enum { N = 4095 };
    static double x[3 * N];
    static double y[N];
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 3);
    for (int p = 0; p < N; p++) {
        gsl_qrng_get(sequence, x + (size_t)3 * (size_t)p);
        y[p] = x[3 * p] + 3 * x[3 * p + 1];
    }
    gsl_qrng_free(sequence);
    struct drivers drivers;
    struct driver out[3];
    assert_int_equal(drivers_compute(N, 3, x, y, &drivers, out), DREDGE_OK);
    assert_int_equal(drivers.n_points, N);
    assert_close(drivers.mean, 2, 1e-3);
    assert_close(drivers.variance, 10.0 / 12, 2e-3);
    assert_close(drivers.r_squared, 1, 1e-9);
    assert_close(out[0].slope, sqrt(0.1), 1e-3);
    assert_close(out[1].slope, sqrt(0.9), 1e-3);
    assert_close(out[2].slope, 0, 1e-9);
    assert_close(out[0].main_effect, 0.1 * 24 / 25, 2e-3);
    assert_close(out[1].main_effect, 0.9 * 24 / 25, 2e-3);
    assert_close(out[2].main_effect, 0, 2e-3);
    assert_int_equal(out[1].n_levels, DRIVERS_BINS);
    assert_close(out[1].low, 2 - 3 * 0.4, 2e-3); /* the mean of the lowest fifth of x1 is 0.1 */
    assert_close(out[1].high, 2 + 3 * 0.4, 2e-3);
}

/* A 2 x 3 grid worked out by hand: y = 10 x0 + x1^2 with x0 in 0, 1 and x1 in 0, 1, 2. */
static void grid_by_hand(void **state)
{
    (void)state;
    const double x[12] = {0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2};
    const double y[6] = {0, 1, 4, 10, 11, 14};
    struct drivers drivers;
    struct driver out[2];
    assert_int_equal(drivers_compute(6, 2, x, y, &drivers, out), DREDGE_OK);
    assert_int_equal(out[0].n_levels, 2);
    assert_int_equal(out[1].n_levels, 3);
    assert_close(out[0].low, 5.0 / 3, 1e-12);
    assert_close(out[0].high, 35.0 / 3, 1e-12);
    assert_close(out[1].low, 5, 1e-12);
    assert_close(out[1].high, 9, 1e-12);
    /* SST = 150 + 52/3; factor 0: SSB = 150, epsilon^2 = (150 - (52/3)/4) / SST. */
    assert_close(out[0].main_effect, (150 - 52.0 / 12) / (150 + 52.0 / 3), 1e-12);
}

static void impossible(void **state)
{
    (void)state;
    const double x[4] = {1, 2, 3, 4};
    const double y[2] = {5, NAN};
    struct drivers drivers;
    struct driver out[2];
    assert_int_equal(drivers_compute(2, 2, x, y, &drivers, out), DREDGE_OK);
    assert_int_equal(drivers.n_points, 1);
    assert_true(isnan(drivers.r_squared) && isnan(out[0].main_effect) && isnan(out[1].slope));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_model),
        cmocka_unit_test(grid_by_hand),
        cmocka_unit_test(impossible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
