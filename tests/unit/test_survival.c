/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/survival.h"

/* Expected numbers: the equations of docs/model.md 4.7 and 4.8 in double precision, with the default rates (collapse_below
 * 0.5, lapse 0.01, unsupported 0.03, absent 0.01) as literals. */

static void ending(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_true(survival_ending_rate(&r, 0.5F) == 0.0F);
    assert_true(survival_ending_rate(&r, 0.9F) == 0.0F);
    assert_close((double)survival_ending_rate(&r, 0.12F), 1 - 0.12 / 0.5, RULE_TOLERANCE);
    r.collapse_below = 0; /* never */
    assert_true(survival_ending_rate(&r, 0.01F) == 0.0F);
    assert_true(survival_ending_rate(&r, 0) == 0.0F);
}

static void lapse(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)survival_lapse_rate(&r, 0.6F, 0.5F), 0.01 * (1 - 0.3), 1e-8);
    assert_close((double)survival_lapse_rate(&r, 0, 0), 0.01, 1e-8);
    assert_true(survival_lapse_rate(&r, 1, 1) == 0.0F);
}

static void relapse(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double rate = 0.03 * 0.4 + 0.01 * (1 - 0.7);
    assert_close((double)survival_relapse_rate(&r, 0, 0.4F, 0.7F), rate, 1e-8);
    assert_close((double)survival_relapse_rate(&r, 1, 0.4F, 0.7F), rate / 2, 1e-8);
    assert_true(survival_relapse_rate(&r, 0, 0, 1) == 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ending), cmocka_unit_test(lapse), cmocka_unit_test(relapse)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
