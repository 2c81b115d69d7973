/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/parts.h"
#include "testing.h"

static const char page[] =
    "<html><svg id=\"not\"></svg><main>\n<section id=\"answer\"><table class=\"a\"><caption>left out</caption>"
    "<thead><tr><th>Name</th><th class=\"n\">Mean<br><small>more</small></th></tr></thead><tbody>"
    "<tr><td>Fish &amp; &quot;chips&quot;;</td><td><span class=\"bar\"><i></i></span>0,5\n [0,4; 0,6]</td></tr>"
    "<tr><th colspan=\"2\">a, b</th></tr></tbody></table>\n<table><tr><td>1</td></tr></table></section>"
    "<section id=\"time\"><figure><svg class=\"lines\" "
    "id=\"chart-0-0\"><title>T</title></svg><table><tr><td>2</td></tr>"
    "</table></figure><table><tr><td>3</td></tr></table></section></main><table><tr><td>4</td></tr></table>";

static void tables_become_files(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
    } wanted[] = {
        {"answer-1.csv", "\xef\xbb\xbfName,Mean more\r\n\"Fish & \"\"chips\"\";\",\"0,5 [0,4; 0,6]\"\r\n\"a, b\",\r\n"},
        {"answer-2.csv", "\xef\xbb\xbf"
                         "1\r\n"},
        {"chart-0-0.csv", "\xef\xbb\xbf"
                          "2\r\n"},
        {"time-1.csv", "\xef\xbb\xbf"
                       "3\r\n"}};
    struct parts parts;
    assert_int_equal(parts_take(page, PARTS_CSV, LANGUAGE_EN, &parts), DREDGE_OK);
    assert_int_equal(parts.n, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(parts.part[i].name, wanted[i].name);
        assert_string_equal(parts.part[i].text, wanted[i].text);
    }
    parts_free(&parts);
}

/* Where the decimal sign is a comma, semicolons part cells. */
static void dutch_tables_have_semicolons(void **state)
{
    (void)state;
    struct parts parts;
    assert_int_equal(parts_take(page, PARTS_CSV, LANGUAGE_NL, &parts), DREDGE_OK);
    assert_string_equal(parts.part[0].text,
                        "\xef\xbb\xbfName;Mean more\r\n\"Fish & \"\"chips\"\";\";\"0,5 [0,4; 0,6]\"\r\na, b;\r\n");
    parts_free(&parts);
}

/* Spreadsheets get numbers without signs between thousands; names, and what is no thousands, stay. */
static void thousands_are_not_parted(void **state)
{
    (void)state;
    static const char numbers[] =
        "<main><section id=\"a\"><table><tr><th>plan 1.000</th><td>-1.234.567,8</td><td>[1.000; 2.0001]</td>"
        "<th data-from=\"1\">1.000\u20132.000</th><td>1,000.5 .123</td></tr></table></section></main>";
    struct parts parts;
    assert_int_equal(parts_take(numbers, PARTS_CSV, LANGUAGE_NL, &parts), DREDGE_OK);
    assert_string_equal(parts.part[0].text, "\xef\xbb\xbfplan 1.000;-1234567,8;\"[1000; 2.0001]\";1000\u20132000;"
                                            "1,000.5 .123\r\n");
    parts_free(&parts);
    assert_int_equal(parts_take(numbers, PARTS_CSV, LANGUAGE_EN, &parts), DREDGE_OK);
    assert_string_equal(parts.part[0].text, "\xef\xbb\xbfplan 1.000,\"-1.234.567,8\",[1.000; 2.0001],"
                                            "1.000\u20132.000,1000.5 .123\r\n");
    parts_free(&parts);
}

static void charts_become_files(void **state)
{
    (void)state;
    struct parts parts;
    assert_int_equal(parts_take(page, PARTS_SVG, LANGUAGE_EN, &parts), DREDGE_OK);
    assert_int_equal(parts.n, 1);
    assert_string_equal(parts.part[0].name, "chart-0-0.svg");
    assert_string_equal(parts.part[0].text, "<svg class=\"lines\" id=\"chart-0-0\"><title>T</title></svg>\n");
    parts_free(&parts);
    assert_int_equal(parts_take("no page", PARTS_SVG, LANGUAGE_EN, &parts), DREDGE_OK);
    assert_int_equal(parts.n, 0);
    parts_free(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_become_files), cmocka_unit_test(dutch_tables_have_semicolons),
        cmocka_unit_test(thousands_are_not_parted), cmocka_unit_test(charts_become_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
