/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "state.h"
#include "engine/outcomes.h"
#include "engine/rows.h"

/* 48 months, so that formation, reviews, turnover, joining and escalation have taken place, and 12 of aftercare. */
static void begin(struct setup *setup)
{
    setup_begin(setup, 20220101);
    setup_set(setup, "months", 48);
    setup_set(setup, "aftercare_months", 12);
}

enum { MONTHS = 60 };

/* A regime does the same whatever other regimes the study has, and wherever it stands among them. */
static void regimes_do_not_touch_each_other(void **state)
{
    (void)state;
    struct setup alone;
    struct setup together;
    struct rig one;
    struct rig many;
    begin(&alone);
    begin(&together);
    (void)setup_regime(&alone, "iterative");
    (void)setup_regime(&together, "results_only");
    (void)setup_regime(&together, "linear_kpi");
    (void)setup_regime(&together, "iterative");
    (void)setup_regime(&together, "process_only");
    rig_start(&one, &alone, NULL, 3, LANES);
    rig_start(&many, &together, NULL, 3, LANES);
    for (int month = 0; month < MONTHS; month++) {
        rig_steps(&one, 1);
        rig_steps(&many, 1);
        state_assert_block(&one.ensemble.blocks[0], &many.ensemble.blocks[2], &one.scenario);
    }
    rig_free(&one);
    rig_free(&many);
}

/* Replicate 21 does the same in any lane, beside any others. */
static void lanes_do_not_touch_each_other(void **state)
{
    (void)state;
    static const int firsts[] = {21, 20, 16, 14, 6};
    static const int n_lanes[] = {1, 2, 7, 16, 16};
    struct setup setup;
    struct rig rigs[5];
    begin(&setup);
    (void)setup_regime(&setup, "linear_kpi");
    for (int k = 0; k < 5; k++) {
        rig_start(&rigs[k], &setup, NULL, (uint32_t)firsts[k], n_lanes[k]);
        rig_steps(&rigs[k], MONTHS);
    }
    for (int k = 1; k < 5; k++) {
        state_assert_lane(&rigs[0].ensemble.blocks[0], 0, &rigs[k].ensemble.blocks[0], 21 - firsts[k],
                          &rigs[0].scenario);
    }
    for (int k = 0; k < 5; k++) {
        rig_free(&rigs[k]);
    }
}

/* Different replicates have different luck, and a different seed changes all of them. */
static void luck_differs(void **state)
{
    (void)state;
    struct setup setup;
    struct rig one;
    struct rig other;
    begin(&setup);
    (void)setup_regime(&setup, "iterative");
    rig_start(&one, &setup, NULL, 0, LANES);
    setup.seed++;
    rig_start(&other, &setup, NULL, 0, LANES);
    rig_steps(&one, 24);
    rig_steps(&other, 24);
    const float *a = one.ensemble.blocks[0].trust[0];
    const float *b = other.ensemble.blocks[0].trust[0];
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(a[lane] != b[lane]);
        assert_true(a[lane] != a[(lane + 1) % LANES]);
    }
    rig_free(&one);
    rig_free(&other);
}

/* An ensemble in memory of the caller, filled with rubbish, is the same; it ends in the same state again when it is
 * started again. */
static void memory_of_the_caller(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    struct ensemble placed;
    begin(&setup);
    (void)setup_regime(&setup, "linear_kpi");
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 40, 9);
    rig_steps(&rig, MONTHS);
    size_t n_bytes = ensemble_bytes(&rig.scenario);
    assert_int_equal(n_bytes % LANE_ALIGNMENT, 0);
    void *memory = rows_new(n_bytes);
    assert_non_null(memory);
    memset(memory, 0x5b, n_bytes);
    ensemble_place(&placed, kernel_best(), &rig.scenario, memory);
    for (int round = 0; round < 2; round++) {
        ensemble_start(&placed, 40, 9);
        ensemble_run(&placed, 1, NULL, NULL);
        assert_int_equal(placed.month, MONTHS);
        for (int regime = 0; regime < 2; regime++) {
            state_assert_block(&rig.ensemble.blocks[regime], &placed.blocks[regime], &rig.scenario);
        }
    }
    free(memory);
    rig_free(&rig);
}

/* What the sink saw: how often, and the last month of each regime. */
struct seen {
    int n[2], last[2], every;
};

static void look(void *context, int regime, int month, const struct work *work)
{
    struct seen *seen = context;
    assert_int_equal((month + 1) % seen->every, 0);
    assert_true(work->series[SERIES_symptom][0] > 0.0F);
    seen->n[regime]++;
    seen->last[regime] = month;
}

/* Samples come in the last month of each step, of every regime, aftercare included; looking changes nothing. */
static void samples(void **state)
{
    (void)state;
    static const int everies[] = {1, 7, 12, 60};
    struct setup setup;
    struct rig unseen;
    begin(&setup);
    (void)setup_regime(&setup, "linear_kpi");
    (void)setup_regime(&setup, "iterative");
    rig_start(&unseen, &setup, NULL, 0, 4);
    rig_steps(&unseen, MONTHS);
    for (int k = 0; k < 4; k++) {
        struct rig rig;
        struct seen seen = {.every = everies[k]};
        rig_start(&rig, &setup, NULL, 0, 4);
        ensemble_run(&rig.ensemble, everies[k], look, &seen);
        for (int regime = 0; regime < 2; regime++) {
            assert_int_equal(seen.n[regime], MONTHS / everies[k]);
            assert_int_equal(seen.last[regime], MONTHS / everies[k] * everies[k] - 1);
            state_assert_block(&rig.ensemble.blocks[regime], &unseen.ensemble.blocks[regime], &rig.scenario);
        }
        rig_free(&rig);
    }
    rig_free(&unseen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regimes_do_not_touch_each_other),
        cmocka_unit_test(lanes_do_not_touch_each_other),
        cmocka_unit_test(luck_differs),
        cmocka_unit_test(memory_of_the_caller),
        cmocka_unit_test(samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
