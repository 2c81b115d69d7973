/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "parse.h"
#include "study/where.h"
#include "testing.h"

static const char factors[] =
    "factors: {problem.coupling: [0, 1, 2, 3], problem.causes: [1, 2, 3, 4], regimes.iterative.base: [0.2, 0.4]}";

/* Points of the grid above that a condition keeps. */
static int kept(const char *where)
{
    char text[400];
    (void)snprintf(text, sizeof text, "design: {%s, where: \"problem.coupling < problem.causes and %s\"}", factors,
                   where);
    struct study study = parse(text);
    int n = study.design.n_points;
    study_free(&study);
    return n;
}

/* Of 4 x 4 pairs, coupling < causes holds for 10, each with two bases. */
static void test_kept(void **state)
{
    (void)state;
    assert_int_equal(kept("1 < 2"), 20);
    assert_int_equal(kept("regimes.iterative.base >= 0.4"), 10);
    assert_int_equal(kept("problem.causes == 4"), 8);
    assert_int_equal(kept("problem.causes != 4"), 12);
    assert_int_equal(kept("problem.causes - problem.coupling <= 1"), 8);
    assert_int_equal(kept("problem.causes - problem.coupling > 1"), 12);
    assert_int_equal(kept("-problem.causes + 1 + problem.coupling >= 0"), 8);
    assert_int_equal(kept("months + aftercare_months == 156 and problem.layers<4"), 20); /* the same at every point */
    assert_int_equal(kept("problem.causes<=1e0"), 2);
}

static void expect(const char *where, const char *sentence)
{
    char text[500];
    struct study study;
    (void)snprintf(text, sizeof text, "design: {%s, where: \"%s\"}", factors, where);
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    if (strstr(status_message(), sentence) == NULL) {
        print_error("%s\n", status_message());
    }
    assert_non_null(strstr(status_message(), sentence));
}

static void test_refused(void **state)
{
    (void)state;
    expect("", "ends where a key or a number should come");
    expect("problem.causes", "ends where <, <=, >, >=, == or != should come");
    expect("problem.causes = 2", "=: here should come <, <=, >, >=, == or !=");
    expect("problem.causes < 2 or months < 3", "or: here should come and, or the end");
    expect("problem.causes < 2 and", "ends where a key or a number should come");
    expect("problem.cuses < 2", "did you mean problem.causes?");
    expect("regimes.iterative.depth < 2", "neither a number nor a parameter nor a factor");
    expect("problem.causes < 0,5", ",: here should come and, or the end");
    expect("1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 "
           "and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2 and 1 < 2",
           "has more than 16 comparisons");
    expect("problem.causes > 4", "design.where = \"problem.causes > 4\": leaves no points");
    refused("design: {method: morris, where: \"1 < 2\", factors: {divergence: {low: 0, high: 1}}}",
            "folder/test.yaml:1: design.where = \"1 < 2\": morris takes no where");
}

/* Sobol goes on until there are as many points as were asked for; a hypercube loses those that do not fit. */
static void test_sampled(void **state)
{
    (void)state;
    static const char *const methods[] = {"sobol", "latin_hypercube"};
    for (int method = 0; method < 2; method++) {
        char text[300];
        (void)snprintf(text, sizeof text,
                       "design: {method: %s, points: 64, where: \"divergence < recognition\", factors: {divergence: "
                       "{low: 0, high: 1}, recognition: {low: 0, high: 1}}}",
                       methods[method]);
        struct study study = parse(text);
        if (method == 0) {
            assert_int_equal(study.design.n_points, 64);
        } else {
            assert_between(study.design.n_points, 20, 44);
        }
        for (int point = 0; point < study.design.n_points; point++) {
            assert_true(study.design.values[2 * point] < study.design.values[2 * point + 1]);
        }
        study_free(&study);
    }
    refused("design: {method: sobol, points: 64, where: divergence < 0, factors: {divergence: {low: 0, high: 1}}}",
            "folder/test.yaml:1: design.where = divergence < 0: leaves only 0 of 64 points, with 1000 tried for each");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kept), cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_sampled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
