/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parse.h"

static const char text[] = "title: Fish\n"
                           "regimes: [linear_kpi, {name: slow, like: iterative}]\n"
                           "labels:\n"
                           "  title: {nl: Vis}\n"
                           "  slow: {en: Slowly, nl: Langzaam aan}\n"
                           "  structural_share: Depth\n"
                           "  funder.target: {nl: doel}\n";

static void words_by_language(void **state)
{
    (void)state;
    struct study study = parse(text);
    assert_string_equal(study_label(&study, "title", "nl"), "Vis");
    assert_null(study_label(&study, "title", "en"));
    assert_string_equal(study_label(&study, "slow", "en"), "Slowly");
    assert_string_equal(study_label(&study, "slow", "nl"), "Langzaam aan");
    assert_string_equal(study_label(&study, "structural_share", "nl"), "Depth");
    assert_string_equal(study_label(&study, "funder.target", "nl"), "doel");
    assert_null(study_label(&study, "linear_kpi", "nl"));
    study_free(&study);
}

/* Labels are no part of what determines the results. */
static void digest_stays(void **state)
{
    (void)state;
    struct study with = parse(text);
    struct study without = parse("regimes: [linear_kpi, {name: slow, like: iterative}]\n");
    char digests[2][33];
    study_digest(&with, digests[0]);
    study_digest(&without, digests[1]);
    assert_string_equal(digests[0], digests[1]);
    study_free(&with);
    study_free(&without);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    refused("labels: {itertive: {nl: Heen en weer}}\n", "folder/test.yaml:1: labels.itertive = {...}: is no regime, "
                                                        "event, outcome, factor, title or question (did you mean "
                                                        "iterative?)");
    refused(
        "labels: {iterative: {dutch: Heen en weer}}\n",
        "folder/test.yaml:1: labels.iterative.dutch = Heen en weer: must be a language of two letters, such as en or "
        "nl");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_by_language), cmocka_unit_test(digest_stays),
                                       cmocka_unit_test(mistakes_are_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
