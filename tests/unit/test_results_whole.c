/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "store/file/results_inside.h"
#include "store_fixture.h"
#include "testing.h"

static int is_same(double a, double b)
{
    return (a <= b && a >= b) || (isnan(a) && isnan(b));
}

/* Places of a row, of points from `first` on, as they were written. */
static void check_places(struct results_file *file, int column, int n_places, int first, int n_points)
{
    const struct results_info *info = &file->results.info;
    size_t n = (size_t)n_points * (size_t)info->n_regimes * (size_t)info->n_replicates;
    double *values = malloc((size_t)n_places * n * sizeof *values);
    assert_non_null(values);
    struct results_whole whole = {.row = outcome_columns[column].row,
                                  .first = first,
                                  .n_points = n_points,
                                  .place = outcome_columns[column].place,
                                  .n_places = n_places,
                                  .stride = n,
                                  .out = values};
    assert_int_equal(results_file_whole(file, &whole), 1);
    for (size_t i = 0; i < (size_t)n_places * n; i++) {
        int run = (int)(i % n), place = (int)(i / n), each = info->n_regimes * info->n_replicates;
        assert_true(is_same(values[i], fixture_outcome(column + place, first + run / each,
                                                       run % each / info->n_replicates, run % info->n_replicates)));
    }
    free(values);
}

static void check_file(int n_points, int n_replicates, int first, int chunk_points, int chunk_replicates)
{
    struct study study = {0};
    struct results_file *file = NULL;
    struct results_chunks chunks;
    char more[256];
    (void)snprintf(
        more, sizeof more,
        "output: {trajectories: none}\nreplicates: %d\ndesign: {method: latin_hypercube, points: %d, factors: "
        "{funder.target: {low: 0.5, high: 2}}}\n",
        n_replicates, n_points);
    fixture_study(&study, more, "");
    fixture_write(fixture_output, &study, n_replicates, 1, 0);
    assert_int_equal(results_file_open(&file, fixture_output), DREDGE_OK);
    assert_int_equal(results_file_has_chunks(file, &chunks), 1);
    assert_int_equal(chunks.n_points, chunk_points);
    assert_int_equal(chunks.n_replicates, chunk_replicates);
    int pair = pair_outcome_column(PAIR_OUTCOME_trust_end_by_pair, 0);
    check_places(file, OUTCOME_durability, 1, 0, n_points);
    check_places(file, OUTCOME_durability, 1, first, n_points - first);
    check_places(file, pair, N_SECTOR_PAIRS, first, n_points - first);
    check_places(file, pair + 3, 2, 0, n_points);
    results_file_close(file);
    study_free(&study);
}

/* Several points in a chunk, the last chunk not full. */
static void test_points(void **state)
{
    (void)state;
    check_file(96, 350, 3, 93, 350);
}

/* Several chunks for a point, the last one not full. */
static void test_replicates(void **state)
{
    (void)state;
    check_file(1, 33000, 0, 1, 32768);
}

/* Fewer points than a chunk has are left to HDF5. */
static void test_left_to_hdf5(void **state)
{
    (void)state;
    struct study study = {0};
    struct results_file *file = NULL;
    double values[5 * 2 * 6];
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 6, 1, 0);
    assert_int_equal(results_file_open(&file, fixture_output), DREDGE_OK);
    struct results_whole whole = {.row = OUTCOME_durability, .n_points = 5, .n_places = 1, .out = values};
    assert_int_equal(results_file_whole(file, &whole), 1);
    whole.n_points = 4;
    assert_int_equal(results_file_whole(file, &whole), 0);
    results_file_close(file);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_points, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_replicates, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_left_to_hdf5, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
