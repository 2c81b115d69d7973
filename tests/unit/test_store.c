/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_fixture.h"
#include "testing.h"

static int is_same(double a, double b)
{
    return (a <= b && a >= b) || (isnan(a) && isnan(b));
}

/* ---- what goes in comes out ---- */

static void check_outcomes(struct results *results, const struct study *study, int n_replicates)
{
    int n_points = study->design.n_points, n_regimes = study->n_regimes;
    double *values = malloc((size_t)(n_points * n_regimes * n_replicates) * sizeof *values);
    assert_non_null(values);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        assert_int_equal(results_outcome(results, outcome, 0, n_points, values), DREDGE_OK);
        for (int i = 0; i < n_points * n_regimes * n_replicates; i++) {
            int replicate = i % n_replicates, regime = i / n_replicates % n_regimes,
                point = i / n_replicates / n_regimes;
            assert_true(is_same(values[i], fixture_outcome(outcome, point, regime, replicate)));
        }
    }
    free(values);
}

static void check_runs(struct results *results, int n_replicates, int n_months)
{
    float *values = malloc((size_t)(n_replicates * n_months) * sizeof *values);
    assert_non_null(values);
    assert_int_equal(results_runs(results, SERIES_trust, 4, 1, values), DREDGE_OK);
    for (int i = 0; i < n_replicates * n_months; i++) {
        float expected = fixture_value(SERIES_trust, 4, 1, i / n_months, i % n_months);
        assert_memory_equal(&values[i], &expected, sizeof expected);
    }
    free(values);
}

/* The summary is that of one tally over all replicates. */
static void check_summary(struct results *results, const struct study *study, int n_months)
{
    struct parcel whole;
    size_t n_bytes = (size_t)(N_STATISTICS * n_months) * sizeof(float);
    float *values = malloc(n_bytes), *expected = malloc(n_bytes);
    struct tally tally;
    size_t position = 0;
    assert_true(values != NULL && expected != NULL);
    assert_int_equal(tally_init(&tally, N_SERIES, n_months), DREDGE_OK);
    fixture_parcel(&whole, study, 2, 0, study->replication.max, 0);
    assert_true(tally_code_add(whole.tallies[1].n_bytes, whole.tallies[1].bytes, &position, &tally));
    for (int series = 0; series < N_SERIES; series++) {
        tally_statistics(&tally, series, expected);
        assert_int_equal(results_summary(results, series, 2, 1, values), DREDGE_OK);
        assert_memory_equal(values, expected, n_bytes);
    }
    parcel_free(&whole);
    tally_free(&tally);
    free(values);
    free(expected);
}

static void check_file(const struct study *study)
{
    struct results *results = NULL;
    struct study again = {0};
    char digest[33], digest_again[33];
    assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
    const struct results_info *info = results_info(results);
    assert_int_equal(info->n_points, 5);
    assert_int_equal(info->n_regimes, 2);
    assert_int_equal(info->n_replicates, 6);
    assert_string_equal(info->regimes[0], "linear_kpi");
    assert_string_equal(info->regimes[1], "iterative");
    assert_int_equal(info->n_factors, 1);
    assert_string_equal(info->factors[0], "funder.target");
    assert_true(is_same(info->values[3], 2));
    assert_string_equal(info->title, "A study for tests");
    assert_string_equal(info->study, study->text);
    assert_int_equal(info->n_done, 60);
    assert_int_equal(info->n_failed, 0);
    assert_int_equal(info->n_not_run, 0);
    check_outcomes(results, study, 6);
    if (study->trajectories == TRAJECTORIES_NONE) {
        assert_int_equal(info->n_months, 0);
    } else {
        assert_int_equal(info->n_months, 6); /* every 3 of 18 months */
        assert_int_equal(info->months[0], 2);
        assert_int_equal(info->months[5], 17);
    }
    if (study->trajectories == TRAJECTORIES_RUNS) {
        check_runs(results, 6, 6);
    } else if (study->trajectories == TRAJECTORIES_SUMMARY) {
        check_summary(results, study, 6);
    }
    assert_int_equal(results_study(results, &again), DREDGE_OK);
    study_digest(study, digest);
    study_digest(&again, digest_again);
    assert_string_equal(digest, digest_again);
    study_free(&again);
    results_close(results);
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const outputs[] = {"output: {trajectories: summary, every: 3}\n",
                                          "output: {trajectories: runs, every: 3}\n", "output: {trajectories: none}\n"};
    for (size_t i = 0; i < 3; i++) {
        struct study study = {0};
        fixture_study(&study, outputs[i], "");
        fixture_write(fixture_output, &study, 4, 3, 0);
        check_file(&study);
        assert_int_equal(fixture_count(fixture_parts), -1);
        assert_int_equal(fixture_count(fixture_folder), 1);
        study_free(&study);
    }
}

/* Columns by sector and by pair of sectors come back each in its place, of outcomes and of trajectories. */
static void test_by_sector(void **state)
{
    (void)state;
    static const char *const outputs[] = {"output: {trajectories: summary, every: 6}\n",
                                          "output: {trajectories: runs, every: 6}\n"};
    for (size_t i = 0; i < 2; i++) {
        struct study study = {0};
        struct results *results = NULL;
        double outcomes[2 * 6];
        float values[N_STATISTICS * 6];
        fixture_study(&study, outputs[i], "");
        study.by_sector = 1;
        fixture_write(fixture_output, &study, 4, 3, 1);
        assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
        const struct catalogue *catalogue = &results_info(results)->catalogue;
        assert_int_equal(catalogue->n_outcome_columns, N_OUTCOME_COLUMNS);
        assert_int_equal(catalogue->n_series_columns, N_SERIES_COLUMNS);
        int column = catalogue_outcome_column(catalogue, "trust_end_by_pair[private-nonprofit]");
        assert_int_equal(column, outcome_column_find("trust_end_by_pair[private-nonprofit]"));
        assert_int_equal(results_outcome(results, column, 2, 1, outcomes), DREDGE_OK);
        for (int run = 0; run < 12; run++) {
            assert_true(is_same(outcomes[run], fixture_outcome(column, 2, run / 6, run % 6)));
        }
        column = catalogue_series_column(catalogue, "turnover_by_sector[knowledge]");
        assert_int_equal(column, series_column_find("turnover_by_sector[knowledge]"));
        if (study.trajectories == TRAJECTORIES_RUNS) {
            assert_int_equal(results_runs(results, column, 2, 1, values), DREDGE_OK);
            assert_close((double)values[5 * 3 + 1], (double)fixture_value(column, 2, 1, 5, 1), 0);
        } else {
            double mean = 0;
            for (int replicate = 0; replicate < 6; replicate++) {
                mean += (double)fixture_value(column, 2, 1, replicate, 1) / 6;
            }
            assert_int_equal(results_summary(results, column, 2, 1, values), DREDGE_OK);
            assert_close((double)values[1], mean, 1e-5);
        }
        assert_int_equal(catalogue_outcome_column(catalogue, "trust_end_by_pair"), -1);
        assert_int_equal(catalogue_outcome_column(catalogue, "trust_end_by_pair[nobody]"), -1);
        results_close(results);
        study_free(&study);
    }
}

/* What results do not hold is missing, not a failure. */
static void test_named(void **state)
{
    (void)state;
    struct study study = {0};
    struct results *results = NULL;
    double values[2 * 6];
    float months[N_STATISTICS * 6];
    fixture_study(&study, "output: {trajectories: summary, every: 6}\n", "");
    fixture_write(fixture_output, &study, 6, 5, 0);
    assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
    assert_int_equal(results_outcome_named(results, "survival", 1, 1, values), DREDGE_OK);
    assert_true(is_same(values[7], fixture_outcome(OUTCOME_survival, 1, 1, 1)));
    assert_int_equal(results_outcome_named(results, "fame", 1, 1, values), DREDGE_OK);
    assert_true(isnan(values[0]) && isnan(values[11]));
    assert_int_equal(results_summary_named(results, "fame", 1, 1, months), DREDGE_OK);
    assert_true(isnan(months[0]));
    assert_int_equal(results_difference(results, SERIES_trust, 1, 0, months), DREDGE_OK);
    results_close(results);
    study_free(&study);
}

static void test_digest_does_not_depend_on_segments(void **state)
{
    (void)state;
    static const char *const outputs[] = {"output: {trajectories: summary, every: 3}\n",
                                          "output: {trajectories: runs, every: 3}\n", "output: {trajectories: none}\n"};
    for (size_t i = 0; i < 3; i++) {
        struct study study = {0};
        char digest[33], other[33];
        fixture_study(&study, outputs[i], "");
        fixture_write(fixture_output, &study, 6, 64, 0);
        fixture_digest(fixture_output, digest);
        for (int n = 1; n <= 5; n++) {
            fixture_write(fixture_output, &study, n, 2 * n - 1, n % 2);
            fixture_digest(fixture_output, other);
            assert_string_equal(digest, other);
        }
        study_free(&study);
    }
}

/* ---- resuming ---- */

static void test_resume(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    struct results *results = NULL;
    char whole[33], resumed[33];
    double values[2 * 6];
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 6, 5, 0);
    fixture_digest(fixture_output, whole);
    assert_int_equal(unlink(fixture_output), 0);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    assert_false(store_has(store, 1, 0));
    assert_int_equal(fixture_append(store, &study, 1, 0, 2), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 1, 4, 2), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 4, 0, 6), DREDGE_OK);
    store_end(store);
    assert_int_equal(access(fixture_output, F_OK), -1);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_FILE);
    assert_non_null(strstr(status_message(), "--force"));
    fixture_expect_sentence("--resume");
    assert_int_equal(results_open(&results, fixture_output), DREDGE_FILE);
    fixture_expect_sentence("its run has not ended");
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    for (int point = 0; point < 5; point++) {
        for (int replicate = 0; replicate < 6; replicate++) {
            int is_there = point == 4 || (point == 1 && (replicate < 2 || replicate >= 4));
            assert_int_equal(store_has(store, point, replicate), is_there);
        }
    }
    assert_int_equal(store_outcomes(store, &(struct span){.point = 1, .n_replicates = 5}, OUTCOME_trust_end, values),
                     DREDGE_OK);
    for (int i = 0; i < 10; i++) {
        int replicate = i % 5;
        double expected =
            replicate == 2 || replicate == 3 ? (double)NAN : fixture_outcome(OUTCOME_trust_end, 1, i / 5, replicate);
        assert_true(is_same(values[i], expected));
    }
    assert_int_equal(fixture_append(store, &study, 1, 2, 2), DREDGE_OK);
    for (int point = 0; point < 4; point++) {
        if (point != 1) {
            assert_int_equal(fixture_append(store, &study, point, 0, 6), DREDGE_OK);
        }
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    fixture_digest(fixture_output, resumed);
    assert_string_equal(whole, resumed);
    assert_int_equal(fixture_count(fixture_parts), -1);
    study_free(&study);
}

/* Resuming what is complete leaves it as it is. */
static void test_resume_complete(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    size_t n_before, n_after;
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 6, 5, 0);
    char *before = fixture_read(fixture_output, &n_before);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    assert_true(store_has(store, 0, 0) && store_has(store, 4, 5));
    assert_false(store_has(store, 4, 6));
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    char *after = fixture_read(fixture_output, &n_after);
    assert_int_equal(n_before, n_after);
    assert_memory_equal(before, after, n_before);
    assert_int_equal(fixture_count(fixture_folder), 1);
    free(before);
    free(after);
    study_free(&study);
}

static void test_existing_output(void **state)
{
    (void)state;
    struct study study = {0}, other = {0};
    struct store *store = NULL;
    char digest[33], old[33];
    fixture_study(&study, "", "");
    fixture_study(&other, "", "seed=8");
    fixture_write(fixture_output, &study, 6, 5, 0);
    fixture_digest(fixture_output, old);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_FILE);
    assert_null(store);
    assert_non_null(strstr(status_message(), "--force"));
    fixture_expect_sentence("--resume");
    /* --force leaves the old file until the new one is whole, also across an interruption. */
    assert_int_equal(store_begin(&store, fixture_output, &other, &fixture_force, NULL, NULL), DREDGE_OK);
    assert_int_equal(fixture_append(store, &other, 0, 0, 6), DREDGE_OK);
    store_end(store);
    fixture_digest(fixture_output, digest);
    assert_string_equal(digest, old);
    assert_int_equal(store_begin(&store, fixture_output, &other, &fixture_resume, NULL, NULL), DREDGE_OK);
    assert_true(store_has(store, 0, 5));
    assert_false(store_has(store, 1, 0)); /* the old file does not count */
    for (int point = 1; point < 5; point++) {
        assert_int_equal(fixture_append(store, &other, point, 0, 6), DREDGE_OK);
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    assert_int_equal(store_begin(&store, fixture_output, &other, &fixture_resume, NULL, NULL), DREDGE_OK);
    store_end(store);
    struct store_options both = fixture_resume;
    both.force = 1;
    assert_int_equal(store_begin(&store, fixture_output, &other, &both, NULL, NULL), DREDGE_USAGE);
    fixture_expect_sentence("not both");
    study_free(&study);
    study_free(&other);
}

static void expect_change(const char *more, const char *override, const char *sentence)
{
    struct study study = {0};
    struct store *store = NULL;
    fixture_study(&study, more, override);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_FILE);
    assert_null(store);
    assert_non_null(strstr(status_message(), "the study has changed"));
    fixture_expect_sentence(sentence);
    study_free(&study);
}

static void test_changed_study(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    for (int is_finished = 0; is_finished < 2; is_finished++) {
        fixture_study(&study, "", "");
        if (is_finished) {
            fixture_write(fixture_output, &study, 6, 5, 0);
        } else {
            assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
            assert_int_equal(fixture_append(store, &study, 0, 0, 6), DREDGE_OK);
            store_end(store);
        }
        expect_change("", "model.turnover=0.01", "model.turnover was 0.004, is 0.01");
        expect_change("replicates: 7\n", "", "replicates was 6, is 7");
        expect_change("", "seed=8", "seed was 7, is 8");
        expect_change("", "regimes=[linear_kpi, constant]", "regime 2 was iterative, is constant");
        expect_change("output: {trajectories: none}\n", "", "output.trajectories was summary, is none");
        study_free(&study);
        fixture_study(&study, "", "title=Another title"); /* a title changes no result */
        assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
        assert_true(store_has(store, 0, 5));
        store_end(store);
        study_free(&study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_by_sector, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_named, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_digest_does_not_depend_on_segments, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_resume, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_resume_complete, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_existing_output, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_changed_study, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
