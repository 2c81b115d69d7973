/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "parse.h"
#include "study/events.h"
#include "study/factor.h"
#include "testing.h"

static const char five[] =
    "months: 60\nevents:\n"
    "  - {month: 24, name: cuts, set: {funder.target: 1.5, government: {convenes: true}}}\n"
    "  - {month: 36, name: scan.dal, shock: {budget: -0.3, trust: -0.2}}\n"
    "  - {month: 48, replace: {sector: public, share: 0.5}}\n"
    "  - {month: 60, name: newcomer, join: {sector: private, seats: 1}}\n"
    "  - {month: 1, name: all, convener: {skill: 0.3}, shock: {symptom: 1}, set: {model.settle: 0.1}}\n";

static void test_read(void **state)
{
    (void)state;
    struct study study = parse(five);
    static const struct act expected[] = {{24, 0, ACT_SET, 0, 1.5},
                                          {24, 1, ACT_SET, 1, 1},
                                          {36, 2, ACT_SHOCK, SHOCK_trust, -0.2},
                                          {36, 3, ACT_SHOCK, SHOCK_budget, -0.3},
                                          {48, 4, ACT_REPLACE, SECTOR_PUBLIC, 0.5},
                                          {60, 5, ACT_JOIN, SECTOR_PRIVATE, 1},
                                          {1, 6, ACT_SET, 2, 0.1},
                                          {1, 7, ACT_SHOCK, SHOCK_symptom, 1},
                                          {1, 8, ACT_CONVENER, 0, 0.3}};
    static const char *const keys[] = {"funder.target", "government.convenes", "model.settle"};
    assert_int_equal(study.n_events, 5);
    assert_int_equal(study.n_acts, 9);
    for (int k = 0; k < 9; k++) {
        const struct act *act = &study.acts[k];
        assert_int_equal(act->month, expected[k].month);
        assert_int_equal(act->order, k);
        assert_int_equal(act->kind, expected[k].kind);
        int what = act->kind == ACT_SET ? parameter_find(keys[expected[k].what]) : expected[k].what;
        assert_int_equal(act->what, what);
        assert_close(act->value, expected[k].value, 0);
    }
    assert_string_equal(study.events[1].name, "scan.dal");
    assert_string_equal(study.events[2].name, "event_3");
    assert_int_equal(study.events[4].first_act, 6);
    assert_int_equal(study.events[4].n_acts, 3);
    study_free(&study);
}

static void test_factors(void **state)
{
    (void)state;
    char text[1200];
    (void)snprintf(text, sizeof text,
                   "%sdesign: {method: list, factors: {events.cuts.month: [12, 30], events.cuts.set.funder.target: "
                   "[1, 2], events.scan.dal.shock.trust: [-1, 0.5], events.event_3.replace.share: [0, 1], "
                   "events.newcomer.join.seats: [1, 2], events.all.convener.skill: [0, 1]}}\n",
                   five);
    struct study study = parse(text);
    struct act acts[9];
    study_acts(&study, 1, acts);
    assert_int_equal(acts[0].month, 30);
    assert_int_equal(acts[1].month, 30);
    assert_close(acts[0].value, 2, 0);
    assert_close(acts[2].value, 0.5, 0);
    assert_close(acts[4].value, 1, 0);
    assert_close(acts[5].value, 2, 0);
    assert_close(acts[8].value, 1, 0);
    assert_int_equal(acts[8].month, 1);
    for (int factor = 0; factor < study.design.n_factors; factor++) {
        struct factor_about about = factor_about(&study.design.factors[factor]);
        assert_true(about.low < about.high && about.meaning[0] != '\0');
    }
    struct factor factor;
    assert_false(factor_find(&study, "events.cuts", &factor));
    assert_false(factor_find(&study, "events.cuts.name", &factor));
    assert_false(factor_find(&study, "events.cuts.shock.trust", &factor));
    assert_false(factor_find(&study, "events.none.month", &factor));
    study_free(&study);
    (void)snprintf(text, sizeof text, "%sdesign: {factors: {events.cuts.month: [12, 61]}}\n", five);
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "1 of 2 points cannot run (1)"));
    assert_non_null(strstr(status_message(), "event cuts happens in month 61, after the end of the 60 months"));
}

/* An event that no point of the design can have is a mistake of the event, not of the design. */
static void test_impossible_everywhere(void **state)
{
    (void)state;
    struct study study;
    assert_int_equal(try_parse("months: 24\n"
                               "events:\n"
                               "  - {month: 6, name: cuts, shock: {budget: -0.1}}\n"
                               "  - {month: 25, name: late, shock: {trust: -0.1}}\n"
                               "design: {factors: {funder.target: [1, 2], events.cuts.month: [6, 12]}}\n",
                               0, NULL, &study),
                     DREDGE_STUDY);
    assert_non_null(strstr(status_message(), ":4: events.late: happens in month 25, after the end of the 24 months"));
    assert_null(strstr(status_message(), "cannot run"));
}

/* What happens is part of what a study is; what it is called is not. Without events the digest is what it was. */
static void test_digest(void **state)
{
    (void)state;
    static const char *const texts[] = {"months: 60",
                                        "{months: 60, events: []}",
                                        "{months: 60, events: [{month: 2, shock: {trust: 0.1}}]}",
                                        "{months: 60, events: [{month: 2, name: x, shock: {trust: 0.1}}]}",
                                        "{months: 60, events: [{month: 3, shock: {trust: 0.1}}]}",
                                        "{months: 60, events: [{month: 2, shock: {open: 0.1}}]}",
                                        "{months: 60, events: [{month: 2, shock: {trust: 0.2}}]}",
                                        "{months: 60, events: [{month: 2, replace: {sector: public, share: 0.2}}]}",
                                        "{months: 60, events: [{month: 2, replace: {sector: private, share: 0.2}}]}"};
    static const int same_as[] = {0, 0, 2, 2, 4, 5, 6, 7, 8};
    enum { N = sizeof texts / sizeof texts[0] };
    char digests[N][33], designs[N][33];
    for (int k = 0; k < N; k++) {
        struct study study = parse(texts[k]);
        study_digest(&study, digests[k]);
        assert_int_equal(study_design_digest(&study, designs[k]), DREDGE_OK);
        for (int other = 0; other < k; other++) {
            int same = same_as[other] == same_as[k];
            assert_int_equal(strcmp(digests[other], digests[k]) == 0, same);
            assert_int_equal(strcmp(designs[other], designs[k]) == 0, same);
        }
        study_free(&study);
    }
}

static void test_overrides(void **state)
{
    (void)state;
    static const char *const sound[] = {"events.cuts.month=30", "events.cuts.set.funder.target=3",
                                        "events.scan.dal.shock={open: 0.5}"};
    struct study study;
    assert_int_equal(try_parse(five, 3, sound, &study), DREDGE_OK);
    assert_int_equal(study.acts[0].month, 30);
    assert_close(study.acts[0].value, 3, 0);
    assert_int_equal(study.acts[2].what, SHOCK_open);
    study_free(&study);
    static const char *const unsound[] = {"events.cut.month=30"};
    assert_int_equal(try_parse(five, 1, unsound, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "the study has no such event"));
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *event, *sentence;
    } cases[] = {
        {"{month: 61, set: {funder.target: 1}}", "events.event_1: happens in month 61, after the end of the 60 months"},
        {"{set: {funder.target: 1}}", "events.event_1 = {...}: needs month"},
        {"{month: 5}", "events.event_1 = {...}: does nothing: it needs set, shock, replace, join or convener"},
        {"{month: 5, shock: {trust: 2}}", "events.event_1.shock.trust = 2: must be between -1 and 1 (share)"},
        {"{month: 5, shock: {joy: 1}}", "events.event_1.shock.joy = 1: unknown key; known here: trust, momentum"},
        {"{month: 5, shok: {trust: 1}, shock: {trust: 1}}",
         "events.event_1.shok = {...}: unknown key; known here: name"},
        {"{month: 5, join: {sector: knowledge, seats: 1}}", "acts on the knowledge sector, which has no seats"},
        {"{month: 5, join: {sector: private, seats: 9}}", "9 seats join, and the private sector has only 4"},
        {"{month: 5, join: {sector: privat, seats: 1}}", "did you mean private?"},
        {"{month: 5, replace: {share: 1}}", "events.event_1.replace = {...}: needs sector"},
        {"{month: 5, set: {months: 3}}", "cannot change on the way"},
        {"{month: 5, set: {funder.targt: 3}}", "did you mean funder.target?"},
        {"{month: 5, set: {problem.coupling: 4}}", "sets a coupling of 4, which needs at least 5 causes"},
        {"{month: 5, convener: {skill: 2}}", "events.event_1.convener.skill = 2: must be between 0 and 1 (share)"},
        {"{month: 5, name: a, convener: {skill: 1}}, {month: 6, name: a, convener: {skill: 1}}",
         "events.a.name = a: two events are called a"},
        {"7", "events[0] = 7: must be a mapping"},
    };
    char text[400];
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct study study;
        (void)snprintf(text, sizeof text,
                       "{months: 60, seats: {inside: {knowledge: 0}, outside: {knowledge: 0}}, events: [%s]}",
                       cases[k].event);
        assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
        if (strstr(status_message(), cases[k].sentence) == NULL) {
            fail_msg("\"%s\" is not in \"%s\"", cases[k].sentence, status_message());
        }
    }
}

/* As many as are allowed, and one more. */
static void test_many(void **state)
{
    (void)state;
    enum { ITEM = 40 };
    char *text = malloc((size_t)(EVENTS_MAX + 2) * ITEM);
    assert_non_null(text);
    for (int more = 0; more < 2; more++) {
        size_t used = (size_t)sprintf(text, "events:\n");
        for (int k = 0; k < EVENTS_MAX + more; k++) {
            used += (size_t)sprintf(text + used, "- {month: %d, shock: {open: 0.1}}\n", 1 + k % 120);
        }
        struct study study;
        assert_int_equal(try_parse(text, 0, NULL, &study), more ? DREDGE_STUDY : DREDGE_OK);
        if (more) {
            assert_non_null(strstr(status_message(), "has 10001 events: at most 10000"));
        } else {
            assert_int_equal(study.n_acts, EVENTS_MAX);
        }
        study_free(&study);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_read),     cmocka_unit_test(test_factors),
                                       cmocka_unit_test(test_digest),   cmocka_unit_test(test_overrides),
                                       cmocka_unit_test(test_mistakes), cmocka_unit_test(test_impossible_everywhere),
                                       cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
