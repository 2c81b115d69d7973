/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <math.h>

#include "base/confidence.h"

static struct sample read(int n, const double *values, struct reach reach)
{
    double own[64];
    struct sample sample;
    for (int i = 0; i < n; i++) {
        own[i] = values[i];
    }
    sample_read(n, own, &reach, &sample);
    return sample;
}

static struct reach reach_of(double low, double high, double least, double most)
{
    const struct reach bounds = {.low = low, .high = high};
    return reach_make(&bounds, least, most);
}

/* Symmetric values: no skewness but half its standard error, sqrt(6 * 5 * 4 / (3 * 6 * 8)) / 2, on both sides. 1 .. 5: mean 3,
 * standard error sqrt(2.5 / 5), 97.5% quantile of t with 4 degrees of freedom 2.776445, which Hall's transformation with
 * a = 0.456435 / sqrt(5) takes to 3.635691. The p value of an end is 5%. */
static void symmetric_values(void **state)
{
    (void)state;
    const double values[5] = {3, 1, 5, 2, 4};
    struct sample sample = read(5, values, (struct reach){0});
    double low = 0;
    double high = 0;
    double half = 3.635691 * sqrt(0.5);
    sample_interval(&sample, 0.95, &low, &high);
    assert_close(low, 3 - half, 1e-6);
    assert_close(high, 3 + half, 1e-6);
    assert_close(sample_p(&sample, 3 - half), 0.05, 1e-6);
    assert_close(sample_p(&sample, 3 + half), 0.05, 1e-6);
    assert_close(sample_p(&sample, 3), 1, 1e-12);
}

/* Many values: the skewness is known, and what is left is Student's t. */
static void many_values(void **state)
{
    (void)state;
    double values[4000];
    double low = 0;
    double high = 0;
    struct sample sample;
    const struct reach nothing = {0};
    for (int i = 0; i < 4000; i++) {
        values[i] = i;
    }
    sample_read(4000, values, &nothing, &sample);
    sample_interval(&sample, 0.95, &low, &high);
    assert_close((high - low) / (2 * 1.960551 * sample.se), 1, 3e-4); /* t with 3999 degrees of freedom */
}

/* A long tail to the right moves the upper end out, never the lower end in; the p value of an end is 1 - confidence. */
static void skewed_values(void **state)
{
    (void)state;
    const double values[10] = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 9};
    struct sample sample = read(10, values, (struct reach){.low = 0, .high = INFINITY});
    double low = 0;
    double high = 0;
    sample_interval(&sample, 0.95, &low, &high);
    double half = 2.262157 * sample.se; /* 97.5% quantile of t with 9 degrees of freedom */
    assert_true(high > sample.mean + 1.2 * half);
    assert_close(low, sample.mean - half, 1e-6);
    assert_close(sample_p(&sample, high), 0.05, 1e-9);
    assert_close(sample_p(&sample, low), 0.05, 1e-6);
    sample_interval(&sample, 0.8, &low, &high);
    assert_close(sample_p(&sample, high), 0.2, 1e-9);
}

/* Paired 0/1 outcomes, 30 pairs, 3 of them +1 and 1 of them -1: Bonett & Price add one of each, so the difference is
 * (4 - 2) / 32 and its variance (6/32 - (2/32)^2) / 31 with t of 31 degrees of freedom (97.5%: 2.039513). */
static void few_pairs_differ(void **state)
{
    (void)state;
    double values[30] = {1, 1, 1, -1};
    struct sample sample = read(30, values, (struct reach){.low = -1, .high = 1, .step = 1});
    double low = 0;
    double high = 0;
    double half = 2.039513 * sqrt((6.0 / 32 - 4.0 / 1024) / 31);
    sample_interval(&sample, 0.95, &low, &high);
    assert_true(sample.is_sparse);
    assert_close(low, 2.0 / 32 - half, 1e-6);
    assert_close(high, 2.0 / 32 + half, 1e-6);
    assert_close(sample_p(&sample, 2.0 / 32 + half), 0.05, 1e-6);
    assert_close(sample_p(&sample, 0.065), 1, 1e-12); /* between both means */
}

/* No spread is no certainty where another value can be; the interval stays within what a mean can be and holds the mean. */
static void no_spread(void **state)
{
    (void)state;
    double values[40] = {0};
    double low = 0;
    double high = 0;
    struct sample sample = read(40, values, reach_of(0, 1, 0, 0));
    sample_interval(&sample, 0.95, &low, &high);
    assert_close(low, 0, 0);
    assert_true(high > 0.03 && high < 0.1);
    sample = read(40, values, (struct reach){0}); /* nothing known: nothing to add */
    sample_interval(&sample, 0.95, &low, &high);
    assert_true(low == 0 && high == 0);
    assert_close(sample_p(&sample, 0), 1, 0);
    assert_close(sample_p(&sample, 1), 0, 0);
}

/* Twenty differences of half a month out of 120, half of them up and half down: that none was of a run without any result
 * does not say that none can be. One value is added on each side of the middle one, 0.5: 120 within the bounds, and
 * 0.5 - 120; their sum over 22 is the mean, 0.5 / 22. With squares 20 * 0.25 + 120^2 + 119.5^2 and t with 21 degrees of freedom
 * (97.5%: 2.079614) the half width is 2.079614 * sqrt((28685.25 - 22 * (0.5 / 22)^2) / 21 / 22). Eight such runs tell for
 * themselves. */
static void a_value_for_none(void **state)
{
    (void)state;
    double values[20];
    for (int i = 0; i < 20; i++) {
        values[i] = i % 2 == 0 ? -0.5 : 0.5;
    }
    const struct reach months = {.low = 1, .high = 121, .has_none = 1, .none = 121};
    struct reach reach = reach_make(&months, 1, 3);
    assert_close(reach.rare, 120, 0);
    reach.low = -120;
    reach.high = 120;
    double low = 0;
    double high = 0;
    double mean = 0.5 / 22;
    double half = 2.079614 * sqrt((28685.25 - 22 * mean * mean) / 21 / 22);
    struct sample sample = read(20, values, reach);
    sample_interval(&sample, 0.95, &low, &high);
    assert_true(sample.is_sparse);
    assert_close(low, mean - half, 1e-5);
    assert_close(high, mean + half, 1e-5);
    for (int i = 0; i < 8; i++) {
        values[i] = 118;
    }
    sample = read(20, values, reach);
    assert_false(sample.is_sparse);
    reach = reach_make(&months, 121, 121); /* nothing but none was seen */
    assert_close(reach.rare, 120, 0);
}

static void too_few(void **state)
{
    (void)state;
    const double values[1] = {4};
    double low = 0;
    double high = 0;
    for (int n = 0; n < 2; n++) {
        struct sample sample = read(n, values, reach_of(0, 1, 0, 1));
        sample_interval(&sample, 0.95, &low, &high);
        assert_true(isnan(low) && isnan(high) && isnan(sample_p(&sample, 0)));
    }
}

static void reaches(void **state)
{
    (void)state;
    assert_close(reach_of(0, 1, 0.25, 0.75).step, 0.5, 0);
    assert_close(reach_of(0, 1, 0.25, 0.25).step, 1, 0);
    assert_close(reach_of(0, INFINITY, 7, 7).step, 7, 0);
    assert_close(reach_of(0, INFINITY, 0, 0).step, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symmetric_values), cmocka_unit_test(skewed_values), cmocka_unit_test(many_values),
        cmocka_unit_test(few_pairs_differ), cmocka_unit_test(no_spread),     cmocka_unit_test(too_few),
        cmocka_unit_test(a_value_for_none), cmocka_unit_test(reaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
