/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "study/scalar.h"
#include "testing.h"

static void is_number(const char *text, double expected)
{
    double value = -1;
    assert_null(scalar_number(text, &value));
    assert_true(value == expected);
}

static void is_refused(const char *text, const char *problem)
{
    double value = -1;
    const char *got = scalar_number(text, &value);
    if (got == NULL || strcmp(got, problem) != 0) {
        print_error("%s: %s\n", text, got != NULL ? got : "accepted");
    }
    assert_non_null(got);
    assert_string_equal(got, problem);
    assert_true(value == -1); /* untouched */
}

static void test_numbers(void **state)
{
    (void)state;
    is_number("0", 0);
    is_number("12", 12);
    is_number("-0.4", -0.4);
    is_number("+3", 3);
    is_number("1e3", 1000);
    is_number("2.5E-3", 0.0025);
    is_number(".5", 0.5);
    is_number("1.", 1);
    is_number("0.0", 0);
    is_number("1e+2", 100);
    is_number("1e-300", 1e-300);
    is_number("0e9999", 0);
    is_number("9007199254740993", 9007199254740992.0); /* the nearest double, ties to even */
    double zero = 1;
    assert_null(scalar_number("-0.0", &zero));
    assert_true(zero == 0 && !signbit(zero));
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const words[] = {"abc",   "nan",   "NaN", ".nan",  "inf",  ".inf", "-.inf", "1.0abc",
                                        "0x10",  "0x1p4", "1_0", "1,5,2", "1 00", " 1",   "1 ",    "--1",
                                        "+-1",   "1e",    "1e+", "e5",    ".",    "-",    "+",     "1.2.3",
                                        "1e5.5", "0b1",   "0o7", "true",  "1:30", "٣",    "½"};
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        is_refused(words[index], "is not a number");
    }
    is_refused("", "is empty");
    is_refused("-1,5", "has a decimal comma, write a point");
    is_refused("1,", "is not a number");
    is_refused("0,125", "has a decimal comma, write a point");
    is_refused("1,250", "has a comma: leave it out if it parts thousands, or write a point");
    is_refused("1_000", "has separators between its digits: leave them out");
    assert_string_equal(scalar_parted("12.000"), "has a point: leave it out if it parts thousands");
    assert_string_equal(scalar_parted("2.500"), "has a point: leave it out if it parts thousands");
    static const char *const whole[] = {"12", "12.0", "12.00", "0.125", "1234.000", "1.0000", "12.000e1", ""};
    for (size_t index = 0; index < sizeof whole / sizeof whole[0]; index++) {
        assert_null(scalar_parted(whole[index]));
    }
    is_refused("-1 000 000", "has separators between its digits: leave them out");
    is_refused("1.000,5", "has separators between its digits: leave them out");
    is_refused("1\u00a0000", "has separators between its digits: leave them out");
    is_refused("\u22120.5", "begins with a dash that is no minus sign, write -");
    is_refused("12.5 %", "has a percent sign: write the number without it (50% is 0.5)");
    is_refused("24 months", "has words behind the number: write it alone");
    is_refused("010", "starts with a zero, which some read as octal");
    is_refused("00", "starts with a zero, which some read as octal");
    is_refused("-012.5", "starts with a zero, which some read as octal");
    is_refused("1e999", "is too large a number");
    is_refused("-1e309", "is too large a number");
    is_refused("1e-999", "is too close to zero");
    is_refused("1111111111111111111111111111111111111111111111111111111111111111", "has too many digits");
}

static void test_unsigned(void **state)
{
    (void)state;
    uint64_t value = 0;
    assert_null(scalar_unsigned("18446744073709551615", &value));
    assert_true(value == UINT64_MAX);
    assert_null(scalar_unsigned("0", &value));
    assert_true(value == 0);
    assert_null(scalar_unsigned("1e3", &value));
    assert_true(value == 1000);
    assert_null(scalar_unsigned("+7", &value));
    assert_true(value == 7);
    assert_null(scalar_unsigned("9007199254740993", &value)); /* 2^53 + 1: not through a double */
    assert_true(value == 9007199254740993U);
    assert_string_equal(scalar_unsigned("18446744073709551616", &value), "is too large a number");
    assert_string_equal(scalar_unsigned("1e17", &value), "is too large a number to write so");
    assert_string_equal(scalar_unsigned("-1", &value), "is negative");
    assert_string_equal(scalar_unsigned("1.5", &value), "has a fraction");
    assert_string_equal(scalar_unsigned("007", &value), "starts with a zero, which some read as octal");
    assert_string_equal(scalar_unsigned("", &value), "is empty");
    assert_string_equal(scalar_unsigned("0x7", &value), "is not a number");
}

static void test_flags(void **state)
{
    (void)state;
    assert_int_equal(scalar_flag("true"), 1);
    assert_int_equal(scalar_flag("false"), 0);
    static const char *const others[] = {"True", "TRUE", "yes", "no", "on", "off", "1", "0", "", "t", "true "};
    for (size_t index = 0; index < sizeof others / sizeof others[0]; index++) {
        assert_int_equal(scalar_flag(others[index]), -1);
    }
}

/* A program that links the library may have set a locale with a decimal comma. */
static void test_locale(void **state)
{
    (void)state;
    static const char *const names[] = {"nl_NL.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        if (setlocale(LC_NUMERIC, names[index]) != NULL) {
            is_number("0.5", 0.5);
            is_refused("0,5", "has a decimal comma, write a point");
        }
    }
    assert_non_null(setlocale(LC_NUMERIC, "C"));
    is_number("0.5", 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_refused), cmocka_unit_test(test_unsigned),
        cmocka_unit_test(test_flags),   cmocka_unit_test(test_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
