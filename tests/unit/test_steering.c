/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/steering.h"

/* The row of `iterative_deep` in docs/model.md 5, with a formation. */
static struct helm iterative_deep(void)
{
    struct helm helm = {.front = 0.6F,
                        .base = 0.30F,
                        .tension_gain = 1.0F,
                        .tension_setpoint = 0.2F,
                        .momentum_gain = 2.0F,
                        .momentum_setpoint = 0.6F,
                        .backlog_gain = 0.3F,
                        .backlog_setpoint = 0.5F,
                        .depth = 0.5F,
                        .depth_gain = 0.8F,
                        .depth_setpoint = 0.5F,
                        .formation_gate = 0.05F,
                        .kpi_weight = 0.2F,
                        .may_form = 1,
                        .may_end = 1};
    return helm;
}

/* Q + sensing L */
static void tension(void **state)
{
    (void)state;
    struct rates r = rules_default();
    struct view view = {.open = 0.25F, .latent = 0.4F};
    assert_close((double)steering_tension(&r, view), 0.25 + 0.5 * 0.4, RULE_TOLERANCE);
    r.sensing = 0;
    assert_close((double)steering_tension(&r, view), 0.25, RULE_TOLERANCE);
}

/* base + tension_gain (tension - setpoint) - momentum_gain max(0, setpoint - M) - backlog_gain (backlog - setpoint)
 * + swing */
static void planned(void **state)
{
    (void)state;
    struct helm helm = iterative_deep();
    struct view view = {.momentum = 0.7F, .backlog = 0.5F};
    double tense = 0.30 + 1.0 * (0.45 - 0.2);
    assert_close((double)steering_planned(&helm, view, 0.45F), tense, RULE_TOLERANCE);
    view.momentum = 0.45F;
    assert_close((double)steering_planned(&helm, view, 0.45F), tense - 2 * (0.6 - 0.45), RULE_TOLERANCE);
    view.momentum = 0.7F;
    view.backlog = 1.25F; /* much is known: deliver */
    assert_close((double)steering_planned(&helm, view, 0.45F), tense - 0.3 * 0.75, RULE_TOLERANCE);
    view.backlog = 0; /* nothing is known: dredge */
    assert_close((double)steering_planned(&helm, view, 0.45F), tense + 0.3 * 0.5, RULE_TOLERANCE);
    view.backlog = 0.5F;
    helm.rhythm = -0.2F;
    assert_close((double)steering_planned(&helm, view, 0.45F), tense - 0.2, RULE_TOLERANCE);
}

/* f + (s - f) / 3 */
static void fatigue(void **state)
{
    (void)state;
    assert_close((double)steering_fatigue(0.2F, 0.5F), 0.3, RULE_TOLERANCE);
    assert_close((double)steering_fatigue(0.3F, 0), 0.2, RULE_TOLERANCE);
}

/* clamp(s0, 0, 0.95) (1 - p) and clamp(h0, 0, 1) (1 - p) */
static void crowded_out(void **state)
{
    (void)state;
    assert_close((double)steering_process(0.4F, 0), 0.4, RULE_TOLERANCE);
    assert_close((double)steering_process(0.4F, 0.25F), 0.4 * 0.75, RULE_TOLERANCE);
    assert_close((double)steering_process(1.7F, 0), 0.95, RULE_TOLERANCE);
    assert_close((double)steering_process(1.7F, 0.5F), 0.95 * 0.5, RULE_TOLERANCE);
    assert_true(steering_process(-0.3F, 0.2F) == 0.0F);

    struct helm helm = iterative_deep();
    assert_close((double)steering_depth(&helm, 0.7F, 0), 0.5 + 0.8 * (0.7 - 0.5), RULE_TOLERANCE);
    assert_close((double)steering_depth(&helm, 0.3F, 0.25F), (0.5 + 0.8 * (0.3 - 0.5)) * 0.75, RULE_TOLERANCE);
    helm.depth_gain = 5;
    assert_close((double)steering_depth(&helm, 1, 0.5F), 0.5, RULE_TOLERANCE);
    assert_true(steering_depth(&helm, 0.01F, 0) == 0.0F);
}

/* Formation goes on only where it was, while its months last, and until little is open once it may end. */
static void formation(void **state)
{
    (void)state;
    struct helm helm = iterative_deep();
    assert_true(steering_formation(&helm, 1, 0.06F));
    assert_false(steering_formation(&helm, 1, 0.04F));
    assert_true(steering_formation(&helm, 1, 0.05F)); /* not below the gate */
    assert_false(steering_formation(&helm, 0, 0.06F));
    helm.may_end = 0;
    assert_true(steering_formation(&helm, 1, 0));
    helm.may_form = 0;
    assert_false(steering_formation(&helm, 1, 0.06F));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tension),     cmocka_unit_test(planned),   cmocka_unit_test(fatigue),
        cmocka_unit_test(crowded_out), cmocka_unit_test(formation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
