/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "model/theory.h"
#include "parse.h"
#include "testing.h"

static void expect_sound(const struct bundle_value *sets)
{
    int n = 0;
    for (; sets[n].key != NULL; n++) {
        int parameter = parameter_find(sets[n].key);
        assert_true(parameter >= 0);
        assert_true(sets[n].value >= parameter_infos[parameter].low);
        assert_true(sets[n].value <= parameter_infos[parameter].high);
    }
    assert_true(n <= BUNDLE_MAX_VALUES);
}

/* Every row sets parameters that exist, to values that they may have. */
static void test_rows(void **state)
{
    (void)state;
    for (int theory = 0; theory < N_THEORIES; theory++) {
        assert_string_equal(theory_names[theory], theory_infos[theory].name);
        assert_true(theory_infos[theory].claim[0] != '\0' && theory_infos[theory].source[0] != '\0');
        expect_sound(theory_infos[theory].sets);
    }
    for (int scale = 0; scale < N_SCALES; scale++) {
        assert_string_equal(scale_names[scale], scale_infos[scale].name);
        expect_sound(scale_infos[scale].sets);
    }
    assert_null(theory_names[N_THEORIES]);
    assert_null(scale_names[N_SCALES]);
}

/* What a theory does not set stays at its default. */
static void test_defaults(void **state)
{
    (void)state;
    for (int theory = 0; theory < N_THEORIES; theory++) {
        struct parameters parameters;
        theory_defaults(SCALE_regional, (enum theory)theory, &parameters);
        for (int parameter = 0; parameter < n_parameters; parameter++) {
            double expected = parameter_infos[parameter].default_value;
            const struct bundle_value *sets = scale_infos[SCALE_regional].sets;
            for (; sets->key != NULL; sets++) {
                expected = strcmp(sets->key, parameter_infos[parameter].key) == 0 ? sets->value : expected;
            }
            for (sets = theory_infos[theory].sets; sets->key != NULL; sets++) {
                expected = strcmp(sets->key, parameter_infos[parameter].key) == 0 ? sets->value : expected;
            }
            assert_true(parameter_get(&parameters, parameter) == expected);
        }
    }
}

/* A study's own values come after its theory, and a design may cross theories. */
static void test_studies(void **state)
{
    (void)state;
    for (int theory = 0; theory < N_THEORIES; theory++) {
        char override[64];
        const char *const overrides[] = {override};
        (void)snprintf(override, sizeof override, "theory=%s", theory_names[theory]);
        struct study study = parse_with("model: {gen_work: 0.3}", 1, overrides);
        struct parameters expected;
        theory_defaults(study.scale, (enum theory)theory, &expected);
        parameter_set(&expected, parameter_find("model.gen_work"), 0.3);
        parameters_complete(&expected);
        assert_int_equal(study.theory, theory);
        assert_memory_equal(&study.parameters, &expected, sizeof expected);
        study_free(&study);
        (void)snprintf(override, sizeof override, "design.factors.theory=[%s, %s]", theory_names[theory],
                       theory_names[(theory + 1) % N_THEORIES]);
        study = parse_with("{model: {gen_work: 0.3}, design: {factors: {}}}", 1, overrides);
        struct parameters parameters;
        struct regime regimes[2];
        char sentence[200];
        assert_int_equal(study.design.n_points, 2);
        assert_int_equal(study_point(&study, 0, &parameters, regimes, sizeof sentence, sentence), DREDGE_OK);
        assert_memory_equal(&parameters, &expected, sizeof expected);
        study_free(&study);
    }
    refused(
        "theory: mixd",
        "folder/test.yaml:1: theory = mixd: unknown, did you mean mixed? It must be mixed, dredging, analysis_first, "
        "experimentalism, goal_setting, storming_first, inertia, collective_action, old_wounds, time_heals, "
        "hand_in_hand "
        "or fatigue");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_defaults),
                                       cmocka_unit_test(test_studies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
