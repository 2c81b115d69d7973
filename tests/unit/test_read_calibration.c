/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study/calibration.h"
#include "testing.h"

static dredge_status parse(const char *text, struct study *study)
{
    status_clear();
    return study_parse("evidence.yaml", text, strlen(text), 0, NULL, study);
}

static void all_kinds(void **state)
{
    (void)state;
    struct study study;
    static const char text[] =
        "regimes: [linear_kpi, {name: own, like: iterative, base: 0.2}]\n"
        "calibration:\n"
        "  mixture: {own: 1, constant: 3}\n"
        "  priors: {convener.skill: {beta: [2, 2]}, model.gen_work: {low: 0.02, high: 0.5, scale: log}}\n"
        "  theories: [mixed]\n"
        "  targets:\n"
        "    - {name: alive, outcome: survival, set: {months: 36}, value: 0.9, error: 0.05, source: \"F 2008\", use: "
        "fit}\n"
        "    - {name: r, correlation: [trust_end, structural_share], value: 0.35, error: 0.15, use: hold_out}\n"
        "    - {name: rise, series: trust, month: 36, minus_month: 0, value: 0.08, error: 0.06}\n"
        "    - {name: share, share: {outcome: structural_share, at_least: 0.25}, value: 0.85, error: 0.1}\n"
        "    - {name: q, quantile: 0.5, outcome: first_result_month, value: 48, error: 24}\n";
    assert_int_equal(parse(text, &study), DREDGE_OK);
    const struct calibration *own = study.calibration;
    assert_non_null(own);
    assert_int_equal(own->n_regimes, 2);
    assert_string_equal(own->regimes[0].name, "own");
    assert_string_equal(own->regimes[1].name, "constant");
    assert_close(own->weights[1], 0.75, 0);
    assert_int_equal(own->n_priors, 2);
    assert_int_equal(own->priors[0].distribution, DISTRIBUTION_BETA);
    assert_int_equal(own->priors[1].distribution, DISTRIBUTION_LOG);
    assert_int_equal(own->n_theories, 1);
    assert_int_equal(own->n_targets, 5);
    static const enum evidence_kind kinds[5] = {EVIDENCE_MEAN, EVIDENCE_CORRELATION, EVIDENCE_SERIES, EVIDENCE_SHARE,
                                                EVIDENCE_QUANTILE};
    for (int t = 0; t < 5; t++) {
        assert_int_equal(own->targets[t].kind, kinds[t]);
        assert_int_equal(own->targets[t].is_held_out, t == 1);
    }
    assert_string_equal(own->targets[0].source, "F 2008");
    assert_string_equal(own->targets[0].set[0].key, "months");
    assert_close(own->targets[0].set[0].value, 36, 0);
    assert_int_equal(own->targets[2].minus_month, 0);
    assert_close(own->targets[3].level, 0.25, 0);
    study_free(&study);
}

/* Without a mixture the study's regimes count alike; a study without the section has no calibration. */
static void defaults(void **state)
{
    (void)state;
    struct study study;
    assert_int_equal(parse("regimes: [linear_kpi, iterative]\n"
                           "calibration: {priors: {divergence: {low: 0, high: 1}}, "
                           "targets: [{name: a, outcome: survival, value: 1, error: 0.1}]}\n",
                           &study),
                     DREDGE_OK);
    assert_int_equal(study.calibration->n_regimes, 2);
    assert_close(study.calibration->weights[0], 0.5, 0);
    study_free(&study);
    assert_int_equal(parse("regimes: [linear_kpi]\n", &study), DREDGE_OK);
    assert_null(study.calibration);
    study_free(&study);
}

#define SPAN "priors: {divergence: {low: 0, high: 1}}, "

/* Outcomes of the study as targets, also where the months of their collaborations are open. */
static void derived_targets(void **state)
{
    (void)state;
    struct study study;
    static const char text[] = "months: 24\naftercare_months: 12\nregimes: [iterative]\n"
                               "outcomes: [{name: trust_30, value_of: {series: trust, month: 30}}, {name: mix, "
                               "weights: {trust_30: 1, survival: 1}}]\n"
                               "calibration:\n"
                               "  priors: {months: {low: 12, high: 60}}\n"
                               "  targets:\n"
                               "    - {name: own, outcome: trust_30, value: 0.5, error: 0.1}\n"
                               "    - {name: r, correlation: [mix, survival], value: 0.5, error: 0.1}\n"
                               "    - {name: late, series: trust, month: 50, set: {months: 40, aftercare_months: 10}, "
                               "value: 0.5, error: 0.1}\n";
    assert_int_equal(parse(text, &study), DREDGE_OK);
    assert_int_equal(study.calibration->targets[0].outcome, N_OUTCOMES);
    assert_int_equal(study.calibration->targets[1].outcome, N_OUTCOMES + 1);
    study_free(&study);
}

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *part, *sentence;
    } cases[] = {
        {"priors: {convener.skil: {low: 0, high: 1}}", "did you mean convener.skill?"},
        {"priors: {convener.skill: {low: 0.5, high: 0.2}}", "low must be below high"},
        {"priors: {government.funds: {low: 0, high: 1}}", "a prior is a span of numbers"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, outcome: survivel, value: 1, error: 1}]",
         "did you mean survival?"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, outcome: survival, value: 1}]", "its error"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, value: 1, error: 1}]", "needs one of outcome"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, outcome: survival, value: 1, error: 0}]",
         "standard error"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, outcome: survival, value: 1, error: 1, use: "
         "hold_out}]",
         "at least one target to fit"},
        {"mixture: {iterative: 1}, priors: {regimes.linear_kpi.base: {low: 0, high: 1}}",
         ":3: calibration.priors.regimes.linear_kpi.base: steers a regime that calibration.mixture does not name"},
        {"mixture: {blend: 1}, priors: {regimes.blend.mix.linear_kpi: {low: 0, high: 1}}",
         ":3: calibration.priors.regimes.blend.mix.linear_kpi: weights of a mix do not vary in a calibration"},
        {SPAN "mixture: {iterative: 1}, targets: [{name: a, outcome: survival, value: 1, error: 1, set: "
              "{regimes.linear_kpi.base: 0.5}}]",
         ":3: calibration.targets.a.set.regimes.linear_kpi.base: steers a regime"},
        {"mixture: {lineer: 1}", "no regime of the study, nor a built-in one, is called so, did you mean linear?"},
        {"mixture: {}", "calibration.mixture = {}: names no regime: leave the key out for all regimes"},
        {"theories: []", "calibration.theories = []: names no theory: leave the key out for the study's own"},
        {"theories: [nothing]", "theories"},
        {"theories: [mixed, inertia, mixed]", "stands there twice"},
        {"targets: [{name: a, correlation: [survival, survival], value: 1, error: 1}]", "two outcomes that differ"},
        {"priors: {divergence: {low: 0, high: 1}}, targets: [{name: a, outcome: survival, value: 1, error: 1, colour: "
         "red}]",
         "colour"},
        {SPAN "targets: [{name: a, outcome: survival, value: 1, error: 1}, {name: a, outcome: sustained, value: 1, "
              "error: 1}]",
         ":3: calibration.targets[1].name = a: another target is called so"},
        {SPAN "targets: [{name: a_b, outcome: survival, value: 1, error: 1}, {name: a.b, outcome: sustained, value: 1, "
              "error: 1}]",
         "targets[1].name = a.b: another target is called so (a dot counts as _)"},
        {SPAN "targets: [{name: a/b, outcome: survival, value: 1, error: 1}]", "has no slash"},
        {SPAN "targets: [{name: \"\", outcome: survival, value: 1, error: 1}]", "a name is not empty"},
        {SPAN "targets: [{outcome: survival, value: 1, error: 1}]", "targets[0]: has no name"},
        {SPAN "targets: [{name: a, outcome: survival, error: 1}]", "targets[0]: has no value"},
        {SPAN "targets: [{name: a, outcome: survival, value: 90, error: 5}]",
         "value = 90: must be between 0 and 1 (share)"},
        {SPAN "targets: [{name: a, share: {outcome: turnover_count, at_least: 3}, value: 79, error: 5}]",
         "value = 79: must be between 0 and 1 (share of runs)"},
        {SPAN "targets: [{name: a, correlation: [trust_end, holism], value: 1.5, error: 1}]",
         "value = 1.5: must be between -1 and 1 (correlation)"},
        {SPAN "targets: [{name: a, outcome: turnover_count, value: -1, error: 1}]",
         "value = -1: must be between 0 and 1000000000 (persons)"},
        {SPAN "targets: [{name: a, series: trust, month: 9, value: -0.1, error: 1}]",
         "value = -0.1: must be between 0 and 1 (share)"},
        {SPAN "targets: [{name: a, series: trust, month: 9, minus_month: 0, value: -2, error: 1}]",
         "value = -2: must be between -1 and 1 (share)"},
        {SPAN "targets: [{name: a, outcome: survival, set: {monhs: 60}, value: 1, error: 1}]",
         "set.monhs = 60: no parameter is called so, did you mean months?"},
        {SPAN "targets: [{name: "
              "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggggggggg, outcome: survival, value: 1, "
              "error: 1}]",
         "is too long"},
        {SPAN "targets: [{name: [a], outcome: survival, value: 1, error: 1}]", "must be a text"},
        {SPAN "targets: [{name: a, outcome: survival, series: trust, month: 3, value: 1, error: 1}]", "needs one of"},
        {SPAN "targets: [{name: a, series: trust, month: 3, quantile: 0.5, value: 1, error: 1}]",
         "quantile = 0.5: belongs to a target that has `outcome`"},
        {SPAN "targets: [{name: a, outcome: survival, minus_month: 3, value: 1, error: 1}]",
         "minus_month = 3: belongs to a target that has `series`"},
        {SPAN "targets: [{name: a, series: trust, month: 3, minus_month: 3, value: 1, error: 1}]", "another month"},
        {SPAN
         "targets: [{name: a, series: trust, month: 31, set: {months: 24, aftercare_months: 6}, value: 1, error: 1}]",
         "calibration.targets.a: month 31 is after the last one: its collaborations have 30 months"},
        {SPAN "targets: [{name: a, outcome: late, set: {months: 12, aftercare_months: 0}, value: 1, error: 1}]",
         "calibration.targets.a: month 24 is after the last one"},
        {SPAN "targets: [{name: a, correlation: [survival, sum], set: {months: 12, aftercare_months: 0}, value: 1, "
              "error: 1}]",
         "calibration.targets.a: month 24 is after the last one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[640];
        struct study study;
        (void)snprintf(text, sizeof text,
                       "regimes: [linear_kpi, {name: blend, mix: {linear_kpi: 0.5, process_only: 0.5}}]\noutcomes: "
                       "[{name: late, value_of: {series: trust, month: 24}}, {name: sum, "
                       "weights: {late: 1, survival: 1}}]\ncalibration: {%s}\n",
                       cases[i].part);
        assert_int_equal(parse(text, &study), DREDGE_STUDY);
        if (strstr(status_message(), cases[i].sentence) == NULL) {
            fail_msg("\"%s\" says %s, not %s", cases[i].part, status_message(), cases[i].sentence);
        }
    }
    status_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_kinds), cmocka_unit_test(defaults),
                                       cmocka_unit_test(derived_targets), cmocka_unit_test(mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
