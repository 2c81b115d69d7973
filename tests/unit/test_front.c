/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/front.h"
#include "testing.h"

/* More of the first and less of the second is better: (3, 1) beats (2, 2) and (3, 2); (1, 0) trades. */
static void by_hand(void **state)
{
    (void)state;
    struct front_option options[5] = {{.first = 2, .second = 2},
                                      {.first = 3, .second = 1},
                                      {.first = 3, .second = 2},
                                      {.first = 1, .second = 0},
                                      {.first = NAN, .second = 0}};
    front_mark(5, (struct front_ways){1, -1}, options);
    const int expected[5] = {0, 1, 0, 1, 0};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(options[i].on_front, expected[i]);
    }
}

/* Options far apart are on the front in every resample or in none; two that differ by luck only share it. */
static void shares(void **state)
{
    (void)state;
    double first[3][8];
    double second[3][8];
    for (int k = 0; k < 8; k++) {
        double luck = k < 3 ? 1 : -1;
        first[0][k] = 10 + luck;
        first[1][k] = 10 - luck;
        first[2][k] = 1;
        second[0][k] = second[1][k] = 1;
        second[2][k] = 5;
    }
    struct front_option out[3];
    assert_int_equal(front_compute(3, 8, first[0], second[0], (struct front_ways){1, -1}, 500, 1, out), DREDGE_OK);
    assert_close(out[0].first, 10 - 2.0 / 8, 1e-12);
    assert_close(out[2].share, 0, 0);
    assert_true(out[1].on_front && !out[0].on_front);
    /* eight draws, +1 with probability 3/8; option 0 is on the front with four or more, option 1 with four or fewer.
     * Tolerance: four standard errors of 500 resamples. */
    assert_close(out[0].share, 0.3486, 0.085);
    assert_close(out[1].share, 0.8626, 0.06);
    first[0][7] = NAN; /* its replicate leaves for all */
    assert_int_equal(front_compute(3, 8, first[0], second[0], (struct front_ways){1, -1}, 10, 1, out), DREDGE_OK);
    assert_close(out[0].first, 10 - 1.0 / 7, 1e-12);
    assert_close(out[1].first, 10 + 1.0 / 7, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(shares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
