/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/problem.h"

/* Expected numbers: the equations of docs/model.md 4.3 in double precision, with the default rates as literals. */

static void coordination(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_coordination(&r, 0.5F, 0.2F), (0.25 + 0.75 * 0.5) * (1 - 0.2), RULE_TOLERANCE);
    assert_close((double)problem_coordination(&r, 0, 0), 0.25, RULE_TOLERANCE);
    assert_true(problem_coordination(&r, 1, 1) == 0.0F);
}

/* 1 + kpi_drive p + focus force min(1, target / focus_full) */
static void accountability(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_accountability(&r, 0.5F, 0.3F), 1 + 0.4 * 0.5 + 0.4 * 0.3, RULE_TOLERANCE);
    r.target = 0.3F;
    assert_close((double)problem_accountability(&r, 0, 0.3F), 1 + 0.4 * 0.3 * 0.3 / 0.75, RULE_TOLERANCE);
    r.target = 4;
    assert_close((double)problem_accountability(&r, 0, 0.3F), 1 + 0.4 * 0.3, RULE_TOLERANCE);
}

static void effort(void **state)
{
    (void)state;
    struct rates r = rules_default();
    const struct problem_month m = {.momentum = 0.7F,
                                    .budget = 0.9F,
                                    .pressure = 0.5F,
                                    .force = 0.3F,
                                    .process = 0.3F,
                                    .skill = 0.6F,
                                    .insiders = 10};
    double of_all = 2.2 * 0.7 * 0.9 * (1 + 0.4 * 0.5 + 0.4 * 0.3);
    assert_close((double)problem_effort(&r, m), of_all * (1 - 0.3), RULE_TOLERANCE);
    r.synergy = 0.5F;
    assert_close((double)problem_effort(&r, m), of_all * (1 - 0.3 * (1 - 0.5 * 0.6)), RULE_TOLERANCE);
    r.synergy = 0;
    r.inertia = 3;
    assert_close((double)problem_effort(&r, m), of_all * (1 - 0.3) / (1 + 3 * 0.3 * 9 / 9), RULE_TOLERANCE);
    r.inertia = 0;
    r.freeride = 0.6F;
    assert_close((double)problem_effort(&r, m), of_all * (1 - 0.3) * (1 - 0.6 * (1 - 0.1) * (1 - 0.3)), RULE_TOLERANCE);
}

static void chances(void **state)
{
    (void)state;
    struct rates r = rules_default(); /* coupling 2 */
    assert_close((double)problem_structural_chance(&r, 0.6F, 0), 0.6 * 0.6 / 3, RULE_TOLERANCE);
    assert_close((double)problem_structural_chance(&r, 0.6F, 1), 0.6 * 0.6 * 2 / 3, RULE_TOLERANCE);
    assert_close((double)problem_structural_chance(&r, 0.6F, 2), 0.6 * 0.6, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(&r, 0), 0.3, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(&r, 0.6F), 0.3 + 0.7 * 0.6, RULE_TOLERANCE);
    assert_close((double)problem_quick_chance(&r, 1), 1, RULE_TOLERANCE);
    assert_close((double)problem_paper_chance(&r, 0.4F), 0.2, RULE_TOLERANCE);
    assert_true(problem_reach(&r, 0) == 1.0F);
    assert_close((double)problem_reach(&r, 1), 0.6, RULE_TOLERANCE);
    assert_close((double)problem_reach(&r, 3), 0.216, RULE_TOLERANCE);
}

/* v (1 - phi((1 - P) / visibility_months)), then v + (1 - v) phi(wins) */
static void relevance(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double faded = 0.8 * (1 - fraction((1 - 0.25) / 9));
    assert_close((double)problem_relevance(&r, 0.8F, 0.25F, 0), faded, RULE_TOLERANCE);
    assert_close((double)problem_relevance(&r, 0.8F, 0.25F, 3), faded + (1 - faded) * 0.75, RULE_TOLERANCE);
    assert_close((double)problem_relevance(&r, 0.8F, 1, 0), 0.8, RULE_TOLERANCE); /* an acute symptom keeps it */
}

/* 0 < a < D: relapse a + fragile H + block (1 - c); a = D: fragile H / 2; a = 0: nothing to lose. */
static void relapse(void **state)
{
    (void)state;
    struct rates r = rules_default(); /* 3 layers */
    assert_close((double)problem_relapse_rate(&r, 2, 0.1F, 0.7F), 0.002 * 2 + 0.4 * 0.1 + 0.03 * 0.3, RULE_TOLERANCE);
    assert_close((double)problem_relapse_rate(&r, 3, 0.1F, 0.7F), 0.4 * 0.1 / 2, RULE_TOLERANCE);
    assert_true(problem_relapse_rate(&r, 0, 0.1F, 0.7F) == 0.0F);
    assert_true(problem_relapse_rate(&r, 3, 0, 0.7F) == 0.0F);
}

static void symptom(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)problem_symptom(&r, 0.7F, 0.25F), 0.7 + 0.045 * (0.75 - 0.7), RULE_TOLERANCE);
    assert_close((double)problem_symptom(&r, 0.75F, 0.25F), 0.75, RULE_TOLERANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coordination), cmocka_unit_test(accountability), cmocka_unit_test(effort),
        cmocka_unit_test(chances),      cmocka_unit_test(relevance),      cmocka_unit_test(relapse),
        cmocka_unit_test(symptom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
