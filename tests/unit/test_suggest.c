/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/suggest.h"
#include "testing.h"

static const char *const names[] = {"title",
                                    "months",
                                    "aftercare_months",
                                    "funder",
                                    "funder.target",
                                    "funder.room",
                                    "funder.review_months",
                                    "problem.known",
                                    "model.turnover",
                                    "convener.skill",
                                    "regimes.iterative.base",
                                    "regimes.wiser.base",
                                    "events.cuts.month"};

static void nearest(const char *word, const char *expected)
{
    struct suggestion suggestion;
    suggest_begin(&suggestion, word);
    for (size_t name = 0; name < sizeof names / sizeof names[0]; name++) {
        suggest_try(&suggestion, names[name]);
    }
    const char *best = suggest_best(&suggestion);
    if (expected == NULL) {
        assert_null(best);
    } else {
        assert_non_null(best);
        assert_string_equal(best, expected);
    }
}

static void test_typos(void **state)
{
    (void)state;
    nearest("titel", "title");    /* neighbours swapped */
    nearest("month", "months");   /* a letter missing */
    nearest("monthss", "months"); /* one too many */
    nearest("Months", "months");  /* another case */
    nearest("funder.targat", "funder.target");
    nearest("fundr.target", "funder.target");
    nearest("regimes.iterativ.base", "regimes.iterative.base");
    nearest("regimes.wise.base", "regimes.wiser.base");
    nearest("events.cutz.month", "events.cuts.month");
}

static void test_places(void **state)
{
    (void)state;
    nearest("target", "funder.target"); /* right name, section forgotten */
    nearest("model.target", "funder.target");
    nearest("funder.review", "funder.review_months"); /* the beginning */
    nearest("aftercare", "aftercare_months");
}

static void test_nothing_near(void **state)
{
    (void)state;
    nearest("xyz", NULL);
    nearest("", NULL);
    nearest("funder.", NULL);
    nearest("regimes.other.base", NULL); /* the same steering key of another regime is not what is meant */
    nearest("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_typos), cmocka_unit_test(test_places),
                                       cmocka_unit_test(test_nothing_near)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
