/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "setup.h"
#include "engine/outcomes.h"

/* Outcomes of a block whose totals are set by hand (docs/model.md 6). */

enum { LANE = 3 };

static void totals_of(struct block *block)
{
    struct totals *totals = &block->totals;
    totals->process[LANE] = 30;
    totals->pressure[LANE] = 12;
    totals->symptom[LANE] = 60;
    totals->symptom_year3[LANE] = 0.375F;
    totals->quick[LANE] = 77;
    totals->turnover[LANE] = 9;
    totals->escalations[LANE] = 1.5F;
    totals->person_months[LANE] = 1250;
    totals->first_win[LANE] = 4;
    totals->addressed_end[LANE] = 5;
    totals->solved_end[LANE] = 1;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        totals->learning[pair][LANE] = pair < 3 ? 3 : 0;
    }
    block->n_addressed[LANE] = 4;
    block->symptom[LANE] = 0.25F;
    block->alive[LANE] = 1;
    block->budget[LANE] = 0.875F;
    block->n_inside[LANE] = 11;
    block->mean_trust[LANE] = 0.5F;
    block->mean_momentum[LANE] = 0.625F;
    block->mean_latent[LANE] = 0.125F;
    block->mean_open[LANE] = 0.0625F;
}

static void by_hand(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    double outcomes[N_OUTCOME_COLUMNS];
    setup_begin(&setup, 1);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    totals_of(&rig.ensemble.blocks[0]);
    outcomes_of(&rig.ensemble.blocks[0], &rig.scenario, LANE, outcomes);
    const struct {
        enum outcome outcome;
        double expected;
    } cases[] = {
        {OUTCOME_structural_share, 5.0 / 12},
        {OUTCOME_solved_share, 1.0 / 4},
        {OUTCOME_quick_results, 77},
        {OUTCOME_first_result_month, 4},
        {OUTCOME_symptom_burden, 60.0 / 120},
        {OUTCOME_symptom_year3, 0.375},
        {OUTCOME_symptom_after, 0.25},
        {OUTCOME_durability, 4.0 / 5},
        {OUTCOME_trust_end, 0.5},
        {OUTCOME_momentum_end, 0.625},
        {OUTCOME_latent_end, 0.125},
        {OUTCOME_open_end, 0.0625},
        {OUTCOME_escalations_per_tie, 1.5},
        {OUTCOME_turnover_count, 9},
        {OUTCOME_inclusion, 11.0 / 14},
        {OUTCOME_holism, log(2) / log(6)}, /* spread evenly over two of six pairs */
        {OUTCOME_survival, 1},
        {OUTCOME_process_share, 30.0 / 120},
        {OUTCOME_pressure_mean, 12.0 / 120},
        {OUTCOME_budget_end, 0.875},
        {OUTCOME_person_months, 1250},
        {OUTCOME_person_months_per_layer, 1250.0 / 5},
    };
    int n = sizeof cases / sizeof cases[0];
    assert_int_equal(n, N_OUTCOMES);
    for (int k = 0; k < n; k++) {
        assert_int_equal(cases[k].outcome, k);
        assert_close(outcomes[k], cases[k].expected, 1e-14);
    }
    rig_free(&rig);
}

/* What is not defined: nothing addressed, no win, no learning, fewer than 36 months. */
static void undefined(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    double outcomes[N_OUTCOME_COLUMNS];
    setup_begin(&setup, 1);
    setup_set(&setup, "months", 35);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    totals_of(block);
    block->totals.addressed_end[LANE] = 0;
    block->n_addressed[LANE] = 0;
    block->totals.first_win[LANE] = -1;
    block->alive[LANE] = 0;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        block->totals.learning[pair][LANE] = 0;
    }
    outcomes_of(block, &rig.scenario, LANE, outcomes);
    assert_true(isnan(outcomes[OUTCOME_durability]));
    assert_true(isnan(outcomes[OUTCOME_person_months_per_layer]));
    assert_true(isnan(outcomes[OUTCOME_symptom_year3]));
    assert_close(outcomes[OUTCOME_first_result_month], 35, 0);
    assert_close(outcomes[OUTCOME_holism], 0, 0);
    assert_close(outcomes[OUTCOME_survival], 0, 0);
    rig_free(&rig);
}

/* Learning spread evenly over all six pairs has the entropy 1; over one, 0. */
static void holism(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 1);
    setup_set(&setup, "months", 36);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    static const int different[] = {1, 2, 3, 5, 6, 8};
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        block->totals.learning[pair][LANE] = sector_pair_is_within(pair) ? 9 : 0; /* counts for nothing */
    }
    for (int n = 1; n <= 6; n++) {
        double outcomes[N_OUTCOME_COLUMNS];
        block->totals.learning[different[n - 1]][LANE] = 0.7F;
        outcomes_of(block, &rig.scenario, LANE, outcomes);
        assert_close(outcomes[OUTCOME_holism], log(n) / log(6), 1e-14);
        assert_true(!isnan(outcomes[OUTCOME_symptom_year3])); /* 36 months are enough */
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(undefined),
        cmocka_unit_test(holism),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
