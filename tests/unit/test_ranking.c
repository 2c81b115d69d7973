/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/ranking.h"
#include "testing.h"

enum { N = 40, REGIMES = 4 };

static const struct question more = {.better = 1, .matters = 0};
static const struct reach anywhere = {0};

/* Luck that all regimes of a replicate share, and a little of their own. */
static double luck(int k, int regime)
{
    return sin(12.9898 * k) + 0.01 * sin(78.233 * (k + 1) * (regime + 1));
}

/* 1.0 and 1.001 cannot be told apart, 0.5 is clearly behind both, the last has no value at all. */
static void places(void **state)
{
    (void)state;
    static double values[REGIMES * N];
    const double means[REGIMES] = {0.5, 1.0, NAN, 1.001};
    struct ranking ranking;
    for (int r = 0; r < REGIMES; r++) {
        for (int k = 0; k < N; k++) {
            values[r * N + k] = means[r] + luck(k, r);
        }
    }
    assert_int_equal(ranking_compute(1, REGIMES, N, values, anywhere, &more, 0.95, &ranking), DREDGE_OK);
    assert_int_equal(ranking.n_placed, 3);
    assert_int_equal(ranking.order[2], 0);
    assert_int_equal(ranking.order[3], 2);
    assert_int_equal(ranking.first[1], 1);
    assert_int_equal(ranking.last[1], 2);
    assert_int_equal(ranking.first[3], 1);
    assert_int_equal(ranking.last[3], 2);
    assert_int_equal(ranking.first[0], 3);
    assert_int_equal(ranking.last[0], 3);
    assert_int_equal(ranking.first[2], 0);
    assert_int_equal(ranking_clear(&ranking, 1, 0), 1);
    assert_int_equal(ranking_clear(&ranking, 0, 1), -1);
    assert_int_equal(ranking_clear(&ranking, 1, 3), 0);
    ranking_free(&ranking);
}

/* The comparison of a pair is the same from both sides, turned. */
static void both_ways(void **state)
{
    (void)state;
    static double values[2 * N];
    struct ranking ranking;
    for (int k = 0; k < N; k++) {
        values[k] = luck(k, 0);
        values[N + k] = luck(k, 1) - 0.3;
    }
    const struct question less = {.better = -1, .matters = 0.02};
    assert_int_equal(ranking_compute(1, 2, N, values, anywhere, &less, 0.95, &ranking), DREDGE_OK);
    struct paired a = ranking_between(&ranking, 1, 0);
    struct paired b = ranking_between(&ranking, 0, 1);
    assert_int_equal(ranking.order[0], 1);
    assert_close(a.difference.mean, -b.difference.mean, 0);
    assert_close(a.difference.low, -b.difference.high, 0);
    assert_close(a.regime, b.baseline, 0);
    assert_int_equal(a.n_less, b.n_more);
    assert_close(a.better_share, 1, 0);
    assert_close(b.better_share, 0, 0);
    assert_int_equal(a.verdict, VERDICT_BETTER);
    assert_int_equal(b.verdict, VERDICT_WORSE);
    ranking_free(&ranking);
}

/* Two replicates tell nothing: every regime may have every place. */
static void too_few(void **state)
{
    (void)state;
    const double values[4] = {1, 1.1, 5, 5.1};
    struct ranking ranking;
    assert_int_equal(ranking_compute(1, 2, 2, values, anywhere, &more, 0.95, &ranking), DREDGE_OK);
    for (int r = 0; r < 2; r++) {
        assert_int_equal(ranking.first[r], 1);
        assert_int_equal(ranking.last[r], 2);
    }
    ranking_free(&ranking);
    const struct question neither = {.better = 0};
    assert_int_equal(ranking_compute(1, 2, 2, values, anywhere, &neither, 0.95, &ranking), DREDGE_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places), cmocka_unit_test(both_ways),
                                       cmocka_unit_test(too_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
