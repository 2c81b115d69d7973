/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "testing.h"

/* Finishes the document and compares it with `expected`. */
static void expect(struct json *json, const char *expected)
{
    char *text = NULL;
    assert_int_equal(json_finish(json, &text), DREDGE_OK);
    assert_string_equal(text, expected);
    free(text);
}

static void test_structure(void **state)
{
    (void)state;
    struct json json = {0};
    json_begin_object(&json);
    json_put_whole(&json, "a", -7);
    json_put_string(&json, "s", "t");
    json_put_number(&json, "n", 0.5);
    json_key(&json, "b");
    json_begin_array(&json);
    json_boolean(&json, 1);
    json_boolean(&json, 0);
    json_null(&json);
    json_begin_array(&json);
    json_end(&json);
    json_begin_object(&json);
    json_end(&json);
    json_end(&json);
    json_key(&json, "c");
    json_raw(&json, "{\"d\":1}");
    json_end(&json);
    expect(&json, "{\"a\":-7,\"s\":\"t\",\"n\":0.5,\"b\":[true,false,null,[],{}],\"c\":{\"d\":1}}");
    json_string(&json, NULL); /* the writer is ready for another document */
    expect(&json, "null");
    json_whole(&json, INT64_MIN);
    expect(&json, "-9223372036854775808");
}

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *string, *expected;
    } cases[] = {
        {"", "\"\""},
        {"quote \" back \\ line \n tab \t", "\"quote \\\" back \\\\ line \\n tab \\u0009\""},
        {"</script><!--", "\"\\u003c/script>\\u003c!--\""},
        {"\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\""},
        {"\xC2\x9B\xE2\x80\xAE", "\"\\u009b\\u202e\""}, /* would steer a terminal */
        {"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8C\x8A", "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8C\x8A\""},
        /* Not UTF-8: a lone continuation, an overlong slash, a surrogate, a cut sequence, above U+10FFFF. */
        {"a\x80z", "\"a\xEF\xBF\xBDz\""},
        {"\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xE2\x82", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json json = {0};
        json_string(&json, cases[i].string);
        expect(&json, cases[i].expected);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    /* The shortest decimals are those that Python's repr gives for the same double. */
    static const struct {
        double number;
        const char *expected;
    } cases[] = {
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {100, "100"},
        {-0.0, "-0"},
        {1e300, "1e+300"},
        {5e-324, "5e-324"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json json = {0};
        json_number(&json, cases[i].number);
        expect(&json, cases[i].expected);
    }
    struct json json = {0};
    json_begin_array(&json);
    json_float(&json, 0.1F);
    json_float(&json, 16777217.0F); /* rounds to 2^24 */
    json_float(&json, FLT_MAX);
    json_float(&json, 0x1p-149F);
    json_float(&json, NAN);
    json_end(&json);
    expect(&json, "[0.1,16777216,3.4028235e+38,1e-45,null]");
}

/* Every pattern of bits that is a number comes back from its decimal unchanged. */
static void test_round_trip(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252U; /* xorshift64, Marsaglia 2003 */
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double number, back;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number)) {
            continue;
        }
        struct json json = {0};
        char *text = NULL;
        json_number(&json, number);
        assert_int_equal(json_finish(&json, &text), DREDGE_OK);
        back = strtod(text, NULL);
        assert_memory_equal(&back, &number, sizeof back);
        free(text);
    }
}

/* Only where a locale with a decimal comma is installed does this differ from test_numbers. */
static void test_locale(void **state)
{
    (void)state;
    static const char *const names[] = {"nl_NL.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)setlocale(LC_NUMERIC, names[i]);
    }
    struct json json = {0};
    json_number(&json, -1.5e-7);
    expect(&json, "-1.5e-07");
    assert_non_null(setlocale(LC_NUMERIC, "C"));
}

static void expect_failure(struct json *json)
{
    char *text = (char *)json;
    assert_int_equal(json_finish(json, &text), DREDGE_FAILURE);
    assert_null(text);
    assert_string_not_equal(status_message(), "");
    status_clear();
}

static void test_wrong_order(void **state)
{
    (void)state;
    struct json json = {0};
    expect_failure(&json); /* nothing written */
    json_begin_array(&json);
    expect_failure(&json); /* left open */
    json_end(&json);
    expect_failure(&json); /* nothing to end */
    json_begin_object(&json);
    json_whole(&json, 1); /* no key */
    json_end(&json);
    expect_failure(&json);
    json_begin_object(&json);
    json_key(&json, "a"); /* no value */
    json_end(&json);
    expect_failure(&json);
    json_null(&json);
    json_null(&json); /* two documents */
    expect_failure(&json);
    json_begin_array(&json);
    json_key(&json, "a"); /* not in an object */
    json_end(&json);
    expect_failure(&json);
    for (int depth = 0; depth <= JSON_MAX_DEPTH; depth++) {
        json_begin_array(&json);
    }
    expect_failure(&json);
    json_begin_array(&json);
    json_free(&json);
    json_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_structure),  cmocka_unit_test(test_strings), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_locale),  cmocka_unit_test(test_wrong_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
