/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "model/parameters.h"
#include "model/regime.h"
#include "model/theory.h"
#include "report/language.h"
#include "testing.h"

/* How often {name} stands in words; {Name} is the same, where a sentence begins. */
static int count_places(const char *words, const char *place, size_t length)
{
    int n = 0;
    for (const char *at = strchr(words, '{'); at; at = strchr(at + 1, '{')) {
        n += strncasecmp(at, place, length) == 0;
    }
    return n;
}

/* Letters outside places. */
static int count_letters(const char *words)
{
    int n = 0;
    int inside = 0;
    for (; *words; words++) {
        inside += *words == '{';
        n += !inside && *words > ' ';
        inside -= *words == '}';
    }
    return n;
}

/* Every text is there in every language and has the same places. */
static void translations_are_complete(void **state)
{
    (void)state;
    for (int text = 0; text < N_TEXTS; text++) {
        const char *english = language_text(LANGUAGE_EN, (enum text)text);
        const char *dutch = language_text(LANGUAGE_NL, (enum text)text);
        if (strcmp(english, dutch) == 0 && count_letters(english) > 6) { /* "Regime", "Factor", "Effect" are both */
            fail_msg("%s is not translated", language_key((enum text)text));
        }
        for (const char *at = strchr(english, '{'); at; at = strchr(at + 1, '{')) {
            size_t length = strcspn(at, "}") + 1;
            if (count_places(english, at, length) != count_places(dutch, at, length)) {
                fail_msg("%s has other places: %.*s", language_key((enum text)text), (int)length, at);
            }
        }
        assert_int_equal(count_places(english, "{", 1), count_places(dutch, "{", 1));
    }
    for (int outcome = 0; outcome < N_OUTCOME_ROWS; outcome++) {
        assert_ptr_not_equal(language_outcome(LANGUAGE_NL, outcome), outcome_infos[outcome].long_name);
        assert_ptr_not_equal(language_outcome_description(LANGUAGE_NL, outcome), outcome_infos[outcome].description);
        assert_ptr_not_equal(language_unit(LANGUAGE_NL, outcome_infos[outcome].unit), outcome_infos[outcome].unit);
        assert_string_equal(language_outcome(LANGUAGE_EN, outcome), outcome_infos[outcome].long_name);
    }
    for (int series = 0; series < N_SERIES; series++) { /* units of what a study derives */
        char change[64], area[64];
        (void)snprintf(change, sizeof change, UNIT_CHANGE "%s", series_infos[series].unit);
        (void)snprintf(area, sizeof area, "%s x months", series_infos[series].unit);
        assert_ptr_not_equal(language_unit(LANGUAGE_NL, change), change);
        assert_ptr_not_equal(language_unit(LANGUAGE_NL, area), area);
    }
    for (int series = 0; series < N_SERIES_ROWS; series++) {
        int same = strcmp(language_series(LANGUAGE_NL, series), series_infos[series].long_name) == 0;
        const char *english = series_infos[series].long_name;
        assert_int_equal(same, !strcmp(english, "open conflict") || !strcmp(english, "budget"));
    }
    for (int p = 0; p < n_parameters; p++) {
        const char *words = language_factor(LANGUAGE_NL, parameter_infos[p].key);
        if (words == parameter_infos[p].meaning) {
            fail_msg("%s is not translated", parameter_infos[p].key);
        }
    }
    for (int theory = 0; theory < N_THEORIES; theory++) {
        assert_ptr_not_equal(language_theory(LANGUAGE_NL, theory), theory_names[theory]);
    }
    for (int s = 0; s < n_steering; s++) {
        char key[128] = "regimes.iterative.";
        strcat(key, steering_infos[s].key);
        if (language_factor(LANGUAGE_NL, key) == steering_infos[s].meaning) {
            fail_msg("%s is not translated", key);
        }
    }
}

static void fills_places(void **state)
{
    (void)state;
    char out[32];
    const struct language_place places[] = {{"a", "one"}, {"b", "{a}"}};
    language_fill("{a}, {b} and {c} {", 2, places, sizeof out, out);
    assert_string_equal(out, "one, {a} and {c} {");
    language_fill("{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}", 1, places, sizeof out, out);
    assert_int_equal(strlen(out), sizeof out - 1);
}

/* A sentence begins with a capital, whatever stands first; an identifier stays what a study calls it. */
static void capitals(void **state)
{
    (void)state;
    static const struct {
        const char *value, *filled;
    } cases[] = {{"lineair met KPI's", "Lineair met KPI's, lineair met KPI's"},
                 {"één voor één", "Één voor één, één voor één"},
                 {"÷ 2", "÷ 2, ÷ 2"},
                 {"my_regime", "my_regime, my_regime"},
                 {"KPI's", "KPI's, KPI's"},
                 {"8 weken", "8 weken, 8 weken"},
                 {"", ", "}};
    char out[64];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct language_place places[] = {{"other", "x"}, {"regime", cases[i].value}};
        language_fill("{Regime}, {regime}", 2, places, sizeof out, out);
        assert_string_equal(out, cases[i].filled);
    }
    const struct language_place place = {"regime", "abc"};
    language_fill("{REGIME} {Regim} {Regime", 1, &place, sizeof out, out);
    assert_string_equal(out, "{REGIME} {Regim} {Regime");
    language_fill("{Regime}", 1, &place, 3, out);
    assert_string_equal(out, "Ab");
}

/* In Dutch regimes and outcomes have words for names: where one begins a text that goes on, it has a capital. */
static void dutch_sentences_begin_with_capitals(void **state)
{
    (void)state;
    static const char *const names[] = {"{regime}", "{best}", "{baseline}", "{outcome}", "{series}", "{other}"};
    int n_capitals = 0;
    for (int text = 0; text < N_TEXTS; text++) {
        const char *words = language_text(LANGUAGE_NL, (enum text)text);
        size_t length = strlen(words);
        n_capitals += words[0] == '{' && words[1] >= 'A' && words[1] <= 'Z';
        for (size_t k = 0; k < sizeof names / sizeof *names && length > 0 && words[length - 1] == '.'; k++) {
            if (strncmp(words, names[k], strlen(names[k])) == 0) {
                fail_msg("%s begins with a small letter", language_key((enum text)text));
            }
        }
    }
    assert_true(n_capitals >= 30);
}

/* From four digits on thousands are parted, in either language, whatever stands before and behind them. */
static void thousands(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals, sign;
        const char *english, *dutch;
    } cases[] = {{999, 0, 0, "999", "999"},
                 {999.6, 0, 1, "+1,000", "+1.000"},
                 {-1000, 2, 0, "-1,000.00", "-1.000,00"},
                 {12345.678, 3, 1, "+12,345.678", "+12.345,678"},
                 {123456, 0, 0, "123,456", "123.456"},
                 {-999999.99, 1, 0, "-1,000,000.0", "-1.000.000,0"},
                 {999999999999999, 1, 0, "999,999,999,999,999.0", "999.999.999.999.999,0"},
                 {1.5e15, 0, 0, "1.5e+15", "1,5e+15"}};
    char text[LANGUAGE_NUMBER_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int decimals = cases[i].decimals;
        assert_string_equal(language_number(LANGUAGE_EN, cases[i].value, decimals, cases[i].sign, text),
                            cases[i].english);
        assert_string_equal(language_number(LANGUAGE_NL, cases[i].value, decimals, cases[i].sign, text),
                            cases[i].dutch);
    }
    assert_string_equal(language_count(LANGUAGE_NL, 1000000, text), "1.000.000");
    assert_string_equal(language_count(LANGUAGE_EN, INT64_MIN, text), "-9,223,372,036,854,775,808");
    assert_string_equal(language_value(LANGUAGE_EN, 1500, text), "1,500");
    assert_string_equal(language_value(LANGUAGE_EN, 999.7, text), "1,000");
    assert_string_equal(language_value(LANGUAGE_NL, 999.4, text), "999");
    assert_string_equal(language_value(LANGUAGE_NL, 0.05, text), "0,05");
}

static void numbers(void **state)
{
    (void)state;
    char text[LANGUAGE_NUMBER_BYTES];
    assert_string_equal(language_number(LANGUAGE_EN, 0.125, 2, 1, text), "+0.12");
    assert_string_equal(language_number(LANGUAGE_NL, -1234.5, 1, 1, text), "-1.234,5");
    assert_string_equal(language_number(LANGUAGE_EN, -0.001, 2, 1, text), "0.00");
    assert_string_equal(language_number(LANGUAGE_EN, NAN, 2, 0, text), "–");
    enum language language = LANGUAGE_EN;
    assert_int_equal(language_read("nl", &language), DREDGE_OK);
    assert_int_equal(language, LANGUAGE_NL);
    status_clear();
    assert_int_equal(language_read("fr", &language), DREDGE_USAGE);
    assert_string_equal(status_message(), "--language fr: must be one of en, nl");
    assert_string_equal(language_factor(LANGUAGE_EN, "no.such"), "no.such");
    assert_string_equal(language_theory(LANGUAGE_EN, 0), "mixed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(translations_are_complete),
        cmocka_unit_test(fills_places),
        cmocka_unit_test(capitals),
        cmocka_unit_test(dutch_sentences_begin_with_capitals),
        cmocka_unit_test(thousands),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
