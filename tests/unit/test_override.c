/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "testing.h"

static double get(const struct study *study, const char *key)
{
    int index = parameter_find(key);
    assert_true(index >= 0);
    return parameter_get(&study->parameters, index);
}

static void test_overrides(void **state)
{
    (void)state;
    static const char text[] = "title: a\nfunder: {target: 1}\ndesign: {method: sobol, points: 8, factors: {"
                               "funder.room: {low: 0, high: 1}}}\n";
    const char *const overrides[] = {"funder.target=2",
                                     "funder.target=3",
                                     "title=x = y: z",
                                     "question=\"quoted: \\u00e9\"",
                                     "seed=18446744073709551615",
                                     "problem.causes=5",
                                     "seats.inside.public=4",
                                     "government.convenes=true",
                                     "design.points=64",
                                     "design.factors.convener.skill=[0.1, 0.9]",
                                     "regimes=[constant, {name: b, base: 0.1}]",
                                     "regimes.b.base=0.2",
                                     "output.trajectories=none",
                                     "months=24"};
    struct study study = parse_with(text, 14, overrides);
    assert_close(get(&study, "funder.target"), 3, 0); /* the last one holds */
    assert_string_equal(study.title, "x = y: z");
    assert_string_equal(study.question, "quoted: \xC3\xA9");
    assert_true(study.seed == UINT64_MAX);
    assert_close(get(&study, "problem.causes"), 5, 0);
    assert_close(get(&study, "programme.organisations.public"), 5, 0);
    assert_int_equal(study.design.n_points, 64);
    assert_int_equal(study.design.n_factors, 2);
    assert_string_equal(study.design.factors[1].key, "convener.skill");
    assert_int_equal(study.n_regimes, 2);
    assert_close(study.regimes[1].phase[0].steering.base, 0.2, 0);
    assert_int_equal(study.trajectories, TRAJECTORIES_NONE);
    assert_string_equal(study.text, text);
    assert_non_null(strstr(study.overrides, "title=x = y: z\nquestion="));
    study_free(&study);
}

/* Text and overrides, as a results file keeps them, make the same study again. */
static void test_again(void **state)
{
    (void)state;
    const char *const overrides[] = {"funder.target=2", "regimes.iterative.base=0.2", "design.method=latin_hypercube",
                                     "design.factors.months={low: 12, high: 60}"};
    struct study first = parse_with("title: a\n", 4, overrides);
    const char *lines[8];
    int n_lines = 0;
    for (char *line = strtok(first.overrides, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        lines[n_lines++] = line;
    }
    assert_int_equal(n_lines, 4);
    struct study second = parse_with(first.text, n_lines, lines);
    char digest[2][33];
    study_digest(&first, digest[0]);
    study_digest(&second, digest[1]);
    assert_string_equal(digest[0], digest[1]);
    study_free(&first);
    study_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_overrides), cmocka_unit_test(test_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
