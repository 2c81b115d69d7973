/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "testing.h"

static void by_outcome(void **state)
{
    (void)state;
    struct study study = parse("matters: {structural_share: 0.05, quick_results: 0}");
    assert_int_equal(study.n_matters, 2);
    assert_close(study_matters(&study, "structural_share"), 0.05, 0);
    assert_close(study_matters(&study, "quick_results"), 0, 0);
    assert_true(isnan(study_matters(&study, "survival")));
    study_free(&study);
    const char *const overrides[] = {"matters.survival=0.1"};
    study = parse_with("months: 12", 1, overrides);
    assert_close(study_matters(&study, "survival"), 0.1, 0);
    study_free(&study);
}

/* What matters is said of results and changes none. */
static void no_part_of_the_digest(void **state)
{
    (void)state;
    struct study study = parse("matters: {survival: 0.1}");
    struct study plain = parse("title: plain");
    char digests[2][33];
    study_digest(&study, digests[0]);
    study_digest(&plain, digests[1]);
    assert_string_equal(digests[0], digests[1]);
    study_free(&plain);
    study_free(&study);
}

static void mistakes(void **state)
{
    (void)state;
    refused("matters: {structural_shard: 0.1}",
            "folder/test.yaml:1: matters = structural_shard: no outcome is called so, did you mean structural_share?");
    refused("matters: {survival: -1}",
            "folder/test.yaml:1: matters.survival = -1: must be between 0 and 1000000000 (in the unit of the outcome)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_outcome), cmocka_unit_test(no_part_of_the_digest),
                                       cmocka_unit_test(mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
