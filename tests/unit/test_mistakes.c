/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <string.h>

#include "study/mistakes.h"

static void test_order(void **state)
{
    (void)state;
    struct mistakes mistakes = {.file = "a.yaml"};
    status_clear();
    assert_int_equal(mistakes_status(&mistakes), DREDGE_OK);
    assert_string_equal(status_message(), "");
    mistakes_add(&mistakes, 7, "second of %d", 2);
    mistakes_add(&mistakes, 0, "--set a=1: of an override");
    mistakes_add(&mistakes, 3, "first");
    mistakes_add(&mistakes, 7, "third");
    assert_int_equal(mistakes_status(&mistakes), DREDGE_STUDY);
    assert_string_equal(status_message(),
                        "a.yaml:3: first\na.yaml:7: second of 2\na.yaml:7: third\n--set a=1: of an override");
    status_clear();
}

static void test_many(void **state)
{
    (void)state;
    struct mistakes mistakes = {.file = "a.yaml"};
    for (int line = 1; line <= 250; line++) {
        mistakes_add(&mistakes, line, "mistake");
    }
    status_clear();
    assert_int_equal(mistakes_status(&mistakes), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "\na.yaml:100: mistake\n... and 150 more mistakes"));
    assert_null(strstr(status_message(), "a.yaml:101:"));
    status_clear();
}

/* Long sentences and a long name of the file: the text stays whole and says how much is missing. */
static void test_long(void **state)
{
    (void)state;
    char file[1000], sentence[1000];
    memset(file, 'f', sizeof file - 1);
    memset(sentence, 's', sizeof sentence - 1);
    file[sizeof file - 1] = sentence[sizeof sentence - 1] = '\0';
    struct mistakes mistakes = {.file = file};
    for (int line = 1; line <= 100; line++) {
        mistakes_add(&mistakes, line, "%s", sentence);
    }
    status_clear();
    assert_int_equal(mistakes_status(&mistakes), DREDGE_STUDY);
    assert_between(strlen(status_message()), 25000, 32700);
    const char *end = strstr(status_message(), "\n... and ");
    assert_non_null(end);
    int n_left_out = 0;
    assert_int_equal(sscanf(end, "\n... and %d more mistakes", &n_left_out), 1);
    int n_lines = 0;
    for (const char *at = status_message(); at < end; at++) {
        n_lines += *at == '\n';
    }
    assert_int_equal(n_lines + 1 + n_left_out, 100);
    status_clear();
}

static void test_show(void **state)
{
    (void)state;
    char shown[MISTAKES_SHOWN_BYTES], text[100];
    assert_string_equal(mistakes_show("plain", shown), "plain");
    assert_string_equal(mistakes_show("two\nlines\x1b[31m", shown), "two lines\\u001b[31m");
    memset(text, 'x', sizeof text);
    text[60] = '\0';
    assert_string_equal(mistakes_show(text, shown), text);
    (void)strcpy(text + 60, "yz");
    assert_int_equal(strlen(mistakes_show(text, shown)), 63);
    assert_string_equal(shown + 57, "xxx...");
    (void)strcpy(text + 58, "\xE2\x82\xAC\xE2\x82\xAC"); /* a character of three bytes across the cut */
    assert_string_equal(mistakes_show(text, shown) + 56, "xx...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_many),
                                       cmocka_unit_test(test_long), cmocka_unit_test(test_show)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
