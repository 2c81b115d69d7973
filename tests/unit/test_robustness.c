/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/robustness.h"
#include "testing.h"

/* Three points, two regimes, worked out by hand. Regrets of the first: 0, 2, 1; of the second: 1, 0, 0. The 90th
 * percentile of 0, 1, 2 by linear interpolation of order statistics is 0 + 2 * 0.9 = 1.8. */
static const double means[6] = {5, 4, 3, 5, 6, 7};

static void by_hand(void **state)
{
    (void)state;
    struct robustness out[2];
    assert_int_equal(robustness_compute(3, 2, means, 1, 4.5, out), DREDGE_OK);
    assert_close(out[0].worst, 3, 0);
    assert_close(out[1].worst, 4, 0);
    assert_close(out[0].regret_mean, 1, 1e-15);
    assert_close(out[1].regret_mean, 1.0 / 3, 1e-15);
    assert_close(out[0].regret_90, 1.8, 1e-15);
    assert_close(out[0].regret_max, 2, 0);
    assert_close(out[1].regret_max, 1, 0);
    assert_close(out[0].best_share, 1.0 / 3, 1e-15);
    assert_close(out[1].best_share, 2.0 / 3, 1e-15);
    assert_close(out[0].domain, 2.0 / 3, 1e-15);
    assert_close(out[1].domain, 2.0 / 3, 1e-15);
}

/* Where less is better the same numbers mirror: regrets of the first 1, 0, 0. */
static void less_is_better(void **state)
{
    (void)state;
    struct robustness out[2];
    assert_int_equal(robustness_compute(3, 2, means, -1, 4.5, out), DREDGE_OK);
    assert_close(out[0].worst, 6, 0);
    assert_close(out[0].regret_mean, 1.0 / 3, 1e-15);
    assert_close(out[1].regret_max, 2, 0);
    assert_close(out[0].domain, 1.0 / 3, 1e-15);
}

static void incomplete_points(void **state)
{
    (void)state;
    const double gaps[6] = {5, NAN, 3, 5, NAN, NAN};
    struct robustness out[2];
    assert_int_equal(robustness_compute(3, 2, gaps, 1, 4, out), DREDGE_OK);
    assert_int_equal(out[0].n_points, 1);
    assert_close(out[0].regret_max, 2, 0);
    assert_int_equal(robustness_compute(1, 2, gaps, 1, 4, out), DREDGE_OK);
    assert_true(isnan(out[0].regret_mean) && isnan(out[0].domain));
    assert_int_equal(robustness_compute(3, 2, means, 0, NAN, out), DREDGE_OK);
    assert_true(isnan(out[0].regret_mean));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(less_is_better),
        cmocka_unit_test(incomplete_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
