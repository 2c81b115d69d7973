/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

static void test_first_cause(void **state)
{
    (void)state;
    status_clear();
    assert_string_equal(status_message(), "");
    assert_int_equal(status_fail(DREDGE_FILE, "cannot read %s: %d", "a.h5", 7), DREDGE_FILE);
    assert_int_equal(status_fail(DREDGE_FAILURE, "so the rest failed"), DREDGE_FAILURE);
    assert_string_equal(status_message(), "cannot read a.h5: 7");
    status_clear();
    assert_string_equal(status_message(), "");
    assert_int_equal(status_no_memory(1234567890123ULL), DREDGE_MEMORY);
    assert_string_equal(status_message(), "out of memory: could not get 1234567890123 bytes");
    status_clear();
}

static void test_long(void **state)
{
    (void)state;
    static char text[100000];
    memset(text, 'x', sizeof text - 1);
    status_clear();
    assert_int_equal(status_fail(DREDGE_STUDY, "%s", text), DREDGE_STUDY);
    assert_between(strlen(status_message()), 30000, 32768);
    status_clear();
}

/* The options that the library has as arguments stand without dashes; commands, paths and other options stay. */
static void test_words_of_library(void **state)
{
    (void)state;
    status_clear();
    (void)status_fail(DREDGE_FILE,
                      "a --b--force.h5: give --resume (to continue) or --force\n--set a=1: --language\n"
                      "finish with dredge run --resume; --resumed; the same dredge run with --resume goes on");
    static const char said[] = "a --b--force.h5: give resume (to continue) or force\nset a=1: language\n"
                               "finish with dredge run --resume; --resumed; the same dredge run with resume goes on";
    assert_string_equal(status_message_of_library(), said);
    assert_string_equal(status_message_of_library(), said);
    status_clear();
    assert_string_equal(status_message_of_library(), "");
}

static void *other_thread(void *message)
{
    *(const char **)message = status_message()[0] == '\0' ? "empty" : "not empty";
    return status_fail(DREDGE_MEMORY, "of the other thread") == DREDGE_MEMORY ? message : NULL;
}

static void test_threads(void **state)
{
    (void)state;
    const char *seen = "";
    pthread_t thread;
    status_clear();
    assert_int_equal(status_fail(DREDGE_FILE, "of this thread"), DREDGE_FILE);
    assert_int_equal(pthread_create(&thread, NULL, other_thread, &seen), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(seen, "empty");
    assert_string_equal(status_message(), "of this thread");
    status_clear();
}

/* The exit statuses are a contract with scripts. */
static void test_exit(void **state)
{
    (void)state;
    assert_int_equal(status_exit(DREDGE_OK), 0);
    assert_int_equal(status_exit(DREDGE_FAILURE), 1);
    assert_int_equal(status_exit(DREDGE_MEMORY), 1);
    assert_int_equal(status_exit(DREDGE_USAGE), 2);
    assert_int_equal(status_exit(DREDGE_STUDY), 3);
    assert_int_equal(status_exit(DREDGE_FILE), 4);
    assert_int_equal(status_exit(DREDGE_INTERRUPTED), 130);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(status_name(DREDGE_OK), "done");
    assert_string_equal(status_name(DREDGE_FILE), "file trouble");
    assert_string_equal(status_name((dredge_status)99), "an unknown status");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_cause), cmocka_unit_test(test_long),  cmocka_unit_test(test_threads),
        cmocka_unit_test(test_exit),        cmocka_unit_test(test_names), cmocka_unit_test(test_words_of_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
