/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "result/tally_code.h"
#include "store/parts/segment.h"
#include "store_fixture.h"

static char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 32];

static int set_up(void **state)
{
    (void)state;
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/segment", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove_folder(folder);
    return 0;
}

/* A segment of two parcels: point 1, replicates 0 to 2, and point 3, replicates 2 to 3, which fails. */
static void write_two(const struct study *study, struct head *head)
{
    struct parcel parcels[2];
    const struct segment_maker maker = {"{\"version\":\"test\"}", 1.5, 0};
    assert_int_equal(head_of_study(study, head), DREDGE_OK);
    fixture_parcel(&parcels[0], study, 1, 0, 3, 1);
    fixture_parcel(&parcels[1], study, 3, 2, 2, 1);
    assert_int_equal(segment_write(path, head, &maker, 2, parcels), DREDGE_OK);
    parcel_free(&parcels[0]);
    parcel_free(&parcels[1]);
}

static void check_sections(struct segment *segment, const struct head *head, uint64_t offset)
{
    const unsigned char *status = NULL, *outcomes = NULL, *values = NULL;
    double number;
    float value;
    assert_int_equal(segment_runs(segment, head, offset, &status, &outcomes), DREDGE_OK);
    for (int regime = 0; regime < 2; regime++) {
        for (int replicate = 0; replicate < 3; replicate++) {
            size_t run = (size_t)(regime * 3 + replicate);
            assert_int_equal(status[run], RUN_DONE);
            bytes_get_reals(outcomes + 8 * (OUTCOME_survival * 6 + run), 1, &number);
            assert_close(number, fixture_outcome(OUTCOME_survival, 1, regime, replicate), 0);
        }
    }
    if (head->shape.trajectories == TRAJECTORIES_RUNS) {
        size_t n_samples = (size_t)head->shape.n_months;
        assert_int_equal(segment_series(segment, head, offset, SERIES_open, &values), DREDGE_OK);
        bytes_get_floats(values + 4 * (5 * n_samples + 2), 1, &value); /* regime 1, replicate 2, sample 2 */
        assert_close((double)value, (double)fixture_value(SERIES_open, 1, 1, 2, 2), 0);
    }
    if (head->shape.trajectories == TRAJECTORIES_SUMMARY) {
        struct tally tally = {0};
        size_t n_bytes = 0, position = 0;
        assert_int_equal(tally_init(&tally, head->catalogue.n_series_columns, head->shape.n_months), DREDGE_OK);
        assert_int_equal(segment_tally(segment, head, offset, 1, &values, &n_bytes), DREDGE_OK);
        assert_true(tally_code_add(n_bytes, values, &position, &tally));
        assert_int_equal(position, n_bytes);
        assert_int_equal(tally.n[0], 3);
        tally_free(&tally);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const outputs[] = {"output: {trajectories: summary, every: 6}\n",
                                          "output: {trajectories: runs, every: 6}\n", "output: {trajectories: none}\n"};
    for (size_t i = 0; i < 3; i++) {
        struct study study = {0};
        struct head head;
        struct pieces pieces = {0};
        struct segment segment = {0};
        char message[PARCEL_MESSAGE_BYTES];
        int is_damaged = 1;
        fixture_study(&study, outputs[i], "");
        write_two(&study, &head);
        assert_int_equal(segment_scan(path, &head, 7, &pieces, &is_damaged), DREDGE_OK);
        assert_int_equal(is_damaged, 0);
        assert_int_equal(pieces.n, 2);
        assert_int_equal(pieces.piece[0].span.point, 1);
        assert_int_equal(pieces.piece[0].span.first, 0);
        assert_int_equal(pieces.piece[0].span.n_replicates, 3);
        assert_int_equal(pieces.piece[1].span.point, 3);
        assert_int_equal(pieces.piece[1].span.first, 2);
        assert_int_equal(pieces.piece[1].source, 7);
        assert_int_equal(segment_open(&segment, path), DREDGE_OK);
        check_sections(&segment, &head, pieces.piece[0].offset);
        assert_int_equal(segment_message(&segment, &head, pieces.piece[0].offset, message), DREDGE_OK);
        assert_string_equal(message, "");
        assert_int_equal(segment_message(&segment, &head, pieces.piece[1].offset, message), DREDGE_OK);
        assert_string_equal(message, "point 3 is impossible");
        char *by = NULL;
        struct segment_maker maker;
        assert_int_equal(segment_provenance(&segment, &by, &maker), DREDGE_OK);
        assert_string_equal(by, "{\"version\":\"test\"}");
        assert_close(maker.seconds, 1.5, 0);
        assert_int_equal(maker.n_taken, 0);
        free(by);
        segment_close(&segment);
        pieces_free(&pieces);
        head_free(&head);
        study_free(&study);
    }
}

static void expect_refusal(const struct head *head, const char *sentence)
{
    struct pieces pieces = {0};
    int is_damaged = 0;
    assert_int_equal(segment_scan(path, head, 0, &pieces, &is_damaged), DREDGE_FILE);
    assert_int_equal(is_damaged, 1);
    assert_int_equal(pieces.n, 0);
    assert_non_null(strstr(status_message(), path));
    fixture_expect_sentence(sentence);
    pieces_free(&pieces);
}

/* Whatever byte is wrong, wherever the segment ends, it is refused. */
static void test_damage(void **state)
{
    (void)state;
    struct study study = {0};
    struct head head;
    size_t n_bytes;
    fixture_study(&study, "output: {trajectories: none}\n", "");
    write_two(&study, &head);
    char *bytes = fixture_read(path, &n_bytes);
    for (size_t at = 0; at < n_bytes; at++) {
        bytes[at] ^= (char)(1 << (at % 8));
        fixture_write_bytes(path, n_bytes, bytes);
        expect_refusal(&head, "this segment");
        bytes[at] ^= (char)(1 << (at % 8));
        fixture_write_bytes(path, at, bytes);
        expect_refusal(&head, "cut off");
    }
    fixture_write_bytes(path, n_bytes, bytes);
    struct pieces pieces = {0};
    int is_damaged = 0;
    assert_int_equal(segment_scan(path, &head, 0, &pieces, &is_damaged), DREDGE_OK);
    pieces_free(&pieces);
    free(bytes);
    head_free(&head);
    study_free(&study);
}

static void test_other_study(void **state)
{
    (void)state;
    struct study study = {0}, other = {0};
    struct head head, other_head;
    fixture_study(&study, "", "");
    fixture_study(&other, "", "seed=8");
    write_two(&study, &head);
    assert_int_equal(head_of_study(&other, &other_head), DREDGE_OK);
    expect_refusal(&other_head, "belongs to another study");
    head_free(&other_head);
    other_head = head;
    other_head.shape.n_points = 3; /* a parcel of point 3 cannot be */
    expect_refusal(&other_head, "does not fit the study");
    other_head = head;
    other_head.shape.n_replicates = 3; /* nor replicate 3 */
    expect_refusal(&other_head, "does not fit the study");
    other_head = head;
    other_head.catalogue.n_outcomes--;
    expect_refusal(&other_head, "lists other outcomes");
    head_free(&head);
    struct segment segment = {0};
    assert_int_equal(segment_open(&segment, "/nowhere/segment"), DREDGE_FILE);
    fixture_expect_sentence("/nowhere/segment");
    segment_close(&segment);
    study_free(&study);
    study_free(&other);
}

/* Runs of another model, or of other values, are refused, but not set aside: they are sound. */
static void test_other_origin(void **state)
{
    (void)state;
    struct study study = {0};
    struct head head;
    struct pieces pieces = {0};
    int is_damaged = 1;
    fixture_study(&study, "output: {trajectories: none}\n", "");
    write_two(&study, &head);
    struct head other = head;
    other.origin.model_stamp[0] = other.origin.model_stamp[0] == '0' ? '1' : '0';
    assert_int_equal(segment_scan(path, &other, 0, &pieces, &is_damaged), DREDGE_FILE);
    assert_int_equal(is_damaged, 0);
    assert_non_null(strstr(status_message(), head.origin.model_stamp));
    fixture_expect_sentence(other.origin.model_stamp);
    other = head;
    other.origin.design_digest[0] = other.origin.design_digest[0] == '0' ? '1' : '0';
    assert_int_equal(segment_scan(path, &other, 0, &pieces, &is_damaged), DREDGE_FILE);
    assert_int_equal(is_damaged, 0);
    assert_non_null(strstr(status_message(), head.origin.design_digest));
    fixture_expect_sentence(other.origin.design_digest);
    head_free(&head);
    study_free(&study);
}

/* Sizes of tallies that do not fit their section. */
static void test_find_tally(void **state)
{
    (void)state;
    unsigned char section[32] = {0};
    size_t start = 0, size = 0;
    bytes_put64(section, 10);
    bytes_put64(section + 8, 6);
    assert_true(segment_find_tally(32, section, 2, 0, &start, &size));
    assert_int_equal(start, 16);
    assert_int_equal(size, 10);
    assert_true(segment_find_tally(32, section, 2, 1, &start, &size));
    assert_int_equal(start, 26);
    assert_int_equal(size, 6);
    assert_false(segment_find_tally(31, section, 2, 1, &start, &size));
    assert_false(segment_find_tally(15, section, 2, 0, &start, &size));
    bytes_put64(section, UINT64_MAX);
    assert_false(segment_find_tally(32, section, 2, 0, &start, &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_study, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_origin, set_up, tear_down),
        cmocka_unit_test(test_find_tally),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
