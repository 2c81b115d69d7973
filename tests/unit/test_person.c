/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/person.h"

/* Expected numbers: the equations of docs/model.md 4.4 in double precision, with the default rates as literals. */

static const double REST_GAIN = 0.15 * 0.75, REST_LOSS = 0.15 * 0.25;

static void gain(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)person_gain(&r, 0), REST_GAIN, RULE_TOLERANCE);
    assert_close((double)person_gain(&r, 1), REST_GAIN + 0.08, RULE_TOLERANCE); /* 2 phi(1) = 1 */
    assert_close((double)person_gain(&r, 3), REST_GAIN + 0.08 * 2 * 0.75, RULE_TOLERANCE);
}

/* Each drain alone, then together. */
static void loss(void **state)
{
    (void)state;
    struct rates r = rules_default();
    const double drains[5] = {0.35 * 0.2, 0.12 * 0.5 * (1 - 0.3), 0.06 * 1.3 * (1 - 0.6), 0.10 * 1.2 * 0.4, 0.3 * 0.05};
    const float none[5] = {
        person_loss(&r, 0.2F, 0, 0.3F, 1.3F, 1, 1.2F, 0, 0), person_loss(&r, 0, 0.5F, 0.3F, 1.3F, 1, 1.2F, 0, 0),
        person_loss(&r, 0, 0, 0.3F, 1.3F, 0.6F, 1.2F, 0, 0), person_loss(&r, 0, 0, 0.3F, 1.3F, 1, 1.2F, 0.4F, 0),
        person_loss(&r, 0, 0, 0.3F, 1.3F, 1, 1.2F, 0, 0.05F)};
    double all = REST_LOSS;
    for (int k = 0; k < 5; k++) {
        assert_close((double)none[k], REST_LOSS + drains[k], RULE_TOLERANCE);
        all += drains[k];
    }
    assert_close((double)person_loss(&r, 0.2F, 0.5F, 0.3F, 1.3F, 0.6F, 1.2F, 0.4F, 0.05F), all, RULE_TOLERANCE);
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
    assert_close((double)person_momentum(&r, 0.75F, (float)REST_GAIN, (float)REST_LOSS, 0), 0.75, RULE_TOLERANCE);
}

static void frame(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)person_frame(&r, 0.5F, 0.3F, -0.7F), 0.5 + 0.10 * 0.3 + 0.02 * (-0.7 - 0.5), RULE_TOLERANCE);
    assert_close((double)person_frame(&r, 0.5F, 0, 0.5F), 0.5, RULE_TOLERANCE);
}

static void leaving_and_joining(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)person_turnover_rate(&r, 1), 0.005, 1e-9);
    assert_close((double)person_turnover_rate(&r, 0.4F), 0.005 + 0.06 * 0.6 * 0.6 * 0.6, 1e-8);
    assert_close((double)person_joining_rate(&r, 0.3F, 0.2F), 0.5 * 0.3 * 0.2, 1e-8);
    assert_true(person_joining_rate(&r, 0, 0.2F) == 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gain),
        cmocka_unit_test(loss),
        cmocka_unit_test(momentum),
        cmocka_unit_test(frame),
        cmocka_unit_test(leaving_and_joining),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
