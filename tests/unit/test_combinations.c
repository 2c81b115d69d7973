/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "study/combinations.h"
#include "testing.h"

static void test_regime(void **state)
{
    (void)state;
    struct study study = parse("regimes: [linear_kpi, {name: s, phases: [{from: 0}, {from: 30, like: linear}]}]");
    char sentence[256];
    int phase = -1;
    assert_int_equal(combinations_regime(&study.regimes[0], 12, sizeof sentence, sentence, &phase), 0);
    assert_int_equal(combinations_regime(&study.regimes[0], 11, sizeof sentence, sentence, &phase), 1);
    assert_int_equal(phase, 0);
    assert_string_equal(sentence, "the formation of linear_kpi lasts 12 months, longer than the horizon of 11 months");
    assert_int_equal(combinations_regime(&study.regimes[1], 31, sizeof sentence, sentence, &phase), 0);
    assert_int_equal(combinations_regime(&study.regimes[1], 30, sizeof sentence, sentence, &phase), 1);
    assert_int_equal(phase, 1);
    assert_string_equal(sentence, "a phase of s begins in month 30, after the end of the 30 months");
    study_free(&study);
}

static void test_all(void **state)
{
    (void)state;
    struct study study = parse("{}");
    char sentence[256];
    struct parameters parameters = study.parameters;
    assert_int_equal(combinations_all(&parameters, 2, study.regimes, sizeof sentence, sentence), 0);
    parameters.months = 6;
    assert_int_equal(combinations_all(&parameters, 2, study.regimes, sizeof sentence, sentence), 1);
    assert_non_null(strstr(sentence, "formation of linear_kpi"));
    assert_int_equal(combinations_all(&parameters, 1, study.regimes + 1, sizeof sentence, sentence), 0);
    parameters.causes = 1;
    assert_int_equal(combinations_all(&parameters, 2, study.regimes, sizeof sentence, sentence), 1);
    assert_non_null(strstr(sentence, "coupling"));
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_regime), cmocka_unit_test(test_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
