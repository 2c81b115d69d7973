/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/factorial.h"
#include "testing.h"

/* The pilot plant of Box, Hunter & Hunter 1978, Statistics for Experimenters, table 10.1: yield by temperature (fastest),
 * concentration and catalyst. Their effects: T 23.0, C -5.0, K 1.5, TC 1.5, TK 10.0, CK 0.0, TCK 0.5. */
static void pilot_plant(void **state)
{
    (void)state;
    const double yield[8] = {60, 72, 54, 68, 52, 83, 45, 80};
    const double expected[7] = {23.0, -5.0, 1.5, 1.5, 10.0, 0.0, 0.5};
    double x[24];
    double y[16];
    for (int p = 0; p < 8; p++) {
        x[3 * p] = p % 2 ? 180 : 160;
        x[3 * p + 1] = p / 2 % 2 ? 40 : 20;
        x[3 * p + 2] = p / 4 ? 2 : 1;
        y[2 * p] = yield[p] - 1;
        y[2 * p + 1] = yield[p] + 1; /* two replicates with luck of -1 and +1 everywhere: the effects do not vary */
    }
    struct panel panel = {.n_points = 8, .n_replicates = 2, .stride = 2, .values = y};
    struct factorial_effect effects[7];
    assert_true(factorial_fits(8, 3, x));
    assert_int_equal(factorial_compute(3, x, &panel, 0.95, effects), DREDGE_OK);
    const unsigned order[7] = {1, 2, 4, 3, 5, 6, 7}; /* T, C, K, TC, TK, CK, TCK */
    for (int i = 0; i < 7; i++) {
        assert_int_equal(effects[order[i] - 1].factors, order[i]);
        assert_close(effects[order[i] - 1].estimate.mean, expected[i], 1e-12);
        assert_close(effects[order[i] - 1].estimate.se, 0, 1e-12);
    }
}

static void what_fits(void **state)
{
    (void)state;
    const double grid[8] = {0, 5, 1, 5, 1, 7, 0, 7};
    const double twice[8] = {0, 5, 1, 5, 1, 5, 0, 7};
    const double three[6] = {0, 5, 1, 5, 2, 5};
    const double third[8] = {0, 5, 1, 5, 2, 7, 0, 7};
    assert_true(factorial_fits(4, 2, grid));
    assert_false(factorial_fits(4, 2, twice));
    assert_false(factorial_fits(3, 2, three));
    assert_false(factorial_fits(4, 2, third));
    assert_false(factorial_fits(1, 0, grid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pilot_plant), cmocka_unit_test(what_fits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
