/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/steering.h"

/* The row of `iterative` in docs/model.md 5, with a formation. */
static struct helm iterative(void)
{
    struct helm helm = {.front = 0.6F,
                        .base = 0.30F,
                        .tension_gain = 1.0F,
                        .tension_setpoint = 0.2F,
                        .momentum_gain = 0.8F,
                        .momentum_setpoint = 0.5F,
                        .depth = 0.5F,
                        .depth_gain = 0.8F,
                        .formation_gate = 0.05F,
                        .kpi_weight = 0.2F,
                        .may_form = 1,
                        .may_end = 1};
    return helm;
}

/* base + tension_gain (Q + sensing L - setpoint) - momentum_gain max(0, setpoint - M) + swing */
static void planned(void **state)
{
    (void)state;
    struct helm helm = iterative();
    double tense = 0.30 + 1.0 * (0.25 + 0.5 * 0.4 - 0.2);
    assert_close((double)steering_planned(&helm, 0.5F, 0.25F, 0.4F, 0.7F), tense, RULE_TOLERANCE);
    assert_close((double)steering_planned(&helm, 0.5F, 0.25F, 0.4F, 0.35F), tense - 0.8 * (0.5 - 0.35), RULE_TOLERANCE);
    assert_close((double)steering_planned(&helm, 0, 0.25F, 0.4F, 0.5F), 0.30 + 0.25 - 0.2, RULE_TOLERANCE);
    helm.swing = -0.2F;
    assert_close((double)steering_planned(&helm, 0.5F, 0.25F, 0.4F, 0.7F), tense - 0.2, RULE_TOLERANCE);
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

    struct helm helm = iterative();
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
    struct helm helm = iterative();
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
        cmocka_unit_test(planned),
        cmocka_unit_test(crowded_out),
        cmocka_unit_test(formation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
