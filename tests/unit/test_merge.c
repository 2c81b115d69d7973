/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/file/results_file.h"
#include "store_fixture.h"
#include "testing.h"

enum { MOST_PARTS = 32 };

static char folder[FIXTURE_PATH_BYTES];
static char names[MOST_PARTS][FIXTURE_PATH_BYTES + 32];
static const char *parts[MOST_PARTS];
static char output[FIXTURE_PATH_BYTES + 32], warning[FIXTURE_PATH_BYTES * 2];

static int set_up(void **state)
{
    (void)state;
    fixture_make_folder(folder);
    (void)snprintf(output, sizeof output, "%s/out.h5", folder);
    for (int i = 0; i < MOST_PARTS; i++) {
        (void)snprintf(names[i], sizeof names[i], "%s/part%d.h5", folder, i);
        parts[i] = names[i];
    }
    warning[0] = '\0';
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove_folder(folder);
    return 0;
}

/* Chunk k of three replicates of a point belongs to shard k % n_shards, so that points are divided too. */
static void write_shard(const struct study *study, int shard, int n_shards)
{
    struct store_options options = {.n_shards = n_shards, .shard = shard, .force = 1, .provenance = "{}"};
    struct store *store = NULL;
    assert_int_equal(store_begin(&store, parts[shard], study, &options, NULL, NULL), DREDGE_OK);
    for (int chunk = shard; chunk < 5 * 2; chunk += n_shards) {
        assert_int_equal(fixture_append(store, study, chunk / 2, 3 * (chunk % 2), 3), DREDGE_OK);
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
}

static void expect_ok(dredge_status status)
{
    if (status != DREDGE_OK) {
        print_error("%s\n", status_message());
    }
    assert_int_equal(status, DREDGE_OK);
}

static const char *const outputs[] = {"output: {trajectories: summary, every: 3}\n",
                                      "output: {trajectories: runs, every: 3}\n", "output: {trajectories: none}\n"};

/* Any number of shards, in any order, gives the digest of the whole. */
static void test_shards_make_the_whole(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct study study = {0};
        char whole[33], merged[33];
        fixture_study(&study, outputs[i], "");
        fixture_write(output, &study, 6, 5, 0);
        fixture_digest(output, whole);
        for (int n_shards = 1; n_shards <= 7; n_shards += 2) {
            for (int shard = 0; shard < n_shards; shard++) {
                write_shard(&study, shard, n_shards);
            }
            const char *first = parts[0];
            parts[0] = parts[n_shards - 1];
            parts[n_shards - 1] = first;
            expect_ok(store_merge(output, 1, n_shards, parts, fixture_warn, warning));
            parts[n_shards - 1] = parts[0];
            parts[0] = first;
            fixture_digest(output, merged);
            assert_string_equal(whole, merged);
            assert_string_equal(warning, "");
        }
        study_free(&study);
    }
}

/* Shards can be merged in steps; what is missing is told; a complete file may be given again. */
static void test_merge_in_steps(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct study study = {0};
        struct results *results = NULL;
        char whole[33], merged[33];
        fixture_study(&study, outputs[i], "");
        fixture_write(output, &study, 6, 5, 0);
        fixture_digest(output, whole);
        for (int shard = 0; shard < 4; shard++) {
            write_shard(&study, shard, 4);
        }
        expect_ok(store_merge(parts[5], 1, 2, parts, fixture_warn, warning));
        assert_non_null(strstr(warning, "shards 3-4/4 are missing"));
        warning[0] = '\0';
        assert_int_equal(results_open(&results, parts[5]), DREDGE_OK);
        assert_int_equal(results_info(results)->n_done, 2 * 3 * 6); /* 6 of 10 chunks of 3 replicates, 2 regimes */
        assert_int_equal(results_info(results)->n_not_run, 60 - 36);
        results_close(results);
        const char *second[] = {parts[5], parts[2], parts[3]};
        expect_ok(store_merge(parts[6], 1, 3, second, fixture_warn, warning));
        fixture_digest(parts[6], merged);
        assert_string_equal(whole, merged);
        const char *third[] = {parts[6], parts[1], parts[6], output};
        expect_ok(store_merge(output, 1, 4, third, fixture_warn, warning));
        fixture_digest(output, merged);
        assert_string_equal(whole, merged);
        assert_string_equal(warning, "");
        study_free(&study);
    }
}

/* Several shards may also go to one output, one after the other. */
static void test_shards_in_one_output(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    char whole[33], digest[33];
    fixture_study(&study, "", "");
    fixture_write(output, &study, 6, 5, 0);
    fixture_digest(output, whole);
    assert_int_equal(unlink(output), 0);
    for (int shard = 0; shard < 2; shard++) {
        struct store_options options = {.n_shards = 2, .shard = shard, .resume = 1, .provenance = "{}"};
        assert_int_equal(store_begin(&store, output, &study, &options, NULL, NULL), DREDGE_OK);
        for (int point = 0; point < 5; point++) {
            assert_int_equal(store_has(store, point, 0), shard);
            assert_int_equal(fixture_append(store, &study, point, 3 * shard, 3), DREDGE_OK);
        }
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
    }
    fixture_digest(output, digest);
    assert_string_equal(whole, digest);
    struct store_options third = {.n_shards = 3, .shard = 0, .resume = 1, .provenance = "{}"};
    write_shard(&study, 0, 2);
    assert_int_equal(store_begin(&store, parts[0], &study, &third, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("divided into 2, this is one of 3");
    study_free(&study);
}

/* The folder of an interrupted run is a part too. */
static void test_merge_interrupted(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    const struct store_options options = {.n_shards = 1, .provenance = "{}"};
    char whole[33], digest[33], interrupted[FIXTURE_PATH_BYTES + 64];
    fixture_study(&study, "", "");
    fixture_write(output, &study, 6, 5, 0);
    fixture_digest(output, whole);
    for (int half = 0; half < 2; half++) {
        assert_int_equal(store_begin(&store, parts[half], &study, &options, NULL, NULL), DREDGE_OK);
        for (int point = 0; point < 5; point++) {
            assert_int_equal(fixture_append(store, &study, point, 3 * half, 3), DREDGE_OK);
        }
        store_end(store);
    }
    assert_int_equal(store_merge(output, 1, 2, parts, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("is not finished");
    const char *folders[2] = {interrupted, parts[1]};
    (void)snprintf(interrupted, sizeof interrupted, "%s.parts", parts[0]);
    expect_ok(store_merge(parts[2], 0, 1, folders, fixture_warn, warning));
    assert_non_null(strstr(warning, "runs are missing"));
    char other[FIXTURE_PATH_BYTES + 64];
    (void)snprintf(other, sizeof other, "%s.parts", parts[1]);
    folders[1] = other;
    warning[0] = '\0';
    expect_ok(store_merge(output, 1, 2, folders, fixture_warn, warning));
    assert_string_equal(warning, "");
    fixture_digest(output, digest);
    assert_string_equal(whole, digest);
    study_free(&study);
}

/* Failed runs and their messages come through shards and merging. */
static void test_messages(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    struct results *results = NULL;
    char message[PARCEL_MESSAGE_BYTES];
    uint8_t status[2 * 6];
    fixture_study(&study, "", "");
    for (int shard = 0; shard < 2; shard++) {
        const struct store_options options = {.n_shards = 2, .shard = shard, .provenance = "{}"};
        assert_int_equal(store_begin(&store, parts[shard], &study, &options, NULL, NULL), DREDGE_OK);
        for (int point = 0; point < 5; point++) {
            struct parcel parcel;
            fixture_parcel(&parcel, &study, point, 3 * shard, 3, 1);
            assert_int_equal(store_append(store, 1, &parcel), DREDGE_OK);
            parcel_free(&parcel);
        }
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
    }
    expect_ok(store_merge(output, 0, 2, parts, NULL, NULL));
    assert_int_equal(results_open(&results, output), DREDGE_OK);
    assert_int_equal(results_info(results)->n_failed, 12);
    assert_int_equal(results_status(results, 3, 1, status), DREDGE_OK);
    assert_true(status[0] == RUN_FAILED && status[11] == RUN_FAILED);
    results_close(results);
    struct results_file *file = NULL;
    assert_int_equal(results_file_open(&file, output), DREDGE_OK);
    assert_int_equal(results_message(results_file_results(file), 3, message), DREDGE_OK);
    assert_string_equal(message, "point 3 is impossible");
    assert_int_equal(results_message(results_file_results(file), 2, message), DREDGE_OK);
    assert_string_equal(message, "");
    results_file_close(file);
    study_free(&study);
}

/* ---- what is refused ---- */

static void test_disagreement(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    const struct store_options options = {.n_shards = 2, .provenance = "{}"};
    fixture_study(&study, "output: {trajectories: none}\n", "");
    for (int i = 0; i < 2; i++) {
        struct parcel parcel;
        fixture_parcel(&parcel, &study, 1, 2 * i, 4, 0);
        parcel.outcomes[2 * OUTCOME_holism * 4] += i == 1 ? 1e-12 : 0; /* replicate 2, which both have */
        assert_int_equal(store_begin(&store, parts[i], &study, &options, NULL, NULL), DREDGE_OK);
        assert_int_equal(store_append(store, 1, &parcel), DREDGE_OK);
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
        parcel_free(&parcel);
    }
    assert_int_equal(store_merge(output, 0, 2, parts, NULL, NULL), DREDGE_FILE);
    assert_non_null(strstr(status_message(), parts[0]));
    assert_non_null(strstr(status_message(), parts[1]));
    fixture_expect_sentence("disagree about design point 1, replicates 2 to 3");
    assert_int_equal(access(output, F_OK), -1);
    assert_int_equal(fixture_count(folder), 2);
    study_free(&study);
}

/* Runs that overlap in part and agree are put together; summaries cannot be. */
static void test_overlap_in_part(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct study study = {0};
        struct store *store = NULL;
        struct results *results = NULL;
        const struct store_options options = {.n_shards = 2, .provenance = "{}", .force = 1};
        fixture_study(&study, outputs[i], "");
        for (int part = 0; part < 2; part++) {
            assert_int_equal(store_begin(&store, parts[part], &study, &options, NULL, NULL), DREDGE_OK);
            assert_int_equal(fixture_append(store, &study, 1, 2 * part, 4), DREDGE_OK);
            assert_int_equal(store_finish(store), DREDGE_OK);
            store_end(store);
        }
        if (study.trajectories == TRAJECTORIES_SUMMARY) {
            assert_int_equal(store_merge(output, 1, 2, parts, NULL, NULL), DREDGE_FILE);
            fixture_expect_sentence("summaries of trajectories cannot be put together");
        } else {
            double values[2 * 6];
            expect_ok(store_merge(output, 1, 2, parts, NULL, NULL));
            assert_int_equal(results_open(&results, output), DREDGE_OK);
            assert_int_equal(results_info(results)->n_done, 12);
            assert_int_equal(results_outcome(results, OUTCOME_holism, 1, 1, values), DREDGE_OK);
            for (int run = 0; run < 12; run++) {
                double expected = fixture_outcome(OUTCOME_holism, 1, run / 6, run % 6);
                assert_memory_equal(&values[run], &expected, sizeof expected);
            }
            results_close(results);
        }
        study_free(&study);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    struct study study = {0}, other = {0};
    fixture_study(&study, "", "");
    fixture_study(&other, "", "model.turnover=0.02");
    fixture_write(parts[0], &study, 6, 5, 0);
    fixture_write(parts[1], &other, 6, 5, 0);
    assert_int_equal(store_merge(output, 0, 2, parts, NULL, NULL), DREDGE_FILE);
    assert_non_null(strstr(status_message(), parts[1]));
    fixture_expect_sentence("model.turnover");
    assert_int_equal(store_merge(parts[1], 0, 1, parts, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("exists already");
    assert_int_equal(store_merge(output, 0, 0, parts, NULL, NULL), DREDGE_USAGE);
    fixture_expect_sentence("at least one part");
    assert_int_equal(store_merge("", 0, 1, parts, NULL, NULL), DREDGE_USAGE);
    fixture_expect_sentence("name of the file");
    const char *missing[] = {"/nowhere/at-all.h5"};
    assert_int_equal(store_merge(output, 0, 1, missing, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("/nowhere/at-all.h5");
    const char *empty[] = {folder};
    assert_int_equal(store_merge(output, 0, 1, empty, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("/study");
    assert_int_equal(fixture_count(folder), 2);
    study_free(&study);
    study_free(&other);
}

/* More parts than are open at once, where the system allows few files. */
static void test_many_parts(void **state)
{
    (void)state;
    struct study study = {0};
    char whole[33], merged[33];
    int exit_status = 0;
    fixture_study(&study, "", "");
    fixture_write(output, &study, 6, 5, 0);
    fixture_digest(output, whole);
    for (int shard = 0; shard < MOST_PARTS; shard++) {
        write_shard(&study, shard, MOST_PARTS);
    }
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit few = {30, 30};
        int is_merged =
            setrlimit(RLIMIT_NOFILE, &few) == 0 && store_merge(output, 1, MOST_PARTS, parts, NULL, NULL) == DREDGE_OK;
        _exit(is_merged ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &exit_status, 0), child);
    assert_int_equal(exit_status, 0);
    fixture_digest(output, merged);
    assert_string_equal(whole, merged);
    study_free(&study);
}

/* Two complete files of a study with summaries: nothing to put together, they agree. */
static void test_twice_the_same(void **state)
{
    (void)state;
    struct study study = {0};
    char whole[33], digest[33];
    fixture_study(&study, "", "");
    fixture_write(parts[0], &study, 6, 5, 0);
    fixture_write(parts[1], &study, 2, 2, 1);
    fixture_digest(parts[0], whole);
    expect_ok(store_merge(output, 0, 2, parts, fixture_warn, warning));
    fixture_digest(output, digest);
    assert_string_equal(whole, digest);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shards_make_the_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_merge_in_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shards_in_one_output, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_merge_interrupted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_messages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_disagreement, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_overlap_in_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refusals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_twice_the_same, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
