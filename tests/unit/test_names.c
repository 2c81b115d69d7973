/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "study/names.h"
#include "testing.h"

struct seen {
    int n, n_wanted;
    const char *wanted;
};

static void see(void *context, const char *name)
{
    struct seen *seen = context;
    seen->n++;
    seen->n_wanted += strcmp(name, seen->wanted) == 0;
}

static void expect(const struct study *study, const char *name, int in_all, int in_factors)
{
    struct seen seen = {.wanted = name};
    names_each(study, see, &seen);
    assert_int_equal(seen.n_wanted, in_all);
    seen.n_wanted = 0;
    names_each_factor(study, see, &seen);
    assert_int_equal(seen.n_wanted, in_factors);
}

/* Every name is shown once; sections and general keys are no factors. */
static void test_each(void **state)
{
    (void)state;
    struct study study = parse("regimes: [iterative, {name: a.b, base: 0.1}]");
    expect(&study, "funder.target", 1, 1);
    expect(&study, "seats.inside.public", 1, 1);
    expect(&study, "regimes.a.b.base", 1, 1);
    expect(&study, "regimes.linear_kpi.base", 0, 0);
    expect(&study, "funder", 1, 0);
    expect(&study, "seats", 1, 0);
    expect(&study, "seats.inside", 1, 0);
    expect(&study, "sectors.private", 1, 0);
    expect(&study, "model", 1, 0);
    expect(&study, "replicates.until.outcome", 1, 0);
    expect(&study, "seed", 1, 0);
    expect(&study, "theory", 1, 1);
    struct seen seen = {.wanted = ""};
    names_each_factor(&study, see, &seen);
    assert_int_equal(seen.n, 1 + n_parameters + 2 * n_steering);
    study_free(&study);
}

static void test_has(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "funder.target", "months",        "title",       "replicates", "replicates.until.half_width",
        "regimes",       "design.method", "output.every"};
    for (size_t key = 0; key < sizeof keys / sizeof keys[0]; key++) {
        assert_true(names_has(keys[key]));
    }
    static const char *const others[] = {"funder", "design", "design.factors", "output", "replicates.until",
                                         "model",  "",       "funder.target.x"};
    for (size_t key = 0; key < sizeof others / sizeof others[0]; key++) {
        assert_false(names_has(others[key]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each), cmocka_unit_test(test_has)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
