/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "setup.h"

/* When the funder reviews and when a collaboration ends (docs/model.md 4.6, 4.7). The sizes of the steps stand in
 * test_funder.c and test_kernel_month.c. */

/* Without any effort the gap is 1, so that pressure moves at every review: p <- p + 0.7 (force - p). */
static void idle(struct setup *setup)
{
    setup_begin(setup, 3);
    setup_still(setup);
    setup_set(setup, "model.attempts", 0);
    setup_set(setup, "funder.review_months", 6);
}

/* Reviews come in months 5, 11, ... (counted from 0). */
static void review_dates(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    double expected = 0;
    idle(&setup);
    (void)setup_regime(&setup, "constant");
    rig_start(&rig, &setup, NULL, 0, 1);
    for (int month = 0; month < 30; month++) {
        rig_steps(&rig, 1);
        expected += (month + 1) % 6 == 0 ? 0.7 * (0.2 * 0.5 - expected) : 0;
        assert_close((double)rig.ensemble.blocks[0].pressure[0], expected, RULE_TOLERANCE);
    }
    assert_close(expected, 0.1, 0.01);
    rig_free(&rig);
}

/* No review in formation (12 months), and the wins of formation do not count at the first review after it. */
static void exempt_in_formation(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    idle(&setup);
    setup_regime(&setup, "linear_kpi")->formation_gate = 0;
    rig_start(&rig, &setup, NULL, 0, 1);
    struct block *block = &rig.ensemble.blocks[0];
    rig_steps(&rig, 10);
    block->counted_since[0] = 100;
    rig_steps(&rig, 2);
    assert_true(block->pressure[0] == 0.0F && block->budget[0] == 1.0F);
    assert_true(block->counted_since[0] == 0.0F);
    rig_steps(&rig, 6);
    assert_close((double)block->pressure[0], 0.7 * 0.8 * 0.5, RULE_TOLERANCE);
    rig_free(&rig);
}

/* The weight on KPIs is that of the steering in force in the month of the review. */
static void weight_of_the_phase(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    idle(&setup);
    (void)setup_regime(&setup, "constant");
    setup.regimes[0].n_phases = 2;
    setup.regimes[0].phase[1] = setup.regimes[0].phase[0];
    setup.regimes[0].phase[1].from = 5;
    setup.regimes[0].phase[1].steering.kpi_weight = 0.9;
    rig_start(&rig, &setup, NULL, 0, 1);
    rig_steps(&rig, 6);
    assert_close((double)rig.ensemble.blocks[0].pressure[0], 0.7 * 0.9 * 0.5, RULE_TOLERANCE);
    rig_free(&rig);
}

/* Government that funds and convenes leaves less room: force = kpi_weight (1 - room (1 - dual_role)). */
static void dual_role(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    idle(&setup);
    setup_set(&setup, "government.convenes", 1);
    (void)setup_regime(&setup, "constant");
    rig_start(&rig, &setup, NULL, 0, 1);
    rig_steps(&rig, 6);
    assert_close((double)rig.ensemble.blocks[0].pressure[0], 0.7 * 0.2 * (1 - 0.5 * 0.7), RULE_TOLERANCE);
    rig_free(&rig);
}

/* A collaboration ends in a month with probability phi(1 - M / collapse_below), M of the start of the month, and is not
 * alive again. */
static void endings(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    int n_ended = 0;
    idle(&setup);
    setup_set(&setup, "model.collapse_below", 1);
    (void)setup_regime(&setup, "constant");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    for (int month = 0; month < 10; month++) {
        struct block before = *block;
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            double chance = fraction(1 - (double)before.mean_momentum[lane]);
            int ends = (double)rig.ensemble.work.luck.effort[3][lane] < chance;
            assert_int_equal(block->alive[lane], before.alive[lane] && !ends);
            n_ended += before.alive[lane] && !block->alive[lane];
        }
    }
    assert_between(n_ended, 6, 16);
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(review_dates),
        cmocka_unit_test(exempt_in_formation),
        cmocka_unit_test(weight_of_the_phase),
        cmocka_unit_test(dual_role),
        cmocka_unit_test(endings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
