/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "parse.h"
#include "study/factor.h"
#include "testing.h"

static const char regimes[] =
    "regimes: [linear_kpi, {name: half.way, mix: {linear_kpi: 0.5, iterative: 0.25, constant: 0.25}, depth: 0.9}, "
    "{name: switch, phases: [{from: 0, like: linear_kpi}, {from: 24, like: iterative}, {from: 60, mix: {constant: 0.5, "
    "iterative: 0.5}}]}]";

static void point_of(const struct study *study, int point, struct regime *own)
{
    struct parameters parameters;
    char sentence[200] = "";
    assert_int_equal(study_point(study, point, &parameters, own, sizeof sentence, sentence), DREDGE_OK);
}

/* The month of a switch, one phase's base, and weights of mixes, of which the parts that do not vary share the rest in
 * their own proportions; what stands beside a mix stays. */
static void test_regimes(void **state)
{
    (void)state;
    char text[900];
    (void)snprintf(text, sizeof text,
                   "{%s, design: {method: list, factors: {regimes.switch.phases.1.from: [12, 36], "
                   "regimes.switch.phases.1.base: [0.2, 0.7], regimes.half.way.mix.linear_kpi: [0, 0.8], "
                   "regimes.switch.phases.2.mix.constant: [1, 0.5]}}}",
                   regimes);
    struct study study = parse(text);
    struct regime own[3];
    struct steering steering[3];
    static const char *const names[] = {"linear_kpi", "iterative", "constant"};
    for (int k = 0; k < 3; k++) {
        steering[k] = regime_infos[regime_info_find(names[k])].steering;
    }
    point_of(&study, 0, own);
    assert_int_equal(own[2].phase[1].from, 12);
    assert_close(own[2].phase[1].steering.base, 0.2, 0);
    assert_close(own[2].phase[0].steering.base, steering[0].base, 0);
    assert_close(own[1].phase[0].steering.tension_gain, (steering[1].tension_gain + steering[2].tension_gain) / 2,
                 1e-12);
    assert_close(own[1].phase[0].steering.depth, 0.9, 0);
    assert_close(own[2].phase[2].steering.tension_gain, steering[2].tension_gain, 1e-12);
    point_of(&study, 1, own);
    assert_int_equal(own[2].phase[1].from, 36);
    assert_close(own[2].phase[1].steering.base, 0.7, 0);
    assert_close(own[1].phase[0].steering.kpi_weight,
                 0.8 * steering[0].kpi_weight + 0.1 * (steering[1].kpi_weight + steering[2].kpi_weight), 1e-12);
    assert_close(own[2].phase[2].steering.tension_gain, (steering[1].tension_gain + steering[2].tension_gain) / 2,
                 1e-12);
    study_free(&study);
}

/* Two weights vary: together at most 1; phases stay in order. */
static void test_impossible(void **state)
{
    (void)state;
    char text[900];
    struct study study;
    (void)snprintf(
        text, sizeof text,
        "{%s, design: {factors: {regimes.half.way.mix.linear_kpi: [0.6], regimes.half.way.mix.iterative: [0.3, "
        "0.5]}}}",
        regimes);
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "1 of 2 points cannot run (1)"));
    assert_non_null(
        strstr(status_message(), "the weights of the mix of half.way that vary sum to 1.1, which is more than 1"));
    (void)snprintf(text, sizeof text, "{%s, design: {factors: {regimes.switch.phases.1.from: [12, 60]}}}", regimes);
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "phase 2 of switch begins in month 60, not after phase 1"));
}

static void test_find(void **state)
{
    (void)state;
    struct study study = parse(regimes);
    struct factor factor;
    static const char *const found[] = {"theory",
                                        "funder.target",
                                        "regimes.switch.base",
                                        "regimes.switch.phases.2.base",
                                        "regimes.half.way.base",
                                        "regimes.half.way.mix.constant"};
    for (size_t k = 0; k < sizeof found / sizeof found[0]; k++) {
        assert_true(factor_find(&study, found[k], &factor));
        assert_string_equal(factor.key, found[k]);
        struct factor_about about = factor_about(&factor);
        assert_true(about.low < about.high || about.names != NULL);
        assert_true(about.meaning[0] != '\0');
    }
    static const char *const others[] = {"",
                                         "funder",
                                         "regimes.switch",
                                         "regimes.switch.phases.0.from",
                                         "regimes.switch.phases.3.from",
                                         "regimes.switch.phases.1.mix.constant",
                                         "regimes.half.base",
                                         "regimes.half.way.mix.linear",
                                         "regimes.switch.phases.x.base",
                                         "regimes.switch.phases.1",
                                         "regimes.switch.phases.99999999999999999999.base"};
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        assert_false(factor_find(&study, others[k], &factor));
    }
    study_free(&study);
    refused(
        "{regimes: [linear_kpi, {name: switch, phases: [{from: 0}, {from: 12}]}], design: {factors: "
        "{regimes.switch.phases.2.from: [3]}}}",
        "folder/test.yaml:1: design.factors.regimes.switch.phases.2.from = [...]: no parameter is called so, did you "
        "mean regimes.switch.phases.1.from?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_regimes), cmocka_unit_test(test_impossible),
                                       cmocka_unit_test(test_find)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
