/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_fixture.h"

enum { N_WORDS = 6 + 10 + 3 * 4, HEADER_BYTES = 224 };

static char folder[FIXTURE_PATH_BYTES], output[FIXTURE_PATH_BYTES * 2], file[FIXTURE_PATH_BYTES * 4];
static const struct store_options plain = {.n_shards = 1, .provenance = "{}"};
static const struct store_options resume = {.n_shards = 1, .provenance = "{}", .resume = 1};
static const struct store_options force = {.n_shards = 1, .provenance = "{}", .force = 1};
static struct study study;
static struct store *store;

static int set_up(void **state)
{
    (void)state;
    fixture_make_folder(folder);
    (void)snprintf(output, sizeof output, "%s/out.h5", folder);
    (void)snprintf(file, sizeof file, "%s.parts/checkpoint-000001-000002", output);
    memset(&study, 0, sizeof study);
    fixture_study(&study, "", "");
    store = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_end(store);
    study_free(&study);
    fixture_remove_folder(folder);
    return 0;
}

static uint32_t word(int k, int month)
{
    return 0x9e3779b9U * (uint32_t)(k + 1) + (uint32_t)month;
}

static const struct checkpoint parcel = {.span = {1, 2, 3}};

/* Begins the checkpoint of a parcel and adds its words in two pieces; nothing is committed. */
static void begin_checkpoint(int month)
{
    uint32_t words[N_WORDS];
    struct checkpoint checkpoint = parcel;
    checkpoint.task = 4;
    checkpoint.month = month;
    checkpoint.n_results = 6;
    checkpoint.n_organisations = 10;
    checkpoint.n_collaborations = 3;
    checkpoint.record_words = 4;
    for (int k = 0; k < N_WORDS; k++) {
        words[k] = word(k, month);
    }
    assert_int_equal(store_checkpoint_begin(store, &checkpoint), DREDGE_OK);
    assert_int_equal(store_checkpoint_add(store, 5, words), DREDGE_OK);
    assert_int_equal(store_checkpoint_add(store, N_WORDS - 5, words + 5), DREDGE_OK);
}

static void write_checkpoint(int month)
{
    begin_checkpoint(month);
    assert_int_equal(store_checkpoint_commit(store), DREDGE_OK);
}

static void assert_found(int month)
{
    uint32_t words[N_WORDS - 3];
    struct checkpoint found = parcel;
    int is_found = 0;
    assert_int_equal(store_checkpoint_find(store, &found, &is_found), DREDGE_OK);
    assert_true(is_found);
    assert_int_equal(found.month, month);
    assert_int_equal(found.task, 4);
    assert_int_equal(found.span.n_replicates, 3);
    assert_int_equal(found.n_results, 6);
    assert_int_equal(found.n_organisations, 10);
    assert_int_equal(found.n_collaborations, 3);
    assert_int_equal(found.record_words, 4);
    assert_string_equal(found.file, file);
    assert_int_equal(store_checkpoint_read(store, 3, N_WORDS - 3, words), DREDGE_OK);
    for (int k = 3; k < N_WORDS; k++) {
        assert_int_equal(words[k - 3], word(k, month));
    }
}

static void assert_none(void)
{
    struct checkpoint found = parcel;
    int is_found = 1;
    assert_int_equal(store_checkpoint_find(store, &found, &is_found), DREDGE_OK);
    assert_false(is_found);
}

static dredge_status begin(const struct store_options *options, char *warning)
{
    store_end(store);
    return store_begin(&store, output, &study, options, warning == NULL ? NULL : fixture_warn, warning);
}

/* The folder holds a checkpoint of month 12; the store is closed. */
static void leave_checkpoint(void)
{
    assert_int_equal(begin(&plain, NULL), DREDGE_OK);
    write_checkpoint(12);
    store_end(store);
    store = NULL;
}

/* A checkpoint comes back as it went; the last one counts, and one that was not completed does not. */
static void comes_back(void **state)
{
    (void)state;
    assert_int_equal(begin(&plain, NULL), DREDGE_OK);
    assert_none();
    write_checkpoint(12);
    assert_found(12);
    write_checkpoint(24);
    begin_checkpoint(36);
    assert_int_equal(begin(&resume, NULL), DREDGE_OK);
    assert_found(24);
    struct checkpoint other = {.span = {.point = 1, .first = 0}};
    int is_found = 1;
    assert_int_equal(store_checkpoint_find(store, &other, &is_found), DREDGE_OK);
    assert_false(is_found);
}

/* When the runs of the parcel are in a segment, its checkpoint goes; when the output is finished, all do. */
static void goes_when_done(void **state)
{
    (void)state;
    leave_checkpoint();
    assert_int_equal(begin(&resume, NULL), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 1, 2, 3), DREDGE_OK);
    assert_int_equal(access(file, F_OK), -1);
    assert_none();
    write_checkpoint(24);
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    store = NULL;
    assert_int_equal(fixture_count(folder), 1);
}

/* A new run does not throw a checkpoint away unless it is told to. */
static void is_not_overwritten(void **state)
{
    (void)state;
    leave_checkpoint();
    assert_int_equal(begin(&plain, NULL), DREDGE_FILE);
    fixture_expect_sentence("--resume");
    assert_int_equal(begin(&force, NULL), DREDGE_OK);
    assert_none();
    assert_int_equal(access(file, F_OK), -1);
}

static void resume_damaged(size_t n_bytes, const char *bytes)
{
    char warning[2 * FIXTURE_PATH_BYTES] = "", aside[sizeof file + 8];
    (void)snprintf(aside, sizeof aside, "%s.aside", file);
    fixture_write_bytes(file, n_bytes, bytes);
    assert_int_equal(begin(&resume, warning), DREDGE_OK);
    assert_non_null(strstr(warning, file));
    assert_non_null(strstr(warning, "done again from their start"));
    assert_none();
    assert_int_equal(access(file, F_OK), -1);
    assert_int_equal(unlink(aside), 0);
}

static void expect_refusal(const char *sentence)
{
    assert_int_equal(begin(&resume, NULL), DREDGE_FILE);
    assert_non_null(strstr(status_message(), file));
    fixture_expect_sentence(sentence);
}

/* Cut off anywhere, or with any byte changed, a checkpoint is named, set aside and not used. */
static void damage(void **state)
{
    (void)state;
    leave_checkpoint();
    size_t n_bytes;
    char *bytes = fixture_read(file, &n_bytes);
    assert_int_equal(n_bytes, HEADER_BYTES + 4 * N_WORDS + 48);
    for (size_t at = 0; at < n_bytes; at++) {
        int is_version = (at >= 8 && at < 12) || (at >= 192 && at < 224);
        if (!is_version) {
            bytes[at] ^= 0x10;
            resume_damaged(n_bytes, bytes);
            bytes[at] ^= 0x10;
        }
        resume_damaged(at, bytes);
    }
    free(bytes);
}

/* Another version of the format or of dredge, and another study, are refused: these files may be worth keeping. */
static void others_are_refused(void **state)
{
    (void)state;
    leave_checkpoint();
    size_t n_bytes, n_other;
    char *bytes = fixture_read(file, &n_bytes);
    bytes[8]++;
    fixture_write_bytes(file, n_bytes, bytes);
    expect_refusal("another version of dredge");
    bytes[8]--;
    bytes[192]++;
    fixture_write_bytes(file, n_bytes, bytes);
    expect_refusal("--force");
    bytes[192]--;
    study_free(&study);
    fixture_study(&study, "", "seed=8");
    assert_int_equal(begin(&force, NULL), DREDGE_OK);
    write_checkpoint(12);
    char *other = fixture_read(file, &n_other);
    store_end(store);
    store = NULL;
    study_free(&study);
    fixture_study(&study, "", "");
    assert_int_equal(begin(&force, NULL), DREDGE_OK);
    fixture_write_bytes(file, n_other, other);
    expect_refusal("belongs to another study");
    fixture_write_bytes(file, n_bytes, bytes);
    assert_int_equal(begin(&resume, NULL), DREDGE_OK);
    assert_found(12);
    free(other);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(goes_when_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(is_not_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
