/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/outcomes.h"

static void test_outcomes(void **state)
{
    (void)state;
    assert_int_equal(N_OUTCOMES, 22); /* docs/model.md 6 */
    for (int index = 0; index < N_OUTCOMES; index++) {
        const struct outcome_info *info = &outcome_infos[index];
        assert_int_equal(outcome_find(info->name), index);
        assert_true(info->better >= -1 && info->better <= 1);
        assert_true(info->unit[0] != '\0' && info->long_name[0] != '\0' && info->description[0] != '\0');
    }
    assert_int_equal(outcome_find("symptom_year3"), OUTCOME_symptom_year3);
    assert_int_equal(outcome_find("symptom"), -1);
}

static void test_series(void **state)
{
    (void)state;
    for (int index = 0; index < N_SERIES; index++) {
        const struct series_info *info = &series_infos[index];
        assert_int_equal(series_find(info->name), index);
        assert_true(info->top > 0);
        assert_true(info->unit[0] != '\0' && info->long_name[0] != '\0' && info->description[0] != '\0');
    }
    assert_int_equal(series_find("symptom"), SERIES_symptom);
    assert_int_equal(series_find("symptom_year3"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_outcomes), cmocka_unit_test(test_series)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
