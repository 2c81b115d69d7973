/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/query.h"

#include <stdio.h>

#include "cli/commands.h"
#include "parse.h"
#include "run/memory_sink.h"
#include "run/runner.h"
#include "store_fixture.h"
#include "testing.h"

/* Runs that fail although the study was read: their number and the first reason. */
static void test_failed_runs(void **state)
{
    (void)state;
    struct study study = parse("{months: 24, replicates: 4, output: {trajectories: none}, design: {factors: "
                               "{problem.causes: [4, 5, 6]}}}");
    struct runner_options options = {.n_threads = 1};
    for (int is_bad = 0; is_bad < 2; is_bad++) {
        struct memory_sink *memory;
        struct results *results;
        study.design.values[1] = is_bad ? 2 : 5; /* a coupling of 2 among 2 causes */
        assert_int_equal(memory_sink_new(&memory, &study), DREDGE_OK);
        struct runner_sink sink = memory_sink_runner(memory);
        assert_int_equal(runner_run(&study, &options, &sink), DREDGE_OK);
        assert_int_equal(memory_sink_results(memory, &results), DREDGE_OK);
        status_clear();
        assert_int_equal(query_failed_runs(results), is_bad ? DREDGE_FAILURE : DREDGE_OK);
        assert_string_equal(status_message(),
                            is_bad ? "8 of 24 runs failed, the first at point 1: a coupling of 2 needs at least 3 "
                                     "causes, and problem.causes is 2"
                                   : "");
        memory_sink_free(memory);
    }
    study_free(&study);
}

/* Runs of point 3 of a part have failed: the merge is written, told and has another status. */
static void test_failed_part(void **state)
{
    (void)state;
    struct study study;
    char part[FIXTURE_PATH_BYTES * 2], merged[FIXTURE_PATH_BYTES * 2];
    (void)snprintf(part, sizeof part, "%s/part.h5", fixture_folder);
    (void)snprintf(merged, sizeof merged, "%s/merged.h5", fixture_folder);
    fixture_study(&study, "", "");
    for (int has_failures = 0; has_failures < 2; has_failures++) {
        struct store_options options = {.n_shards = 1, .force = 1, .provenance = "{}"};
        struct store *store = NULL;
        struct parcel parcel;
        assert_int_equal(store_begin(&store, part, &study, &options, NULL, NULL), DREDGE_OK);
        for (int point = 0; point < study.design.n_points; point++) {
            fixture_parcel(&parcel, &study, point, 0, study.replication.max, has_failures);
            assert_int_equal(store_append(store, 1, &parcel), DREDGE_OK);
            parcel_free(&parcel);
        }
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
        char *words[] = {"merge", merged, part, "--force"};
        assert_int_equal(cmd_merge(4, words), has_failures ? 1 : 0);
        status_clear();
        assert_int_equal(query_failed_in(merged), has_failures ? DREDGE_FAILURE : DREDGE_OK);
        if (has_failures) {
            fixture_expect_sentence("12 of 60 runs failed, the first at point 3: point 3 is impossible");
        }
    }
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failed_runs),
        cmocka_unit_test_setup_teardown(test_failed_part, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
