/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/tie.h"

/* Expected numbers: the equations of docs/model.md 4.2 in double precision, with the default rates as literals. */

static void distance(void **state)
{
    (void)state;
    assert_close((double)tie_distance(1, 0, 0), 0.5, RULE_TOLERANCE);
    assert_close((double)tie_distance(0.3F, -0.4F, 1.2F), fraction(0.09 + 0.16 + 1.44), RULE_TOLERANCE);
    assert_true(tie_distance(0, 0, 0) == 0.0F);
    assert_true(tie_distance(1, 2, 3) == tie_distance(-1, -2, -3));
    assert_close((double)tie_latent_start(0.62F), 0.31, RULE_TOLERANCE);
}

static void generation(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double rate = (0.01 + 0.10 * 0.6 * 0.9 * (1 - 0.3)) * 0.4 * 1.5;
    assert_close((double)tie_generation(&r, 0.6F, 0.9F, 0.3F, 0.4F, 1.5F, 0.7F), fraction(rate) * 0.7, 1e-8);
    assert_true(tie_generation(&r, 0.6F, 0.9F, 0.3F, 0, 1.5F, 0.7F) == 0.0F); /* no difference */
    assert_true(tie_generation(&r, 0.6F, 0.9F, 0.3F, 0.4F, 1.5F, 0) == 0.0F); /* nothing settled */
    assert_close((double)tie_generation(&r, 0.6F, 0.9F, 1, 0.4F, 1.5F, 1), fraction(0.01 * 0.4 * 1.5), 1e-8);
}

static void hosting(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double z = 0.3 + 0.7 * 0.45;
    assert_close((double)tie_safety(&r, 0.45F), z, RULE_TOLERANCE);
    assert_close((double)tie_safety(&r, 1), 1, RULE_TOLERANCE);
    assert_close((double)tie_surfacing(&r, 0.35F, (float)z, 0.5F), fraction(0.7 * 0.35 * z) * 0.5, RULE_TOLERANCE);
    assert_true(tie_surfacing(&r, 0, 1, 1) == 0.0F);
    assert_close((double)tie_working_through(&r, 0.55F, 0.35F, (float)z, 0.2F), fraction(1.6 * 0.55 * 0.35 * z) * 0.2,
                 RULE_TOLERANCE);
    assert_true(tie_working_through(&r, 0, 0.9F, 1, 1) == 0.0F);
    assert_close((double)tie_bury_share(&r, 0.35F), fraction(0.2 * 0.65), RULE_TOLERANCE);
}

static void escalation(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double rate = 2 * 0.06 * (1 - 0.4) * (0.5 + 0.3 * (1 - 0.25)) * (1 + 0.2);
    assert_close((double)tie_escalation_rate(&r, 0.4F, 0.5F, 0.3F, 0.25F, 0.2F), rate, RULE_TOLERANCE);
    assert_true(tie_escalation_rate(&r, 1, 0.5F, 0.3F, 0, 1) == 0.0F);
    assert_true(tie_escalation_rate(&r, 0.2F, 0, 0, 0, 1) == 0.0F);
}

/* Three steps, each on the result of the one before. */
static double expected_trust(double t, double through, double wins, double q, double s, double z)
{
    t = t + (1 - t) * fraction(0.8 * through + 0.04 * wins * (1 - q));
    t = t * (1 - fraction(0.15 * q * (1 - s))) * (1 - 0.5 * z);
    return t + 0.01 * (0.4 - t);
}

static void trust(void **state)
{
    (void)state;
    struct rates r = rules_default();
    const double t = 0.55;
    assert_close((double)tie_trust(&r, 0.55F, 0.06F, 3, 0.3F, 0.2F, 0.1F), expected_trust(t, 0.06, 3, 0.3, 0.2, 0.1),
                 RULE_TOLERANCE);
    assert_close((double)tie_trust(&r, 0.55F, 0.06F, 0, 0, 0.2F, 0), expected_trust(t, 0.06, 0, 0, 0.2, 0),
                 RULE_TOLERANCE);
    assert_close((double)tie_trust(&r, 0.55F, 0, 3, 0, 0.2F, 0), expected_trust(t, 0, 3, 0, 0.2, 0), RULE_TOLERANCE);
    assert_close((double)tie_trust(&r, 0.55F, 0, 0, 0, 0.2F, 0.3F), expected_trust(t, 0, 0, 0, 0.2, 0.3),
                 RULE_TOLERANCE);
    assert_close((double)tie_trust(&r, 0.55F, 0, 0, 1, 0, 0), expected_trust(t, 0, 0, 1, 0, 0), RULE_TOLERANCE);
    assert_close((double)tie_trust(&r, 0.4F, 0, 0, 0, 0, 0), 0.4, RULE_TOLERANCE); /* rests where it started */
}

/* trust_start + memory (t - trust_start) + (1 - memory) standing_weight (standing - trust_start) */
static void newcomer(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)tie_trust_newcomer(&r, 0.8F, 0.6F), 0.4 + 0.4 * (0.8 - 0.4) + 0.6 * 0.5 * (0.6 - 0.4),
                 RULE_TOLERANCE);
    assert_close((double)tie_trust_newcomer(&r, 0.4F, 0.4F), 0.4, RULE_TOLERANCE);
    r.memory = 1;
    assert_close((double)tie_trust_newcomer(&r, 0.8F, 0.1F), 0.8, RULE_TOLERANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance),   cmocka_unit_test(generation), cmocka_unit_test(hosting),
        cmocka_unit_test(escalation), cmocka_unit_test(trust),      cmocka_unit_test(newcomer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
