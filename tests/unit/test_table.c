/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/table.h"
#include "testing.h"

static char output[4096];

/* What a table prints under a locale. */
static const char *printed(struct table *table, const char *locale)
{
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(fflush(stdout), 0);
    int usual = dup(STDOUT_FILENO);
    assert_true(usual >= 0 && dup2(fileno(stream), STDOUT_FILENO) >= 0);
    setenv("LC_ALL", locale, 1);
    dredge_status status = table_print(table);
    assert_int_equal(fflush(stdout), 0);
    assert_true(dup2(usual, STDOUT_FILENO) >= 0);
    (void)close(usual);
    assert_int_equal(status, DREDGE_OK);
    rewind(stream);
    output[fread(output, 1, sizeof output - 1, stream)] = 0;
    (void)fclose(stream);
    return output;
}

static void columns_align(void **state)
{
    (void)state;
    struct table table;
    table_begin(&table, "lr");
    table_cell(&table, "%s", "naïve");
    table_cell(&table, "%d", 7);
    table_cell(&table, "%s", "x");
    table_cell(&table, "%d", 1234);
    table_heading(&table, "%s", "a heading that is wider than both");
    assert_string_equal(printed(&table, "C.UTF-8"), "naïve     7\nx      1234\na heading that is wider than both\n");
}

/* A terminal without UTF-8 gets ASCII, and no terminal gets control characters. */
static void safe_characters(void **state)
{
    (void)state;
    struct table table;
    table_begin(&table, "l");
    table_cell(&table, "%s", "é\x1b[31mred");
    assert_string_equal(printed(&table, "C"), "?\\u001b[31mred\n");
    table_begin(&table, "l");
    table_cell(&table, "%s", "é\x1b[31mred\xff");
    assert_string_equal(printed(&table, "nl_NL.UTF-8"), "é\\u001b[31mred\\xff\n");
}

static void never_wider_than_the_screen(void **state)
{
    (void)state;
    struct table table;
    table_begin(&table, "lr");
    table_cell(&table, "%0100d", 1);
    table_cell(&table, "%s", "12345");
    const char *text = printed(&table, "C.UTF-8");
    assert_int_equal(table_text_width(text), TABLE_WIDTH + 1); /* and the end of the line */
    assert_non_null(strstr(text, "…  12345\n"));
}

static void bars(void **state)
{
    (void)state;
    char bar[32];
    setenv("LC_ALL", "C.UTF-8", 1);
    table_bar(0.5, 4, bar);
    assert_string_equal(bar, "██  ");
    table_bar(1.0 / 32, 4, bar);
    assert_string_equal(bar, "▏   ");
    table_bar(7, 2, bar);
    assert_string_equal(bar, "██");
    table_bar(NAN, 2, bar);
    assert_string_equal(bar, "  ");
    setenv("LC_ALL", "C", 1);
    table_bar(0.5, 4, bar);
    assert_string_equal(bar, "##  ");
}

static void numbers(void **state)
{
    (void)state;
    char text[TABLE_NUMBER_BYTES];
    assert_string_equal(table_number(0.1234, 1, 0, text), "0.123");
    assert_string_equal(table_number(-0.0001, 1, 1, text), "+0.000");
    assert_string_equal(table_number(12.345, 99, 1, text), "+12.35");
    assert_string_equal(table_number(1234.5, 1234.5, 0, text), "1,234");
    assert_string_equal(table_number(NAN, 1, 1, text), "-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_align),
        cmocka_unit_test(safe_characters),
        cmocka_unit_test(never_wider_than_the_screen),
        cmocka_unit_test(bars),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
