/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "setup.h"

/* Process shares over time: formation, swings and phases (docs/model.md 4.1). Pressure is kept at zero by full room. */

static void begin(struct setup *setup)
{
    setup_begin(setup, 3);
    setup_still(setup);
    setup_set(setup, "funder.room", 1);
    setup_set(setup, "convener.sensing", 0);
    setup_set(setup, "months", 60);
}

/* Steps a month and returns the process share of lane 0. */
static double step(struct rig *rig)
{
    rig_steps(rig, 1);
    return (double)rig->ensemble.work.process[0];
}

/* With the gate at 0, formation lasts its 12 months; after them base. */
static void formation_by_the_calendar(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_regime(&setup, "linear")->formation_gate = 0;
    rig_start(&rig, &setup, NULL, 0, 1);
    for (int month = 0; month < 24; month++) {
        assert_close(step(&rig), month < 12 ? 0.6 : 0.08, RULE_TOLERANCE);
    }
    rig_free(&rig);
}

/* Perceived tension below the gate ends formation, but not before month 3, and for good. */
static void formation_by_the_gate(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_regime(&setup, "linear")->formation_gate = 1; /* whatever is sensed is below it */
    rig_start(&rig, &setup, NULL, 0, 1);
    for (int month = 0; month < 6; month++) {
        assert_close(step(&rig), month < 3 ? 0.6 : 0.08, RULE_TOLERANCE);
    }
    rig_free(&rig);

    begin(&setup);
    setup_regime(&setup, "linear")->formation_gate = 0.01;
    rig_start(&rig, &setup, NULL, 0, 1);
    rig_steps(&rig, 5);
    struct block *block = &rig.ensemble.blocks[0];
    assert_true(block->formation[0] == 1 && block->mean_open[0] > 0.01F);
    block->mean_open[0] = 0.005F;
    assert_close(step(&rig), 0.08, RULE_TOLERANCE);
    assert_true(block->mean_open[0] > 0.01F); /* open again, but formation is over */
    assert_close(step(&rig), 0.08, RULE_TOLERANCE);
    rig_free(&rig);
}

/* +swing in the first half, - in the second; an odd length has its middle month in the first half (5 / 2 = 2.5). */
static void swings(void **state)
{
    (void)state;
    static const int halves[2][12] = {{1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1},
                                      {1, 1, 1, -1, -1, 1, 1, 1, -1, -1, 1, 1}};
    for (int k = 0; k < 2; k++) {
        struct setup setup;
        struct rig rig;
        begin(&setup);
        struct steering *steering = setup_regime(&setup, "alternating");
        steering->swing = 0.2;
        steering->swing_months = k == 0 ? 12 : 5;
        rig_start(&rig, &setup, NULL, 0, 1);
        for (int month = 0; month < 36; month++) {
            int place = k == 0 ? month % 12 : month % 5;
            assert_close(step(&rig), 0.30 + 0.2 * halves[k][place], RULE_TOLERANCE);
        }
        rig_free(&rig);
    }
}

/* From the month of a phase on its steering counts; a later phase does not start formation again. */
static void phases(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    (void)setup_regime(&setup, "constant");
    struct regime *regime = &setup.regimes[0];
    regime->n_phases = 3;
    for (int phase = 1; phase < 3; phase++) {
        regime->phase[phase] = regime->phase[0];
    }
    regime->phase[1].from = 10;
    regime->phase[1].steering.base = 0.7;
    regime->phase[2].from = 20;
    regime->phase[2].steering.front = 0.5;
    regime->phase[2].steering.formation_months = 40;
    rig_start(&rig, &setup, NULL, 0, 1);
    for (int month = 0; month < 40; month++) {
        assert_close(step(&rig), month >= 10 && month < 20 ? 0.7 : 0.3, RULE_TOLERANCE);
    }
    rig_free(&rig);
}

/* A formation that a later phase lengthens goes on. */
static void longer_formation(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_regime(&setup, "linear")->formation_gate = 0;
    struct regime *regime = &setup.regimes[0];
    regime->n_phases = 2;
    regime->phase[1] = regime->phase[0];
    regime->phase[1].from = 6;
    regime->phase[1].steering.formation_months = 20;
    rig_start(&rig, &setup, NULL, 0, 1);
    for (int month = 0; month < 30; month++) {
        assert_close(step(&rig), month < 20 ? 0.6 : 0.08, RULE_TOLERANCE);
    }
    rig_free(&rig);
}

/* Latent tension counts as far as the convener senses it, and formation may last longer than three months at least. */
static void sensed_tension(void **state)
{
    (void)state;
    for (int sensing = 0; sensing < 2; sensing++) {
        struct setup setup;
        struct rig rig;
        begin(&setup);
        setup_set(&setup, "convener.sensing", sensing);
        setup_set(&setup, "model.formation_least", 5);
        setup_set(&setup, "model.surface", 0); /* nothing is ever open */
        setup_regime(&setup, "linear")->formation_gate = 0.05;
        rig_start(&rig, &setup, NULL, 0, 1);
        assert_true(rig.ensemble.blocks[0].mean_latent[0] > 0.1F);
        for (int month = 0; month < 12; month++) {
            assert_close(step(&rig), sensing || month < 5 ? 0.6 : 0.08, RULE_TOLERANCE);
        }
        rig_free(&rig);
    }
}

/* Without a front there is no formation, whatever its months. */
static void no_front(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_regime(&setup, "linear")->front = 0;
    rig_start(&rig, &setup, NULL, 0, 1);
    assert_close(step(&rig), 0.08, RULE_TOLERANCE);
    assert_false(rig.ensemble.blocks[0].formation[0]);
    rig_free(&rig);
}

/* Layers found and not yet addressed turn effort from process to delivery. */
static void backlog(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_set(&setup, "model.attempts", 0);
    setup_regime(&setup, "constant")->backlog_gain = 0.2;
    rig_start(&rig, &setup, NULL, 0, 1);
    struct block *block = &rig.ensemble.blocks[0];
    for (int n = 0; n <= 4; n++) {
        block->n_diagnosed[0] = n + 2;
        block->n_addressed[0] = 2;
        for (int cause = 0; cause < 4; cause++) {
            block->diagnosed[cause][0] = 0;
        }
        assert_close(step(&rig), 0.30 - 0.2 * (n / 4.0 - 0.5), RULE_TOLERANCE);
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formation_by_the_calendar),
        cmocka_unit_test(formation_by_the_gate),
        cmocka_unit_test(sensed_tension),
        cmocka_unit_test(no_front),
        cmocka_unit_test(backlog),
        cmocka_unit_test(swings),
        cmocka_unit_test(phases),
        cmocka_unit_test(longer_formation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
