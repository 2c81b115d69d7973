/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/target.h"
#include "testing.h"

/* Two points, two regimes, three replicates. */
static const double all[12] = {1, 2, 3, 5, 7, 9, 10, 20, NAN, 11, 23, 30};

static void picks_and_subtracts(void **state)
{
    (void)state;
    double out[6];
    const struct results_info info = {.n_points = 2, .n_regimes = 2, .n_replicates = 3};
    struct target plain = {.regime = 1, .against = -1};
    struct target difference = {.regime = 1, .against = 0};
    target_fill(&info, all, &plain, out);
    assert_close(out[2], 9, 0);
    assert_close(out[3], 11, 0);
    target_fill(&info, all, &difference, out);
    assert_close(out[0], 4, 0);
    assert_close(out[2], 6, 0);
    assert_close(out[4], 3, 0);
    assert_true(isnan(out[5]));
}

/* Luck common to all points is no noise; y_pk = p + k gives 0. Adding e_pk = +-1 that sums to 0 over points and
 * replicates: every point has sum of squares 2 over 2 replicates, squared error 2 / 1 / 2 = 1, variance of the means
 * 0, 1: 1/2, share 2. */
static void noise(void **state)
{
    (void)state;
    double common[4] = {0, 10, 1, 11};
    double own[4] = {1, 9, 0, 12};
    double points[2];
    double share = 0;
    struct panel panel = {.n_points = 2, .n_replicates = 2, .stride = 2, .values = common};
    target_points(&panel, points);
    assert_close(points[1], 6, 0);
    assert_int_equal(target_noise_share(&panel, points, &share), DREDGE_OK);
    assert_close(share, 0, 1e-12);
    panel.values = own;
    target_points(&panel, points);
    assert_int_equal(target_noise_share(&panel, points, &share), DREDGE_OK);
    assert_close(share, 2, 1e-12);
    double means[4];
    struct panel single = {.n_points = 4, .n_replicates = 1, .stride = 1, .values = own};
    target_points(&single, means);
    assert_int_equal(target_noise_share(&single, means, &share), DREDGE_OK);
    assert_true(isnan(share));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(picks_and_subtracts), cmocka_unit_test(noise)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
