/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_fixture.h"
#include "testing.h"

/* One process at a time holds an output, and others join it where they see the same folder. */

static void test_lock(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *first = NULL, *second = NULL;
    char pid[32];
    fixture_study(&study, "", "");
    assert_int_equal(store_begin(&first, fixture_output, &study, &fixture_plain, NULL, NULL), DREDGE_OK);
    assert_int_equal(store_begin(&second, fixture_output, &study, &fixture_force, NULL, NULL), DREDGE_FILE);
    assert_null(second);
    (void)snprintf(pid, sizeof pid, "process %ld ", (long)getpid());
    fixture_expect_sentence(pid);
    assert_int_equal(fixture_append(first, &study, 0, 0, 6), DREDGE_OK); /* the first is not disturbed */
    store_end(first);
    assert_int_equal(store_begin(&second, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    assert_true(store_has(second, 0, 0));
    store_end(second);
    study_free(&study);
}

/* A process that is killed leaves its segments and no lock. */
static void test_killed(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    int ready[2], held[2], status = 0;
    char byte = 0;
    fixture_study(&study, "", "");
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(held), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(held[1]);
        int is_fine = store_begin(&store, fixture_output, &study, &fixture_plain, NULL, NULL) == DREDGE_OK &&
                      fixture_append(store, &study, 2, 0, 6) == DREDGE_OK && write(ready[1], "x", 1) == 1;
        _exit(is_fine && read(held[0], &byte, 1) == 0 ? 0 : 1); /* until it is killed, or the test has died */
    }
    (void)close(ready[1]);
    (void)close(held[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    (void)close(ready[0]);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_FILE);
    fixture_expect_sentence("another process");
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    (void)close(held[1]);
    assert_int_equal(store_begin(&store, fixture_output, &study, &fixture_resume, NULL, NULL), DREDGE_OK);
    assert_true(store_has(store, 2, 5));
    store_end(store);
    study_free(&study);
}

static void test_ranks(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store[3] = {NULL, NULL, NULL};
    char whole[33], digest[33];
    int64_t sign = 0;
    fixture_study(&study, "", "");
    fixture_write(fixture_output, &study, 6, 5, 0);
    fixture_digest(fixture_output, whole);
    assert_int_equal(unlink(fixture_output), 0);
    for (int rank = 0; rank < 3; rank++) {
        struct store_options options = fixture_plain;
        options.rank = rank;
        options.sign = sign;
        assert_int_equal(store_begin(&store[rank], fixture_output, &study, &options, NULL, NULL), DREDGE_OK);
        if (rank == 0) {
            assert_int_equal(store_sign(store[0], &sign), DREDGE_OK);
        }
    }
    for (int i = 0; i < 15; i++) {
        assert_int_equal(fixture_append(store[i % 3], &study, i / 3, 2 * (i % 3), 2), DREDGE_OK);
    }
    for (int rank = 2; rank >= 0; rank--) {
        assert_int_equal(store_finish(store[rank]), DREDGE_OK);
        store_end(store[rank]);
    }
    fixture_digest(fixture_output, digest);
    assert_string_equal(whole, digest);
    assert_int_equal(fixture_count(fixture_parts), -1);
    study_free(&study);
}

/* A folder that an earlier run has left on a disk of its own is not the one that the first process has signed. */
static void test_rank_elsewhere(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *first = NULL, *second = NULL;
    struct store_options options = fixture_plain;
    char elsewhere[FIXTURE_PATH_BYTES * 2 + 16];
    int64_t sign = 0, earlier = 0;
    fixture_study(&study, "", "");
    (void)snprintf(elsewhere, sizeof elsewhere, "%s.elsewhere", fixture_output);
    assert_int_equal(store_begin(&first, elsewhere, &study, &options, NULL, NULL), DREDGE_OK);
    assert_int_equal(store_sign(first, &earlier), DREDGE_OK);
    assert_int_equal(fixture_append(first, &study, 0, 0, 2), DREDGE_OK);
    store_end(first);
    assert_int_equal(store_begin(&first, fixture_output, &study, &options, NULL, NULL), DREDGE_OK);
    assert_int_equal(store_sign(first, &sign), DREDGE_OK);
    assert_true(sign > earlier && earlier > 0);
    options.rank = 1;
    options.sign = sign;
    assert_int_equal(store_begin(&second, elsewhere, &study, &options, NULL, NULL), DREDGE_FILE);
    assert_null(second);
    fixture_expect_sentence("does not find it there");
    assert_int_equal(store_begin(&second, fixture_output, &study, &options, NULL, NULL), DREDGE_OK);
    store_end(second);
    store_end(first);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lock, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_killed, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_ranks, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_rank_elsewhere, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
