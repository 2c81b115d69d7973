/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <string.h>

#include "result/stored_study.h"
#include "store_fixture.h"

static void expect(const char *more_was, const char *override_was, const char *more_is, const char *override_is,
                   const char *sentence)
{
    struct study was = {0}, is = {0};
    char changes[STORED_STUDY_BYTES];
    fixture_study(&was, more_was, override_was);
    fixture_study(&is, more_is, override_is);
    stored_study_changes(&was, &is, changes);
    assert_string_equal(changes, sentence);
    study_free(&was);
    study_free(&is);
}

static void test_changes(void **state)
{
    (void)state;
    static const char adaptive[] =
        "replicates: {min: 4, max: 20, until: {outcome: holism, half_width: 0.1, confidence: 0.95}}\n";
    expect("", "", "", "", "");
    expect("", "", "scale: local\n", "title=Other", "");
    expect("", "", "", "seed=18446744073709551615", "seed was 7, is 18446744073709551615");
    expect("", "model.turnover=0.01", "", "model.turnover=0.0125", "model.turnover was 0.01, is 0.0125");
    expect("", "", "output: {every: 3}\n", "", "output.every was 1, is 3");
    expect("", "", "government: {sits: false}\n", "", "government.sits was 1, is 0");
    expect(adaptive, "", "replicates: {min: 4, max: 30, until: {outcome: holism, half_width: 0.2}}\n", "",
           "replicates.max was 20, is 30; replicates.until.half_width was 0.1, is 0.2");
    expect(adaptive, "", "replicates: {min: 4, max: 20, until: {outcome: trust_end, half_width: 0.1}}\n", "",
           "replicates.until.outcome was holism, is trust_end");
    expect("replicates: 20\n", "", adaptive, "",
           "replicates.min was 20, is 4; replicates.until.outcome was absent, is holism");
    expect("", "", "", "regimes=[linear_kpi]", "the number of regimes was 2, is 1");
    expect("", "regimes=[linear_kpi, {name: own, like: iterative}]", "",
           "regimes=[linear_kpi, {name: own, like: iterative, base: 0.4}]", "regimes.own.base was 0.3, is 0.4");
    expect("", "regimes=[linear_kpi, {name: own, like: iterative}]", "",
           "regimes=[linear_kpi, {name: own, phases: [{from: 0, like: linear_kpi}, {from: 6, like: iterative}]}]",
           "regime own had 1 phase, has 2");
    expect("", "", "design: {method: grid, factors: {funder.target: [0.25, 0.5, 1, 2, 3]}}\n", "",
           "design.factors.funder.target of design point 4 was 4, is 3");
    expect("", "", "design: {method: grid, factors: {funder.room: [0.25, 0.5, 1, 0, 0.1]}}\n", "",
           "design factor 1 was funder.target, is funder.room");
    expect("", "", "design: {method: grid, factors: {funder.target: [0.25, 0.5]}}\n", "",
           "design points were 5, are 2");
}

/* Many changes: the first few, and how many more. */
static void test_many_changes(void **state)
{
    (void)state;
    expect("", "", "model: {gen_base: 0.02, gen_work: 0.2, surface: 0.8, bury: 0.3, escalate: 0.07, reframe: 1.5}\n",
           "",
           "model.gen_base was 0.01, is 0.02; model.gen_work was 0.1, is 0.2; model.surface was 0.7, is 0.8; "
           "model.bury was 0.2, is 0.3; and 2 more");
}

static void test_overrides(void **state)
{
    (void)state;
    struct study study = {0};
    assert_int_equal(
        stored_study_parse("x.h5", "title: a\nseed: 1\n", "seed=2\n\nmonths=24\nmodel.turnover=0.01", &study),
        DREDGE_OK);
    assert_int_equal(study.seed, 2);
    assert_int_equal(study.parameters.months, 24);
    assert_close(study.parameters.turnover, 0.01, 0);
    study_free(&study);
    assert_int_equal(stored_study_parse("x.h5", "seed: [\n", "", &study), DREDGE_STUDY);
    fixture_expect_sentence("x.h5");
}

static void test_unreadable(void **state)
{
    (void)state;
    struct study study = {0};
    char changes[STORED_STUDY_BYTES];
    fixture_study(&study, "", "");
    stored_study_compare("x.h5", "no study at all: {", "", &study, changes);
    assert_string_equal(changes, "the study that is kept there cannot be read by this dredge");
    assert_string_equal(status_message(), "");
    stored_study_compare("x.h5", study.text, "", &study, changes);
    assert_string_equal(changes, "another version of dredge wrote it");
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_many_changes),
        cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_unreadable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
