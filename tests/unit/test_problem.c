/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/problem.h"

/* Expected numbers: the equations of docs/model.md 4.3 in double precision, with the default rates as literals. */

static void coordination_and_effort(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_coordination(&r, 0.5F, 0.2F), (0.25 + 0.75 * 0.5) * (1 - 0.2), RULE_TOLERANCE);
    assert_close((double)problem_coordination(&r, 0, 0), 0.25, RULE_TOLERANCE);
    assert_true(problem_coordination(&r, 1, 1) == 0.0F);
    assert_close((double)problem_effort(&r, 0.7F, 0.9F, 0.5F, 0.3F), 2.2 * 0.7 * 0.9 * (1 + 0.4 * 0.5) * (1 - 0.3),
                 RULE_TOLERANCE);
    assert_true(problem_effort(&r, 0.7F, 0.9F, 0.5F, 1) == 0.0F);
}

static void chances(void **state)
{
    (void)state;
    assert_close((double)problem_structural_chance(0.6F, 0, 2), 0.6 / 3, RULE_TOLERANCE);
    assert_close((double)problem_structural_chance(0.6F, 1, 2), 0.6 * 2 / 3, RULE_TOLERANCE);
    assert_close((double)problem_structural_chance(0.6F, 2, 2), 0.6, RULE_TOLERANCE);
    assert_close((double)problem_structural_chance(0.6F, 0, 0), 0.6, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(0), 0.3, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(0.6F), 0.3 + 0.7 * 0.6, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(1), 1, RULE_TOLERANCE);
}

static void visibility(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_true(problem_visibility(&r, 0.2F, 1) == 1.0F);
    assert_close((double)problem_visibility(&r, 0.8F, 0), 0.8 * (1 - fraction(1.0 / 9)), RULE_TOLERANCE);
}

/* 0 < a < D: relapse a + fragile H + block (1 - c); a = D: fragile H / 2; a = 0: nothing to lose. */
static void relapse(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_relapse_rate(&r, 2, 3, 0.1F, 0.7F), 0.002 * 2 + 0.5 * 0.1 + 0.03 * 0.3,
                 RULE_TOLERANCE);
    assert_close((double)problem_relapse_rate(&r, 3, 3, 0.1F, 0.7F), 0.5 * 0.1 / 2, RULE_TOLERANCE);
    assert_true(problem_relapse_rate(&r, 0, 3, 0.1F, 0.7F) == 0.0F);
    assert_true(problem_relapse_rate(&r, 1, 1, 0, 0.7F) == 0.0F);
}

static void symptom(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_symptom(&r, 0.7F, 0.25F), 0.7 + 0.05 * (0.75 - 0.7), RULE_TOLERANCE);
    assert_close((double)problem_symptom(&r, 0.75F, 0.25F), 0.75, RULE_TOLERANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coordination_and_effort),
        cmocka_unit_test(chances),
        cmocka_unit_test(visibility),
        cmocka_unit_test(relapse),
        cmocka_unit_test(symptom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
