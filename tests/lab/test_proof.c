/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digest that the page computes in memory is the one of the results file. */
#include "lab_study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/proof.h"
#include "run/memory_sink.h"
#include "store/store.h"
#include "run/runner.h"
#include "store_fixture.h"

static double shown; /* the last share that was told */

static void tell(double share)
{
    shown = share;
}

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    return store_append(context, n_parcels, parcels);
}

static void file_digest(const struct study *study, char digest[33])
{
    char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 8];
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/r.h5", folder);
    struct store *store = NULL;
    struct results *results = NULL;
    const struct store_options options = {.force = 1, .n_shards = 1, .provenance = "{}"};
    assert_int_equal(store_begin(&store, path, study, &options, NULL, NULL), DREDGE_OK);
    const struct runner_options running = {.n_threads = 2};
    const struct runner_sink sink = {.context = store, .append = append};
    assert_int_equal(runner_run(study, &running, &sink), DREDGE_OK);
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    assert_int_equal(results_open(&results, path), DREDGE_OK);
    assert_int_equal(results_digest(results, digest), DREDGE_OK);
    results_close(results);
    fixture_remove_folder(folder);
}

/* The digest of runs that three sinks gathered, a shard each, and a fourth got as bytes. */
static void parts_digest(const struct study *study, char digest[33])
{
    struct memory_sink *all = NULL;
    struct results *results = NULL;
    assert_int_equal(memory_sink_new(&all, study), DREDGE_OK);
    for (int shard = 0; shard < 3; shard++) {
        struct memory_sink *part = NULL;
        unsigned char *bytes = NULL;
        size_t n_bytes = 0;
        assert_int_equal(memory_sink_new(&part, study), DREDGE_OK);
        const struct runner_options running = {.n_threads = 1, .shard = shard, .n_shards = 3};
        const struct runner_sink sink = memory_sink_runner(part);
        assert_int_equal(runner_run(study, &running, &sink), DREDGE_OK);
        assert_int_equal(memory_sink_pack(part, &bytes, &n_bytes), DREDGE_OK);
        memory_sink_free(part);
        assert_int_equal(memory_sink_unpack(all, n_bytes, bytes), DREDGE_OK);
        free(bytes);
    }
    assert_int_equal(memory_sink_results(all, &results), DREDGE_OK);
    memcpy(digest, results_info(results)->digest, 33);
    memory_sink_free(all);
}

static void check(const char *text)
{
    struct study study;
    char in_memory[33], in_file[33], in_parts[33];
    lab_study(text, &study);
    shown = 0;
    assert_int_equal(proof_digest(&study, tell, in_memory), DREDGE_OK);
    assert_true(shown >= 0 && shown <= 1);
    file_digest(&study, in_file);
    assert_string_equal(in_memory, in_file);
    parts_digest(&study, in_parts);
    assert_string_equal(in_parts, in_file);
    study_free(&study);
}

static void test_summary(void **state)
{
    (void)state;
    check("months: 24\naftercare_months: 6\nreplicates: 20\n");
}

static void test_runs(void **state)
{
    (void)state;
    check("months: 24\naftercare_months: 6\nreplicates: 20\noutput: {trajectories: runs, every: 5}\n");
}

static void test_none(void **state)
{
    (void)state;
    check("months: 24\naftercare_months: 6\nreplicates: 20\noutput: {trajectories: none}\n");
}

/* Points that stop at different numbers of replicates. */
static void test_stopping(void **state)
{
    (void)state;
    check(
        "months: 24\naftercare_months: 0\nreplicates: {min: 20, max: 400, until: {outcome: quick_results, half_width: "
        "0.8, confidence: 0.9}}\ndesign: {method: grid, factors: {funder.target: [0.2, 1, 3]}}\n");
}

/* Bytes that are cut off anywhere, or whose span is none of the study's, are refused. */
static void test_broken_parts(void **state)
{
    (void)state;
    struct study study;
    struct memory_sink *part = NULL, *all = NULL;
    unsigned char *bytes = NULL;
    size_t n_bytes = 0;
    lab_study("months: 12\naftercare_months: 0\nreplicates: 2\noutput: {trajectories: summary, every: 6}\n", &study);
    assert_int_equal(memory_sink_new(&part, &study), DREDGE_OK);
    assert_int_equal(memory_sink_new(&all, &study), DREDGE_OK);
    const struct runner_options running = {.n_threads = 1};
    const struct runner_sink sink = memory_sink_runner(part);
    assert_int_equal(runner_run(&study, &running, &sink), DREDGE_OK);
    assert_int_equal(memory_sink_pack(part, &bytes, &n_bytes), DREDGE_OK);
    for (size_t cut = 1; cut < n_bytes; cut += 1 + cut / 7) {
        assert_int_equal(memory_sink_unpack(all, cut, bytes), DREDGE_FAILURE);
    }
    bytes[3] = 0x70; /* a point far beyond the study's */
    assert_int_equal(memory_sink_unpack(all, n_bytes, bytes), DREDGE_FAILURE);
    free(bytes);
    memory_sink_free(part);
    memory_sink_free(all);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary),  cmocka_unit_test(test_runs),         cmocka_unit_test(test_none),
        cmocka_unit_test(test_stopping), cmocka_unit_test(test_broken_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
