/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/morris.h"
#include "testing.h"

/* Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, exercise 4 of chapter 3 (solution on p. 138): six
 * trajectories, two factors, four levels. Its elementary effects of the first factor are 2.52, 2.01, 2.30, -0.66, -0.93,
 * -1.30 and its measures mu = 0.66, mu* = 1.62, sigma = 1.79; of the second -0.39, 0.13, 0.80, 0.25, -0.02, 0.51 and
 * 0.21, 0.35, 0.41. SALib stores the same numbers in its test_analyze_morris.py. */
static const double third = 1.0 / 3;

static void primer_exercise(void **state)
{
    (void)state;
    const double x[36] = {0,     third,     0,     1,         2 * third, 1,         0,         third, 2 * third,
                          third, 2 * third, 1,     2 * third, 0,         2 * third, 2 * third, 0,     2 * third,
                          third, 1,         1,     1,         1,         third,     third,     1,     third,
                          third, 1,         third, third,     2 * third, third,     0,         1,     0};
    const double y[18] = {0.97, 0.71, 2.39, 0.97, 2.30, 2.39, 1.87, 2.40, 0.87,
                          2.15, 1.71, 1.54, 2.15, 2.17, 1.54, 2.20, 1.87, 1.0};
    struct morris out[2];
    assert_int_equal(morris_compute(2, 6, 2.0 / 3, x, y, 0.95, 1000, 1, out), DREDGE_OK);
    assert_int_equal(out[0].n_effects, 6);
    assert_close(out[0].mu, 0.66, 0.011); /* the outputs are given with two digits */
    assert_close(out[0].mu_star, 1.62, 0.01);
    assert_close(out[0].sigma, 1.79, 0.01);
    assert_close(out[1].mu, 0.21, 0.01);
    assert_close(out[1].mu_star, 0.35, 0.01);
    assert_close(out[1].sigma, 0.41, 0.01);
    assert_close(out[0].high - out[0].low, 2 * 0.5, 0.2); /* SALib: half width 0.5 for these absolute effects */
}

/* A linear model, y = 3 x0 - 2 x1: the effects are its coefficients and do not vary. A missing value takes out the
 * effects of the steps that end or begin there. */
static void linear_model(void **state)
{
    (void)state;
    const double x[18] = {0,     0, 0, 2 * third, 2 * third, 2 * third, third, third, 1,
                          third, 1, 1, 1,         1,         third,     1,     third, third};
    double y[9];
    struct morris out[2];
    for (int p = 0; p < 9; p++) {
        y[p] = 3 * x[2 * p] - 2 * x[2 * p + 1];
    }
    assert_int_equal(morris_compute(2, 3, 2.0 / 3, x, y, 0.95, 100, 1, out), DREDGE_OK);
    assert_close(out[0].mu, 3, 1e-12);
    assert_close(out[0].mu_star, 3, 1e-12);
    assert_close(out[0].sigma, 0, 1e-12);
    assert_close(out[1].mu, -2, 1e-12);
    assert_close(out[1].mu_star, 2, 1e-12);
    assert_close(out[1].low, 2, 1e-12);
    y[0] = NAN;
    assert_int_equal(morris_compute(2, 3, 2.0 / 3, x, y, 0.95, 100, 1, out), DREDGE_OK);
    assert_int_equal(out[0].n_effects, 3);
    assert_int_equal(out[1].n_effects, 2);
    assert_close(out[1].mu, -2, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(primer_exercise), cmocka_unit_test(linear_model)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
