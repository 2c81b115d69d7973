/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include <gsl/gsl_cdf.h>

#include "trial.h"
#include "result/stopping.h"

/* Differences 1, 2, 3, 4, 5: mean 3, variance 2.5, standard error sqrt(2.5 / 5); the 97.5 and 75% quantiles of t with 4 degrees of
 * freedom are 2.776445 and 0.740697, which half a standard error of the skewness makes 3.635691 and 0.819571
 * (test_confidence.c). */
static void half_width(void **state)
{
    (void)state;
    const double a[7] = {11, 22, 33, 44, 55, NAN, 1};
    const double b[7] = {10, 20, 30, 40, 50, 1, NAN};
    const struct reach reach = outcome_reach(OUTCOME_quick_results, 120);
    double scratch[7];
    assert_close(stopping_half_width(&reach, 5, a, b, 0.95, scratch), 3.635691 * sqrt(0.5), 1e-6);
    assert_close(stopping_half_width(&reach, 5, b, a, 0.95, scratch), 3.635691 * sqrt(0.5), 1e-6);
    assert_close(stopping_half_width(&reach, 7, a, b, 0.95, scratch), 3.635691 * sqrt(0.5), 1e-6); /* NaN left out */
    assert_close(stopping_half_width(&reach, 5, a, b, 0.5, scratch), 0.819571 * sqrt(0.5), 1e-6);
    assert_true(isinf(stopping_half_width(&reach, 1, a, b, 0.95, scratch)));
    assert_true(isinf(stopping_half_width(&reach, 0, a, b, 0.95, scratch)));
    const double one_to_five[5] = {1, 2, 3, 4, 5};
    assert_close(stopping_half_width(&reach, 5, one_to_five, NULL, 0.95, scratch), 3.635691 * sqrt(0.5), 1e-6);
}

/* Survival that is 1 in every run of both regimes: no spread is no precision. Two added differences of 1 and -1 leave a
 * half width of about 2.8 / n. */
static void no_spread_is_no_precision(void **state)
{
    (void)state;
    const struct reach reach = outcome_reach(OUTCOME_survival, 120);
    double ones[500];
    double scratch[500];
    for (int k = 0; k < 500; k++) {
        ones[k] = 1;
    }
    assert_true(stopping_half_width(&reach, 2, ones, ones, 0.95, scratch) > 0.5);
    double half = stopping_half_width(&reach, 500, ones, ones, 0.95, scratch);
    assert_true(half > 2.5 / 500 && half < 3.0 / 500);
}

/* Shares are looked at after 20 replicates at least, other numbers after 50, where there are so many. */
static void first_look(void **state)
{
    (void)state;
    struct replication replication = {.min = 2, .max = 1000, .outcome = OUTCOME_survival};
    assert_int_equal(stopping_first_look(&replication), 20);
    replication.outcome = OUTCOME_first_result_month;
    assert_int_equal(stopping_first_look(&replication), 50);
    replication.min = 80;
    assert_int_equal(stopping_first_look(&replication), 80);
    replication.min = 2;
    replication.max = 30;
    assert_int_equal(stopping_first_look(&replication), 30);
}

/* By half more each time, rounded up to multiples of 16, up to max; always ahead. */
static void looks(void **state)
{
    (void)state;
    static const int expected[] = {50, 80, 128, 208, 320, 496, 752, 1000, 1000};
    struct replication replication = {.min = 50, .max = 1000};
    int n = 50;
    for (size_t k = 0; k < sizeof expected / sizeof expected[0]; k++) {
        assert_int_equal(n, expected[k]);
        n = stopping_next_look(&replication, n);
    }
    replication.max = 1000000;
    for (n = 2; n < 100000; n += 37) {
        int next = stopping_next_look(&replication, n);
        assert_int_equal(next % 16, 0);
        assert_true(next > n && next >= n + n / 2 && next <= n + n / 2 + 16);
    }
}

static struct study watched_study(struct setup *setup, double width)
{
    setup_begin(setup, 1);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
    (void)setup_regime(setup, "constant");
    struct study study = trial_study(setup, 200);
    study.replication.min = 20;
    study.replication.outcome = OUTCOME_structural_share;
    study.replication.half_width = width;
    return study;
}

/* Replicate k of regime 1 differs from the baseline by +-spread in turn, of regime 2 by +-2 spread. */
static void know(struct watched *watched, int first, int last, double spread)
{
    for (int k = first; k < last; k++) {
        for (int regime = 0; regime < 3; regime++) {
            watched->values[regime * 200 + k] = 0.5 + (k % 2 ? spread : -spread) * regime;
        }
        watched->known[k] = 1;
    }
}

/* A point closes at the second look in a row at which every regime is precise. Differences +-d have the standard error
 * d / sqrt(n - 1): with d = 0.2 a half width of 0.04 needs n >= 99, not reached at the look at 64, but at 112 and 176. */
static void closes_when_precise(void **state)
{
    (void)state;
    struct setup setup;
    struct watched watched;
    struct study study = watched_study(&setup, 0.04);
    assert_int_equal(watched_init(&watched, &study, 7), DREDGE_OK);
    static const int expected[] = {20, 32, 64, 112, 176};
    assert_true(gsl_cdf_tdist_Pinv(0.975, 63) * 0.2 / sqrt(63) > 0.04);
    assert_true(gsl_cdf_tdist_Pinv(0.975, 111) * 0.2 / sqrt(111) <= 0.04);
    for (int k = 0; k < 5; k++) {
        int first = 0;
        assert_true(watched.open);
        assert_int_equal(watched.n, expected[k]);
        int start = k == 0 ? 0 : expected[k - 1];
        assert_int_equal(watched_missing(&watched, 1000, &first), expected[k] - start);
        assert_int_equal(first, start);
        know(&watched, start, expected[k], 0.1);
        watched_look(&watched, &study);
    }
    int first = 0;
    assert_false(watched.open);
    assert_int_equal(watched.n, 176);
    assert_int_equal(watched_missing(&watched, 1000, &first), 0);
    watched_free(&watched);
    watched_free(&watched); /* safe when zeroed */
}

/* At max it closes, precise or not; missing values everywhere are never precise. */
static void closes_at_max(void **state)
{
    (void)state;
    for (int missing = 0; missing < 2; missing++) {
        struct setup setup;
        struct watched watched;
        struct study study = watched_study(&setup, 1e-9);
        assert_int_equal(watched_init(&watched, &study, 0), DREDGE_OK);
        know(&watched, 0, 199, missing ? (double)NAN : 0.1);
        watched_look(&watched, &study);
        assert_true(watched.open);
        assert_int_equal(watched.n, 200);
        know(&watched, 199, 200, 0.1);
        watched_look(&watched, &study);
        assert_false(watched.open);
        watched_free(&watched);
    }
}

/* A decision does not depend on what is known beyond the look, nor on the order in which results came. */
static void looks_in_order(void **state)
{
    (void)state;
    struct setup setup;
    struct watched all;
    struct watched gap;
    struct study study = watched_study(&setup, 0.04);
    assert_int_equal(watched_init(&all, &study, 0), DREDGE_OK);
    assert_int_equal(watched_init(&gap, &study, 0), DREDGE_OK);
    know(&all, 0, 200, 0.1);
    watched_look(&all, &study);
    assert_false(all.open);
    assert_int_equal(all.n, 176);
    know(&gap, 30, 200, 0.1);
    watched_look(&gap, &study);
    int first = 0;
    assert_true(gap.open && gap.n == 20);
    assert_int_equal(watched_missing(&gap, 8, &first), 8); /* in pieces of the limit */
    know(&gap, 0, 30, 0.1);
    watched_look(&gap, &study);
    assert_false(gap.open);
    assert_int_equal(gap.n, 176);
    watched_free(&all);
    watched_free(&gap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_width),     cmocka_unit_test(no_spread_is_no_precision), cmocka_unit_test(first_look),
        cmocka_unit_test(looks),          cmocka_unit_test(closes_when_precise),       cmocka_unit_test(closes_at_max),
        cmocka_unit_test(looks_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
