/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/tie.h"

/* Expected numbers: the equations of docs/model.md 4.2 in double precision, with the default rates as literals. */

static const struct tie TIE = {.trust = 0.4F, .latent = 0.5F, .open = 0.3F, .unexplored = 0.8F};
static const struct tie_month MONTH = {.process = 0.3F,
                                       .reaching = 0.25F,
                                       .pressure = 0.2F,
                                       .budget = 0.9F,
                                       .skill = 0.6F,
                                       .renown = 2.4F,
                                       .distance = 0.4F,
                                       .activity = 0.6F,
                                       .luck = 1.5F};

static void distance(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)tie_distance(1, 0, 0), 0.5, RULE_TOLERANCE);
    assert_close((double)tie_distance(0.3F, -0.4F, 1.2F), fraction(0.09 + 0.16 + 1.44), RULE_TOLERANCE);
    assert_true(tie_distance(0, 0, 0) == 0.0F);
    assert_true(tie_distance(1, 2, 3) == tie_distance(-1, -2, -3));
    assert_close((double)tie_latent_start(&r, 0.62F), 0.31, RULE_TOLERANCE);
    r.latent_start = 1;
    assert_close((double)tie_latent_start(&r, 0.62F), 0.62, RULE_TOLERANCE);
}

/* s contact (1 - imprint phi(max(0, month - 12) / 12)) / (1 + saturation f) */
static void reaching(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_true(tie_imprinted(&r, 100) == 1.0F);
    assert_close((double)tie_reaching(&r, 0.3F, 1, 0.5F), 0.3, RULE_TOLERANCE);
    r.imprint = 0.9F;
    r.contact = 0.75F;
    r.saturation = 2;
    assert_true(tie_imprinted(&r, 0) == 1.0F && tie_imprinted(&r, 12) == 1.0F);
    assert_close((double)tie_imprinted(&r, 24), 1 - 0.9 * 0.5, RULE_TOLERANCE);
    assert_close((double)tie_imprinted(&r, 48), 1 - 0.9 * 0.75, RULE_TOLERANCE);
    assert_close((double)tie_reaching(&r, 0.3F, 0.55F, 0.5F), 0.3 * 0.75 * 0.55 / (1 + 2 * 0.5), RULE_TOLERANCE);
}

static void generation(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double rate = (0.01 + 0.10 * 0.6 * 0.9 * (1 - 0.3)) * 0.4 * 1.5;
    struct tie tie = TIE;
    struct tie_month m = MONTH;
    assert_close((double)tie_generation(&r, tie, m), fraction(rate) * (1 - 0.5 - 0.3), 1e-8);
    tie.open = 0.5F; /* nothing settled */
    assert_true(tie_generation(&r, tie, m) == 0.0F);
    m.distance = 0; /* no difference */
    assert_true(tie_generation(&r, TIE, m) == 0.0F);
    m = MONTH;
    m.process = 1; /* no joint work */
    assert_close((double)tie_generation(&r, TIE, m), fraction(0.01 * 0.4 * 1.5) * 0.2, 1e-8);
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
    assert_true(tie_settle_share(&r) == 0.0F);
    r.settle = 0.25F;
    assert_close((double)tie_settle_share(&r), 0.2, RULE_TOLERANCE);
}

/* 2 escalate (1 - t) (l + q (1 - s)) (1 + p) + backfire s_e (1 - t) (1 - skill) l */
static void escalation(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double rate = 2 * 0.06 * (1 - 0.4) * (0.5 + 0.3 * (1 - 0.3)) * (1 + 0.2);
    struct tie tie = TIE;
    assert_close((double)tie_escalation_rate(&r, tie, MONTH), rate, RULE_TOLERANCE);
    r.backfire = 5;
    assert_close((double)tie_escalation_rate(&r, tie, MONTH), rate + 5 * 0.25 * 0.6 * (1 - 0.6) * 0.5, RULE_TOLERANCE);
    tie.trust = 1;
    assert_true(tie_escalation_rate(&r, tie, MONTH) == 0.0F);
    tie = (struct tie){.trust = 0.2F};
    assert_true(tie_escalation_rate(&r, tie, MONTH) == 0.0F);
}

/* Three steps, each on the result of the one before; `renown` is v wins. */
static double expected_trust(double t, double through, double renown, double q, double s, double z)
{
    t = t + (1 - t) * fraction(0.8 * through + 0.03 * renown * (1 - q));
    t = t * (1 - fraction(0.15 * q * (1 - s))) * (1 - 0.5 * z);
    return t + 0.01 * (0.4 - t);
}

static void trust(void **state)
{
    (void)state;
    struct rates r = rules_default();
    static const double cases[][5] = {/* through, renown, q, s, Z */
                                      {0.06, 3, 0.3, 0.2, 0.1},
                                      {0.06, 0, 0, 0.2, 0},
                                      {0, 3, 0, 0.2, 0},
                                      {0, 0, 0, 0.2, 0.3},
                                      {0, 0, 1, 0, 0}};
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        const double *c = cases[k];
        const struct tie tie = {.trust = 0.55F, .open = (float)c[2]};
        const struct tie_month m = {.renown = (float)c[1], .process = (float)c[3]};
        assert_close((double)tie_trust(&r, tie, m, (float)c[0], (float)c[4]),
                     expected_trust(0.55, c[0], c[1], c[2], c[3], c[4]), RULE_TOLERANCE);
    }
    const struct tie at_rest = {.trust = 0.4F};
    const struct tie_month nothing = {.process = 0};
    assert_close((double)tie_trust(&r, at_rest, nothing, 0, 0), 0.4, RULE_TOLERANCE); /* rests where it started */
}

/* R e 4d (1 - d) insight: most at d = 1/2, nothing where partners are alike or have understood each other. */
static void learning(void **state)
{
    (void)state;
    assert_close((double)tie_learning(0.06F, 0.8F, 0.4F, 1.15F), 0.06 * 0.8 * 4 * 0.4 * 0.6 * 1.15, RULE_TOLERANCE);
    assert_close((double)tie_learning(0.06F, 1, 0.5F, 1), 0.06, RULE_TOLERANCE);
    assert_true(tie_learning(0.06F, 0.8F, 0, 1) == 0.0F);
    assert_true(tie_learning(0.06F, 0, 0.5F, 1) == 0.0F);
}

/* e / (1 + explore R), then back to 1 by phi(renew). */
static void unexplored(void **state)
{
    (void)state;
    struct rates r = rules_default();
    double left = 0.8 / (1 + 0.06);
    assert_close((double)tie_unexplored(&r, 0.8F, 0.06F), left + fraction(0.005) * (1 - left), RULE_TOLERANCE);
    assert_close((double)tie_unexplored(&r, 1, 0), 1, RULE_TOLERANCE);
    r.renew = 0;
    r.explore = 10;
    assert_close((double)tie_unexplored(&r, 0.8F, 0.06F), 0.8 / 1.6, RULE_TOLERANCE);
}

/* trust_start + memory (t - trust_start) + (1 - memory) standing_weight (standing - trust_start); all tension latent;
 * 1 - memory (1 - e). */
static void newcomer(void **state)
{
    (void)state;
    struct rates r = rules_default();
    struct tie tie = {.trust = 0.8F, .latent = 0.3F, .open = 0.2F, .unexplored = 0.7F};
    struct tie next = tie_newcomer(&r, tie, 0.6F);
    assert_close((double)next.trust, 0.4 + 0.4 * (0.8 - 0.4) + 0.6 * 0.5 * (0.6 - 0.4), RULE_TOLERANCE);
    assert_close((double)next.latent, 0.5, RULE_TOLERANCE);
    assert_true(next.open == 0.0F);
    assert_close((double)next.unexplored, 1 - 0.4 * 0.3, RULE_TOLERANCE);
    r.memory = 1;
    next = tie_newcomer(&r, tie, 0.1F);
    assert_close((double)next.trust, 0.8, RULE_TOLERANCE);
    assert_close((double)next.unexplored, 0.7, RULE_TOLERANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance), cmocka_unit_test(reaching),   cmocka_unit_test(generation),
        cmocka_unit_test(hosting),  cmocka_unit_test(escalation), cmocka_unit_test(trust),
        cmocka_unit_test(learning), cmocka_unit_test(unexplored), cmocka_unit_test(newcomer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
