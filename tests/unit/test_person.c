/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/person.h"

/* Expected numbers: the equations of docs/model.md 4.4 in double precision, with the default rates as literals. */

static void gain(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)person_gain(&r, 0.7F, 0), 0.15 * 0.7, RULE_TOLERANCE);
    assert_close((double)person_gain(&r, 0.7F, 1), 0.15 * 0.7 + 0.09, RULE_TOLERANCE); /* 2 phi(1) = 1 */
    assert_close((double)person_gain(&r, 0.7F, 3), 0.15 * 0.7 + 0.09 * 2 * 0.75, RULE_TOLERANCE);
}

/* Each drain alone, then together. */
static void loss(void **state)
{
    (void)state;
    struct rates r = rules_default();
    const struct person_month none = {
        .commitment = 0.75F, .appreciation = 0.3F, .relevance = 1, .patience = 1.3F, .sensitivity = 1.2F};
    struct person_month each[5] = {none, none, none, none, none};
    struct person_month together = none;
    each[0].open = together.open = 0.2F;
    each[1].process = together.process = 0.5F;
    each[2].relevance = together.relevance = 0.6F;
    each[3].pressure = together.pressure = 0.4F;
    each[4].escalated = together.escalated = 0.05F;
    const double drains[5] = {0.28 * 0.2, 0.10 * 0.5 * (1 - 0.3), 0.075 * 1.3 * (1 - 0.6), 0.10 * 1.2 * 0.4,
                              0.3 * 0.05};
    double all = 0.15 * 0.25;
    for (int k = 0; k < 5; k++) {
        assert_close((double)person_loss(&r, each[k]), 0.15 * 0.25 + drains[k], RULE_TOLERANCE);
        all += drains[k];
    }
    assert_close((double)person_loss(&r, together), all, RULE_TOLERANCE);
}

/* m + (gain / (gain + loss) - m) phi(gain + loss) + noise, clamped to 0.01 .. 1 */
static void momentum(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double moved = 0.6 + (0.2 / 0.3 - 0.6) * fraction(0.3);
    assert_close((double)person_momentum(&r, 0.6F, 0.2F, 0.1F, 0), moved, RULE_TOLERANCE);
    assert_close((double)person_momentum(&r, 0.6F, 0.2F, 0.1F, -1.5F), moved - 1.5 * 0.02, RULE_TOLERANCE);
    assert_close((double)person_momentum(&r, 0.6F, 0, 0, 2), 0.6 + 2 * 0.02, RULE_TOLERANCE); /* only noise */
    assert_true(person_momentum(&r, 0.02F, 0, 5, -5) == 0.01F);
    assert_true(person_momentum(&r, 0.99F, 5, 0, 5) == 1.0F);
    assert_close((double)person_momentum(&r, 0.8F, 0.15F * 0.8F, 0.15F * 0.2F, 0), 0.8, RULE_TOLERANCE); /* at rest */
}

/* First the step to the others, then the pull of the own organisation; at the largest rates the frame becomes theirs. */
static void frame(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double shifted = 0.5 + 0.9 * 0.3;
    assert_close((double)person_frame(&r, 0.5F, 0.3F, -0.7F), shifted + 0.02 * (-0.7 - shifted), RULE_TOLERANCE);
    assert_close((double)person_frame(&r, 0.5F, 0, 0.5F), 0.5, RULE_TOLERANCE);
    r.constituency = 1;
    assert_close((double)person_frame(&r, 0.5F, 0.3F, -0.7F), -0.7, RULE_TOLERANCE);
}

static void comings_and_goings(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)person_turnover_rate(&r, 1), 0.004, 1e-9);
    assert_close((double)person_turnover_rate(&r, 0.4F), 0.004 + 0.06 * 0.6 * 0.6 * 0.6, 1e-8);
    assert_close((double)person_withdrawal_rate(&r, 0.4F, 0.7F), 0.025 * 0.6 * 0.3, 1e-8);
    assert_true(person_withdrawal_rate(&r, 0.4F, 1) == 0.0F && person_withdrawal_rate(&r, 1, 0) == 0.0F);
    assert_close((double)person_joining_rate(&r, 1.5F, 0.3F, 0.2F), 0.5 * 1.5 * 0.3 * 0.2, 1e-8);
    assert_true(person_joining_rate(&r, 1, 0, 0.2F) == 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gain),
        cmocka_unit_test(loss),
        cmocka_unit_test(momentum),
        cmocka_unit_test(frame),
        cmocka_unit_test(comings_and_goings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
