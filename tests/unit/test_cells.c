/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "analysis/cells.h"
#include "testing.h"

enum { POINTS = 6, REPLICATES = 12 };

/* Luck that all points share, conditions, and a little luck of each point's own. */
static void make_values(double values[POINTS][REPLICATES])
{
    for (int p = 0; p < POINTS; p++) {
        for (int k = 0; k < REPLICATES; k++) {
            values[p][k] = 0.1 * p + 0.3 * sin(7.0 * k) + 0.02 * cos(11.0 * k + p);
        }
    }
}

static struct panel panel_of(const double *values, int n_points, int n_replicates)
{
    return (struct panel){
        .n_points = n_points, .n_replicates = n_replicates, .stride = (size_t)n_replicates, .values = values};
}

/* The estimate of each cell is that of a panel of its points alone; `of` puts neighbours together. */
static void check(double values[POINTS][REPLICATES])
{
    const unsigned char of[POINTS] = {0, 0, 1, 1, 1, 2};
    const int first[] = {0, 2, 5, 6};
    struct panel all = panel_of(values[0], POINTS, REPLICATES);
    struct cells cells;
    struct cell out[4];
    double means[4];
    assert_int_equal(cells_init(POINTS, REPLICATES, &cells), DREDGE_OK);
    cells_fill(&cells, &all);
    assert_int_equal(cells_find(&cells, 4, of, 0.95, out), DREDGE_OK);
    cells_means(&cells, 4, of, means);
    for (int c = 0; c < 3; c++) {
        struct panel own = panel_of(values[first[c]], first[c + 1] - first[c], REPLICATES);
        struct estimate wanted;
        assert_int_equal(panel_estimate(&own, 0.95, &wanted), DREDGE_OK);
        assert_close(out[c].mean, wanted.mean, 1e-12);
        assert_close(means[c], wanted.mean, 1e-12);
        assert_close(out[c].low, wanted.low, 1e-9);
        assert_close(out[c].high, wanted.high, 1e-9);
    }
    assert_int_equal(out[3].n_points, 0); /* a cell that no point is in */
    assert_true(isnan(out[3].mean) && isnan(out[3].low) && isnan(means[3]));
    cells_free(&cells);
}

static void cells_agree_with_panels(void **state)
{
    (void)state;
    double values[POINTS][REPLICATES];
    make_values(values);
    check(values);
    values[2][3] = values[4][0] = NAN;
    for (int p = 2; p < 5; p++) { /* a replicate that a cell lacks altogether */
        values[p][7] = NAN;
    }
    check(values);
    for (int k = 0; k < REPLICATES; k++) { /* and a point without values */
        values[1][k] = NAN;
    }
    check(values);
}

/* Points that share their luck: the interval of a cell of three is nearly as wide as that of one, which independence
 * would make 1.7 times too narrow. */
static void shared_luck_does_not_average_out(void **state)
{
    (void)state;
    double values[POINTS][REPLICATES];
    const unsigned char of[POINTS] = {0, 1, 1, 1, 2, 2};
    make_values(values);
    struct panel all = panel_of(values[0], POINTS, REPLICATES);
    struct cells cells;
    struct cell out[3];
    assert_int_equal(cells_init(POINTS, REPLICATES, &cells), DREDGE_OK);
    cells_fill(&cells, &all);
    assert_int_equal(cells_find(&cells, 3, of, 0.95, out), DREDGE_OK);
    assert_true(out[1].high - out[1].low > 0.9 * (out[0].high - out[0].low));
    cells_free(&cells);
}

/* With one replicate a point the interval is over the points of a cell; of one point there is none. */
static void one_replicate(void **state)
{
    (void)state;
    const double values[POINTS] = {1, 2, 4, 8, 9, 5};
    const unsigned char of[POINTS] = {0, 0, 1, 1, 1, 2};
    struct panel all = panel_of(values, POINTS, 1);
    struct panel own = panel_of(values + 2, 3, 1);
    struct cells cells;
    struct cell out[3];
    struct estimate wanted;
    assert_int_equal(cells_init(POINTS, 1, &cells), DREDGE_OK);
    cells_fill(&cells, &all);
    assert_int_equal(cells_find(&cells, 3, of, 0.95, out), DREDGE_OK);
    assert_int_equal(panel_estimate(&own, 0.95, &wanted), DREDGE_OK);
    assert_close(out[1].mean, 7, 1e-12);
    assert_close(out[1].low, wanted.low, 1e-9);
    assert_close(out[1].high, wanted.high, 1e-9);
    assert_close(out[2].mean, 5, 0);
    assert_true(isnan(out[2].low));
    cells_free(&cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_agree_with_panels),
                                       cmocka_unit_test(shared_luck_does_not_average_out),
                                       cmocka_unit_test(one_replicate)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
