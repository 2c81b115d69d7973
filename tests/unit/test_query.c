/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/query.h"
#include "parse.h"
#include "run/memory_sink.h"
#include "run/runner.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_failed_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
