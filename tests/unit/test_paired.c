/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/bootstrap.h"
#include "analysis/paired.h"
#include "testing.h"

static struct paired compare(int n, const double *regime, const double *baseline, int better)
{
    struct panel a = {.n_points = 1, .n_replicates = n, .stride = (size_t)n, .values = regime};
    struct panel b = {.n_points = 1, .n_replicates = n, .stride = (size_t)n, .values = baseline};
    struct paired paired;
    double scratch[64];
    assert_true(n <= 64);
    assert_int_equal(paired_compare(&a, &b, better, 0.95, 1, scratch, &paired), DREDGE_OK);
    return paired;
}

/* Counted by hand: differences +1, +2, 0, -1, missing. */
static void counts(void **state)
{
    (void)state;
    const double regime[5] = {2, 4, 3, 2, NAN};
    const double baseline[5] = {1, 2, 3, 3, 1};
    struct paired more = compare(5, regime, baseline, 1);
    assert_int_equal(more.difference.n, 4);
    assert_close(more.difference.mean, 0.5, 1e-15);
    assert_close(more.better_share, 0.5, 0);
    assert_close(more.tied_share, 0.25, 0);
    assert_int_equal(more.verdict, VERDICT_UNCLEAR);
    struct paired less = compare(5, regime, baseline, -1);
    assert_close(less.better_share, 0.25, 0);
    struct paired neither = compare(5, regime, baseline, 0);
    assert_true(isnan(neither.better_share));
}

static void verdicts(void **state)
{
    (void)state;
    const double low[4] = {1, 2, 3, 4};
    const double high[4] = {2.1, 3, 4, 5};
    assert_int_equal(compare(4, high, low, 1).verdict, VERDICT_BETTER);
    assert_int_equal(compare(4, high, low, -1).verdict, VERDICT_WORSE);
    assert_int_equal(compare(4, low, high, 1).verdict, VERDICT_WORSE);
    assert_int_equal(compare(4, low, high, -1).verdict, VERDICT_BETTER);
    assert_int_equal(compare(4, high, low, 0).verdict, VERDICT_HIGHER);
    assert_int_equal(compare(4, low, high, 0).verdict, VERDICT_LOWER);
    assert_int_equal(compare(4, low, low, 1).verdict, VERDICT_EQUAL);
    assert_int_equal(compare(1, low, high, 1).verdict, VERDICT_UNCLEAR);
}

/* The law school data: Efron & Tibshirani 1993, An Introduction to the Bootstrap, table 3.1, the 15 LSAT scores.
 * Expected: scipy.stats.bootstrap((lsat,), numpy.mean, method="BCa", n_resamples=10**6) gives 581.4 and 622.3 with two
 * seeds; 20,000 resamples have a Monte Carlo error of about 0.25. */
static void bca_of_a_mean(void **state)
{
    (void)state;
    const double lsat[15] = {576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594};
    double low;
    double high;
    double again;
    assert_int_equal(bootstrap_mean(15, lsat, 0.95, 20000, 7, &low, &high), DREDGE_OK);
    assert_close(low, 581.4, 0.8);
    assert_close(high, 622.35, 0.8);
    assert_int_equal(bootstrap_mean(15, lsat, 0.95, 20000, 7, &again, &high), DREDGE_OK);
    assert_close(again, low, 0);
}

/* Skewed units get a bootstrap interval, which lies further out on the side of the long tail than the t interval. */
static void skewed_units(void **state)
{
    (void)state;
    double regime[40];
    double baseline[40] = {0};
    for (int k = 0; k < 40; k++) {
        regime[k] = k < 37 ? 0.01 * k : 20 + k;
    }
    struct paired paired = compare(40, regime, baseline, 1);
    assert_true(paired.bootstrapped);
    assert_true(paired.boot_high > paired.difference.high);
    assert_true(paired.boot_low > 0 && paired.difference.low < 0);
    assert_int_equal(paired.verdict, VERDICT_UNCLEAR);
    for (int k = 0; k < 40; k++) {
        regime[k] = 0.01 * k;
    }
    assert_false(compare(40, regime, baseline, 1).bootstrapped);
}

static void multiplicities(void **state)
{
    (void)state;
    uint16_t counts[50][7];
    long total[7] = {0};
    assert_int_equal(bootstrap_counts(7, 50, 3, BOOTSTRAP_SOBOL, &counts[0][0]), DREDGE_OK);
    for (int b = 0; b < 50; b++) {
        int sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += counts[b][i];
            total[i] += counts[b][i];
        }
        assert_int_equal(sum, 7);
    }
    for (int i = 0; i < 7; i++) {
        assert_between(total[i], 20, 85); /* binomial(350, 1/7): mean 50, six standard deviations are 39 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),       cmocka_unit_test(verdicts),       cmocka_unit_test(bca_of_a_mean),
        cmocka_unit_test(skewed_units), cmocka_unit_test(multiplicities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
