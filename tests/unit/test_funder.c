/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/funder.h"

/* Expected numbers: the equations of docs/model.md 4.6 in double precision, with the default rates (target 0.75, 12 months,
 * structural_visible 0.5, cut 0.15, pressure_speed 0.7, budget_recovery and budget_floor 0.1) as literals. */

static void gap(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)funder_gap(&r, 2, 2), 1 - (2 + 0.5 * 2) / (0.75 * 12), RULE_TOLERANCE);
    assert_true(funder_gap(&r, 0, 0) == 1.0F);
    assert_true(funder_gap(&r, 9, 0) == 0.0F);
    assert_true(funder_gap(&r, 60, 7) == 0.0F); /* more than asked for is not less than no gap */
    r.review_months = 3;
    assert_close((double)funder_gap(&r, 1, 0), 1 - 1 / 2.25, RULE_TOLERANCE);
}

static void force(void **state)
{
    (void)state;
    assert_close((double)funder_force(1, 0.8F, 0.5F), 0.4, RULE_TOLERANCE);
    assert_true(funder_force(1, 0.8F, 1) == 0.0F);
    assert_close((double)funder_force(0.5F, 0.8F, 0.5F), 0.2, RULE_TOLERANCE);
}

static void pressure(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)funder_pressure(&r, 0.1F, 0.4F, 0.5F), 0.1 + 0.7 * (0.4 * 0.5 - 0.1), RULE_TOLERANCE);
    assert_close((double)funder_pressure(&r, 0.2F, 0.4F, 0), 0.2 * 0.3, RULE_TOLERANCE);
}

static void budget(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)funder_budget(&r, 0.8F, 0.4F, 0.5F), 0.8 * (1 - 0.15 * 0.4 * 0.5) + 0.1 * 0.5 * 0.2,
                 RULE_TOLERANCE);
    assert_true(funder_budget(&r, 1, 0.8F, 0) == 1.0F);
    r.cut = 1;
    assert_true(funder_budget(&r, 0.5F, 1, 1) == 0.1F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gap),
        cmocka_unit_test(force),
        cmocka_unit_test(pressure),
        cmocka_unit_test(budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
