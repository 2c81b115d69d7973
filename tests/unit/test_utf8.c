/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/utf8.h"
#include "testing.h"

/* Boundaries of the well-formed sequences: Unicode Standard, table 3-7. */
static void characters_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t code;
        int n_bytes;
    } cases[] = {
        {"A", 'A', 1},
        {"\x7F", 0x7F, 1},
        {"\xC2\x80", 0x80, 2},
        {"\xDF\xBF", 0x7FF, 2},
        {"\xE0\xA0\x80", 0x800, 3},
        {"\xED\x9F\xBF", 0xD7FF, 3},
        {"\xEF\xBF\xBF", 0xFFFF, 3},
        {"\xF0\x90\x80\x80", 0x10000, 4},
        {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
        {"\x80", UTF8_INVALID, 1},
        {"\xC1\xBF", UTF8_INVALID, 1},         /* overlong */
        {"\xE0\x9F\xBF", UTF8_INVALID, 1},     /* overlong */
        {"\xED\xA0\x80", UTF8_INVALID, 1},     /* a surrogate */
        {"\xF4\x90\x80\x80", UTF8_INVALID, 1}, /* above the last one */
        {"\xE2\x82", UTF8_INVALID, 1},         /* cut off */
        {"\xEF\xBF\xBD", UTF8_INVALID, 3},     /* the replacement character itself is sound */
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        int n_bytes = 0;
        assert_int_equal(utf8_decode(cases[k].text, &n_bytes), cases[k].code);
        assert_int_equal(n_bytes, cases[k].n_bytes);
    }
}

static void expect_shown(const char *text, const char *expected)
{
    char shown[128];
    utf8_show(text, sizeof shown, shown);
    assert_string_equal(shown, expected);
}

static void what_is_hidden_is_shown(void **state)
{
    (void)state;
    expect_shown("plain \xC3\xA9\xE2\x82\xAC", "plain \xC3\xA9\xE2\x82\xAC");
    expect_shown("\x1b]0;title\x07", "\\u001b]0;title\\u0007");
    expect_shown("a\nb\tc\rd\x7F", "a\\u000ab\\u0009c\\u000dd\\u007f");
    expect_shown("\xC2\x9B"
                 "31m",
                 "\\u009b31m"); /* CSI as one character */
    expect_shown("\x9B"
                 "31m",
                 "\\x9b31m");                                     /* the same in Latin-1 */
    expect_shown("\xE2\x80\xAEgnp", "\\u202egnp");                /* right-to-left override */
    expect_shown("\xE2\x81\xA6x\xE2\x81\xA9", "\\u2066x\\u2069"); /* an isolate */
    expect_shown("\xE2\x80\x8F\xD8\x9C", "\\u200f\\u061c");       /* marks of direction */
    expect_shown("\xE2\x80\xA8", "\\u2028");                      /* a separator of lines */
    expect_shown("a\xE2\x80\x8B"
                 "b\xC2\xAD\xEF\xBB\xBF",
                 "a\\u200bb\\u00ad\\ufeff");      /* without a width */
    expect_shown("\xE2\x80\x8D", "\xE2\x80\x8D"); /* a joiner */
}

static void a_text_is_cut_between_characters(void **state)
{
    (void)state;
    char shown[8];
    utf8_show("123456\xC3\xA9", sizeof shown, shown);
    assert_string_equal(shown, "123456");
    utf8_show("12\x1b", sizeof shown, shown);
    assert_string_equal(shown, "12");
}

static void characters_are_counted(void **state)
{
    (void)state;
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\xA2z"; /* 1, 2, 3, 4 and 1 bytes */
    static const size_t ends[] = {0, 1, 3, 6, 10, 11, 11};
    assert_int_equal(utf8_count(strlen(text), text), 5);
    assert_int_equal(utf8_count(6, text), 3);
    assert_int_equal(utf8_count(0, text), 0);
    for (int most = 0; most < 7; most++) {
        assert_int_equal(utf8_head(text, most, sizeof text), ends[most]);
    }
    assert_int_equal(utf8_head(text, 5, 10), 10);
    assert_int_equal(utf8_head(text, 5, 9), 6); /* between characters */
    assert_int_equal(utf8_head(text, 5, 0), 0);
    assert_int_equal(utf8_head("\x80\x80z", 1, 9), 2); /* no UTF-8 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_decoded),
        cmocka_unit_test(what_is_hidden_is_shown),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(characters_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
