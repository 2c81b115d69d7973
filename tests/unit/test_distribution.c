/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "study/distribution.h"
#include "testing.h"

static void test_linear(void **state)
{
    (void)state;
    struct factor factor = {.index = parameter_find("funder.target"), .low = 0.25, .high = 2};
    assert_true(distribution_value(&factor, 0) == 0.25);
    assert_true(distribution_value(&factor, 1) == 2);
    assert_close(distribution_value(&factor, 0.5), 1.125, 1e-15);
}

/* Equal steps of u are equal ratios; against the C library's pow, whose last bits may differ. */
static void test_logarithmic(void **state)
{
    (void)state;
    static const double spans[][2] = {{0.001, 1000}, {1, 2}, {1e-9, 1e9}, {0.3, 0.30001}, {2e-300, 3e300}};
    for (size_t span = 0; span < sizeof spans / sizeof spans[0]; span++) {
        struct factor factor = {.index = parameter_find("funder.target"), .distribution = DISTRIBUTION_LOG};
        factor.low = spans[span][0];
        factor.high = spans[span][1];
        assert_true(distribution_value(&factor, 0) == factor.low);
        assert_true(distribution_value(&factor, 1) == factor.high);
        for (int step = 1; step < 64; step++) {
            double u = step / 64.0;
            double expected = factor.low * pow(factor.high / factor.low, u);
            if (isfinite(expected)) {
                assert_close(distribution_value(&factor, u) / expected, 1, 1e-12);
            }
        }
    }
}

/* Every whole number has the same share of 0 .. 1. */
static void test_whole(void **state)
{
    (void)state;
    struct factor factor = {.index = parameter_find("problem.causes"), .low = 2, .high = 6};
    int counts[5] = {0};
    for (int step = 0; step < 1000; step++) {
        double value = distribution_value(&factor, (step + 0.5) / 1000);
        assert_true(value == floor(value) && value >= 2 && value <= 6);
        counts[(int)value - 2]++;
    }
    for (int value = 0; value < 5; value++) {
        assert_int_equal(counts[value], 200);
    }
    assert_true(distribution_value(&factor, 1) == 6);
    factor.distribution = DISTRIBUTION_LOG;
    assert_true(distribution_value(&factor, 0) == 2 && distribution_value(&factor, 1) == 6);
    assert_true(distribution_value(&factor, 0.5) == 3); /* sqrt(12) = 3.46 */
}

static void test_categories(void **state)
{
    (void)state;
    double values[] = {1, 0, 7};
    struct factor factor = {.index = parameter_find("months"), .n_values = 3, .values = values};
    assert_true(distribution_value(&factor, 0) == 1 && distribution_value(&factor, 0.33) == 1);
    assert_true(distribution_value(&factor, 0.34) == 0 && distribution_value(&factor, 0.66) == 0);
    assert_true(distribution_value(&factor, 0.67) == 7 && distribution_value(&factor, 1) == 7);
}

/* The quantiles against GSL's, which are made otherwise; over the whole range, so that nothing is cut off. */
static void test_shapes(void **state)
{
    (void)state;
    static const double shapes[][2] = {{2, 2}, {0.5, 0.5}, {5, 1}, {1, 1}, {0.3, 4}, {80, 20}, {1000, 3000}};
    int real = parameter_find("sectors.public.collective"); /* -10 .. 10 */
    for (int step = 1; step < 200; step++) {
        double u = step / 200.0;
        for (size_t shape = 0; shape < sizeof shapes / sizeof shapes[0]; shape++) {
            struct factor beta = {.index = real,
                                  .low = 0,
                                  .high = 1,
                                  .distribution = DISTRIBUTION_BETA,
                                  .shape = {shapes[shape][0], shapes[shape][1]}};
            double value = distribution_value(&beta, u);
            assert_close(gsl_cdf_beta_P(value, shapes[shape][0], shapes[shape][1]), u, 1e-10);
        }
        struct factor normal = {
            .index = real, .low = -10, .high = 10, .distribution = DISTRIBUTION_NORMAL, .shape = {0.5, 0.8}};
        assert_close(distribution_value(&normal, u), 0.5 + gsl_cdf_gaussian_Pinv(u, 0.8), 1e-10);
        struct factor lognormal = {
            .index = real, .low = 0, .high = 10, .distribution = DISTRIBUTION_LOGNORMAL, .shape = {0.2, 0.4}};
        assert_close(distribution_value(&lognormal, u), gsl_cdf_lognormal_Pinv(u, log(0.2), 0.4), 1e-10);
    }
}

/* Lowest 0, mode 1, highest 4: the share below the mode is 1/4; the quantiles are 2 sqrt(u) and 4 - sqrt(12 (1 - u)). */
static void test_triangular(void **state)
{
    (void)state;
    struct factor factor = {.index = parameter_find("sectors.public.collective"),
                            .low = -10,
                            .high = 10,
                            .distribution = DISTRIBUTION_TRIANGULAR,
                            .shape = {0, 1, 4}};
    assert_close(distribution_value(&factor, 0.25), 1, 1e-12);
    assert_close(distribution_value(&factor, 0.09), 0.6, 1e-12);
    assert_close(distribution_value(&factor, 0.97), 4 - 0.6, 1e-12);
    assert_close(distribution_inside(&factor), 1, 1e-12);
}

/* Cut off at the range: the quantile of what is left. */
static void test_cut_off(void **state)
{
    (void)state;
    struct factor factor = {.index = parameter_find("funder.room"),
                            .low = 0,
                            .high = 1,
                            .distribution = DISTRIBUTION_NORMAL,
                            .shape = {0.9, 0.3}};
    double below = gsl_cdf_gaussian_P(-0.9, 0.3), above = gsl_cdf_gaussian_P(0.1, 0.3);
    assert_close(distribution_inside(&factor), above - below, 1e-12);
    for (int step = 0; step <= 100; step++) {
        double u = step / 100.0, value = distribution_value(&factor, u);
        assert_true(value >= 0 && value <= 1);
        assert_close(gsl_cdf_gaussian_P(value - 0.9, 0.3), below + u * (above - below), 1e-10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear), cmocka_unit_test(test_logarithmic),
                                       cmocka_unit_test(test_whole),  cmocka_unit_test(test_categories),
                                       cmocka_unit_test(test_shapes), cmocka_unit_test(test_triangular),
                                       cmocka_unit_test(test_cut_off)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
