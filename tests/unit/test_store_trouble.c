/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/parts/manifest.h"
#include "store_fixture.h"
#include "testing.h"

/* ---- damage ---- */

static void damage_and_resume(const struct study *study, size_t n_bytes, const char *bytes)
{
    struct store *store = NULL;
    char segment[FIXTURE_PATH_BYTES * 4], aside[FIXTURE_PATH_BYTES * 4 + 8], warning[2 * FIXTURE_PATH_BYTES] = "";
    (void)snprintf(segment, sizeof segment, "%s/segment-0000-000001", fixture_parts);
    (void)snprintf(aside, sizeof aside, "%s.aside", segment);
    fixture_write_bytes(segment, n_bytes, bytes);
    assert_int_equal(store_begin(&store, fixture_output, study, &fixture_resume, fixture_warn, warning), DREDGE_OK);
    assert_non_null(strstr(warning, segment));
    assert_non_null(strstr(warning, "set aside"));
    assert_true(store_has(store, 0, 0));
    assert_false(store_has(store, 1, 0));
    assert_int_equal(access(segment, F_OK), -1);
    assert_int_equal(unlink(aside), 0);
    store_end(store);
}

static void test_damaged_segment(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    char segment[FIXTURE_PATH_BYTES * 4], whole[33], digest[33];
    size_t n_bytes;
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 6, 5, 0);
    fixture_digest(fixture_output, whole);
    assert_int_equal(unlink(fixture_output), 0);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 0, 0, 6), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 1, 0, 6), DREDGE_OK);
    store_end(store);
    (void)snprintf(segment, sizeof segment, "%s/segment-0000-000001", fixture_parts);
    char *bytes = fixture_read(segment, &n_bytes);
    for (size_t at = 0; at < n_bytes; at += n_bytes / 23) {
        bytes[at] ^= 0x10;
        damage_and_resume(&study, n_bytes, bytes);
        bytes[at] ^= 0x10;
        damage_and_resume(&study, at, bytes); /* cut off */
    }
    damage_and_resume(&study, n_bytes - 1, bytes);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    for (int point = 1; point < 5; point++) {
        assert_int_equal(fixture_append(store, &study, point, 0, 6), DREDGE_OK);
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    fixture_digest(fixture_output, digest);
    assert_string_equal(whole, digest);
    free(bytes);
    study_free(&study);
}

/* Damage that happens during the run is found before the fixture_output is made. */
static void test_damage_before_finish(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    char segment[FIXTURE_PATH_BYTES * 4];
    size_t n_bytes;
    fixture_study(&study, "", "");
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 0, 0, 6), DREDGE_OK);
    (void)snprintf(segment, sizeof segment, "%s/segment-0000-000000", fixture_parts);
    char *bytes = fixture_read(segment, &n_bytes);
    bytes[200] ^= 1;
    fixture_write_bytes(segment, n_bytes, bytes);
    assert_int_equal(store_finish(store), DREDGE_FILE);
    fixture_expect_sentence(segment);
    store_end(store);
    assert_int_equal(access(fixture_output, F_OK), -1);
    free(bytes);
    study_free(&study);
}

/* A manifest of which a bit changed, that was cut off, or that something follows. */
static void test_damaged_manifest(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    struct manifest manifest;
    char path[FIXTURE_PATH_BYTES * 4];
    size_t n_bytes;
    fixture_study(&study, "", "");
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    assert_int_equal(fixture_append(store, &study, 0, 0, 6), DREDGE_OK);
    store_end(store);
    (void)snprintf(path, sizeof path, "%s/study", fixture_parts);
    char *bytes = fixture_read(path, &n_bytes);
    for (size_t at = 0; at < n_bytes; at += 7) {
        bytes[at] ^= (char)(1 << at % 7);
        fixture_write_bytes(path, n_bytes, bytes);
        bytes[at] ^= (char)(1 << at % 7);
        assert_int_equal(manifest_read(path, &manifest), DREDGE_FILE);
        fixture_expect_sentence("is damaged");
        fixture_write_bytes(path, at, bytes);
        if (manifest_read(path, &manifest) == DREDGE_OK) { /* all that another version has */
            assert_string_equal(manifest.origin.model_stamp, "");
            manifest_free(&manifest);
        } else {
            fixture_expect_sentence("is damaged");
        }
    }
    char endless[64] = {0}; /* a field of -1 bytes */
    const char *first = strstr(bytes, "version ");
    assert_non_null(first);
    (void)snprintf(endless, sizeof endless, "%.*sversion -1\n\n", (int)(first - bytes), bytes);
    fixture_write_bytes(path, strlen(endless), endless);
    assert_int_equal(manifest_read(path, &manifest), DREDGE_FILE);
    fixture_expect_sentence("is damaged");
    bytes[n_bytes] = '\n'; /* in place of the terminator */
    fixture_write_bytes(path, n_bytes + 1, bytes);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("is damaged");
    fixture_write_bytes(path, n_bytes, bytes);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    store_end(store);
    free(bytes);
    study_free(&study);
}

/* ---- failed runs, stopping rules ---- */

static void test_failed_runs(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    struct results *results = NULL;
    uint8_t status[2 * 6];
    double values[2 * 6];
    fixture_study(&study, "", "");
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    for (int point = 0; point < 5; point++) {
        struct parcel parcel;
        fixture_parcel(&parcel, &study, point, 0, 6, 1);
        assert_int_equal(store_append(store, 1, &parcel), DREDGE_OK);
        parcel_free(&parcel);
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
    assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
    assert_int_equal(results_info(results)->n_failed, 12);
    assert_int_equal(results_info(results)->n_done, 48);
    assert_int_equal(results_status(results, 3, 1, status), DREDGE_OK);
    assert_int_equal(results_outcome(results, OUTCOME_holism, 3, 1, values), DREDGE_OK);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(status[i], RUN_FAILED);
        assert_true(isnan(values[i]));
    }
    assert_int_equal(results_status(results, 2, 1, status), DREDGE_OK);
    assert_int_equal(status[7], RUN_DONE);
    results_close(results);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    assert_true(store_has(store, 3, 2)); /* failed is finished: it would fail again */
    store_end(store);
    study_free(&study);
}

/* Points differ in their number of replicates; the rest is not run. */
static void test_stopping_rule(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    struct results *results = NULL;
    static const int done[5] = {4, 8, 4, 10, 20};
    uint8_t status[2 * 20];
    char digest[33], other[33];
    fixture_study(&study,
                  "replicates: {min: 4, max: 20, until: {outcome: holism, half_width: 0.1, confidence: 0.95}}\n", "");
    for (int n = 1; n <= 4; n += 3) {
        assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_force, NULL, NULL), DREDGE_OK);
        for (int point = 0; point < 5; point++) {
            for (int first = 0; first < done[point]; first += n) {
                int n_now = done[point] - first < n ? done[point] - first : n;
                assert_int_equal(fixture_append(store, &study, point, first, n_now), DREDGE_OK);
            }
        }
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
        fixture_digest(fixture_output, n == 1 ? digest : other);
    }
    assert_string_equal(digest, other);
    assert_int_equal(results_open(&results, fixture_output), DREDGE_OK);
    assert_int_equal(results_info(results)->n_replicates, 20);
    assert_int_equal(results_info(results)->n_done, 2 * (4 + 8 + 4 + 10 + 20));
    assert_int_equal(results_info(results)->n_not_run, 2 * 5 * 20 - 2 * 46);
    for (int point = 0; point < 5; point++) {
        assert_int_equal(results_status(results, point, 1, status), DREDGE_OK);
        for (int i = 0; i < 40; i++) {
            assert_int_equal(status[i], i % 20 < done[point] ? RUN_DONE : RUN_NOT_RUN);
        }
    }
    results_close(results);
    study_free(&study);
}

/* ---- places that cannot be written ---- */

static void test_bad_places(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        dredge_status status;
        const char *sentence;
    } cases[] = {{"", DREDGE_USAGE, "needs the name of a file"},
                 {"/tmp/", DREDGE_USAGE, "needs the name of a file"},
                 {"/proc", DREDGE_FILE, "not a file"},
                 {"/dev/null", DREDGE_FILE, "not a file"},
                 {"/proc/dredge/x.h5", DREDGE_FILE, "/proc/dredge"},
                 {"/dev/null/x.h5", DREDGE_FILE, "/dev/null"}};
    struct study study = {0};
    struct store *store = NULL;
    fixture_study(&study, "", "");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(store_begin(&store, cases[i].path, &study, &fixture_force, NULL, NULL), cases[i].status);
        assert_null(store);
        fixture_expect_sentence(cases[i].sentence);
    }
    char deep[FIXTURE_PATH_BYTES * 2];
    (void)snprintf(deep, sizeof deep, "%s/a/b/c.h5", fixture_folder); /* missing folders are made */
    assert_int_equal(store_begin(&store, deep, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    store_end(store);
    (void)snprintf(deep, sizeof deep, "%s/a/b", fixture_folder);
    assert_int_equal(fixture_count(deep), 0); /* a run that did nothing leaves nothing */
    study_free(&study);
}

/* The fixture_folder of segments disappears during the run. */
static void test_folder_removed(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    fixture_study(&study, "", "");
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    fixture_remove_folder(fixture_parts);
    assert_int_equal(fixture_append(store, &study, 0, 0, 6), DREDGE_FILE);
    fixture_expect_sentence("segment-0000-000000");
    store_end(store);
    store_end(NULL);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_damaged_segment, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_manifest, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_damage_before_finish, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_failed_runs, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_stopping_rule, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_bad_places, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_folder_removed, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
