/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "store_fixture.h"
#include "testing.h"

static int is_same(double a, double b)
{
    return (a <= b && a >= b) || (isnan(a) && isnan(b));
}

/* A row by pair read at once, from point 1 on; one that is not there is missing. */
static void check_row(struct results *results, const struct study *study)
{
    int n_points = study->design.n_points - 1, n_regimes = study->n_regimes,
        n_replicates = results_info(results)->n_replicates, n = n_points * n_regimes * n_replicates;
    double *values = malloc((size_t)(N_SECTOR_PAIRS * n) * sizeof *values);
    assert_non_null(values);
    assert_int_equal(results_row_named(results, "trust_end_by_pair", N_SECTOR_PAIRS, 1, n_points, values), DREDGE_OK);
    for (int i = 0; i < N_SECTOR_PAIRS * n; i++) {
        int run = i % n, column = pair_outcome_column(PAIR_OUTCOME_trust_end_by_pair, i / n);
        assert_true(is_same(values[i], fixture_outcome(column, 1 + run / n_replicates / n_regimes,
                                                       run / n_replicates % n_regimes, run % n_replicates)));
    }
    assert_int_equal(results_row_named(results, "peace_by_pair", N_SECTOR_PAIRS, 1, n_points, values), DREDGE_OK);
    for (int i = 0; i < N_SECTOR_PAIRS * n; i++) {
        assert_true(isnan(values[i]));
    }
    assert_int_equal(results_row_named(results, "trust_end_by_pair", N_SECTOR_PAIRS, 2, n_points, values),
                     DREDGE_FAILURE);
    status_clear();
    free(values);
}

static void test_row(void **state)
{
    (void)state;
    struct study study = {0};
    struct results *results = NULL;
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 4, 3, 1);
    assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
    check_row(results, &study);
    results_close(results);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_row, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
