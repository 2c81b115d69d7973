/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/organisation.h"

/* Expected numbers: the equations of docs/model.md 4.5 and 5 in double precision, with the default rates (org_learning
 * 0.02, org_shift 0.01) as literals. */

static void standing(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)organisation_standing(&r, 0.4F, 0.9F), 0.4 + 0.02 * (0.9 - 0.4), RULE_TOLERANCE);
    assert_close((double)organisation_standing(&r, 0.4F, 0.4F), 0.4, RULE_TOLERANCE);
}

static void appreciation(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)organisation_appreciation(&r, 0.5F, 2, 0.3F), 0.5 + 0.02 * (0.5 * 2 - 0.5 * 0.3),
                 RULE_TOLERANCE);
    assert_close((double)organisation_appreciation(&r, 0.5F, 0, 0), 0.5, 0);
    assert_true(organisation_appreciation(&r, 0.5F, 80, 0) == 1.0F); /* 1.3, clamped */
    r.org_learning = 1;
    assert_true(organisation_appreciation(&r, 0.5F, 0, 1) == 0.0F);
}

static void position(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)organisation_position(&r, 0.8F, -0.2F), 0.8 + 0.01 * (-0.2 - 0.8), RULE_TOLERANCE);
}

static void start(void **state)
{
    (void)state;
    struct rates r = rules_default();
    r.divergence = 1.5F;
    assert_close((double)organisation_start(&r, -0.3F, 0.7F), 1.5 * (-0.3 + 0.4 * 0.7), RULE_TOLERANCE);
    r.divergence = 0;
    assert_true(organisation_start(&r, 0.8F, 2) == 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standing),
        cmocka_unit_test(appreciation),
        cmocka_unit_test(position),
        cmocka_unit_test(start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
