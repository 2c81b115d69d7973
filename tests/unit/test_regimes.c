/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parse.h"

static void names_are_found(void **state)
{
    (void)state;
    struct study study = parse("regimes: [linear_kpi, {name: slow, like: iterative}]\n");
    assert_int_equal(study_regime(&study, "linear_kpi"), 0);
    assert_int_equal(study_regime(&study, "slow"), 1);
    assert_int_equal(study_regime(&study, "iterative"), -1); /* built in, and not of this study */
    assert_int_equal(study_regime(&study, ""), -1);
    study_free(&study);
}

static void a_name_means_the_studys_own_or_a_built_in_one(void **state)
{
    (void)state;
    struct study study = parse("regimes: [linear_kpi, {name: slow, like: iterative, base: 0.75}]\n");
    struct regime regime;
    assert_true(study_regime_named(&study, "slow", &regime));
    assert_string_equal(regime.name, "slow");
    assert_true(steering_get(&regime.phase[0].steering, steering_find("base")) == 0.75);
    assert_true(study_regime_named(&study, "constant", &regime));
    assert_string_equal(regime.name, "constant");
    assert_false(study_regime_named(&study, "no_such", &regime));
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_found),
                                       cmocka_unit_test(a_name_means_the_studys_own_or_a_built_in_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
