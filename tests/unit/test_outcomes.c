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
    totals->relevance[LANE] = 90;
    totals->quick[LANE] = 77;
    totals->paper[LANE] = 6;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        totals->turnover[sector][LANE] = (float)(sector + 1);
        totals->withdrawals[sector][LANE] = sector == 2 ? 3 : 0;
    }
    for (int source = 0; source < N_SOURCES; source++) {
        totals->found[source][LANE] = (float)(5 - source);
    }
    totals->escalations[LANE] = 1.5F;
    totals->person_months[LANE] = 1250;
    totals->first_win[LANE] = 5;
    totals->first_layer[LANE] = 21;
    totals->first_cause[LANE] = 0;
    totals->addressed_end[LANE] = 5;
    totals->solved_end[LANE] = 1;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        totals->learning[pair][LANE] = pair < 3 ? 3 : 0;
    }
    block->n_addressed[LANE] = 4;
    block->symptom[LANE] = 0.25F;
    block->alive[LANE] = 1;
    block->goes_on[LANE] = 0;
    block->skill[LANE] = 0.75F;
    block->mean_unexplored[LANE] = 0.375F;
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
        {OUTCOME_first_result_month, 5},
        {OUTCOME_symptom_burden, 60.0 / 120},
        {OUTCOME_symptom_year3, 0.375},
        {OUTCOME_symptom_after, 0.25},
        {OUTCOME_durability, 4.0 / 5},
        {OUTCOME_trust_end, 0.5},
        {OUTCOME_momentum_end, 0.625},
        {OUTCOME_latent_end, 0.125},
        {OUTCOME_open_end, 0.0625},
        {OUTCOME_escalations_per_tie, 1.5},
        {OUTCOME_turnover_count, 10},
        {OUTCOME_inclusion, 11.0 / 14},
        {OUTCOME_holism, log(2) / log(6)}, /* spread evenly over two of six pairs */
        {OUTCOME_survival, 1},
        {OUTCOME_process_share, 30.0 / 120},
        {OUTCOME_pressure_mean, 12.0 / 120},
        {OUTCOME_budget_end, 0.875},
        {OUTCOME_person_months, 1250},
        {OUTCOME_person_months_per_layer, 1250.0 / 5},
        {OUTCOME_first_layer_month, 21},
        {OUTCOME_first_cause_month, 121},
        {OUTCOME_withdrawals, 3},
        {OUTCOME_sustained, 0},
        {OUTCOME_found_by_conflict, 5},
        {OUTCOME_found_by_analysis, 4},
        {OUTCOME_found_by_doing, 3},
        {OUTCOME_skill_end, 0.75},
        {OUTCOME_relevance_mean, 90.0 / 120},
        {OUTCOME_unexplored_end, 0.375},
        {OUTCOME_paper_results, 6},
    };
    int n = sizeof cases / sizeof cases[0];
    assert_int_equal(n, N_OUTCOMES);
    for (int k = 0; k < n; k++) {
        assert_int_equal(cases[k].outcome, k);
        assert_close(outcomes[k], cases[k].expected, 1e-14);
    }
    rig_free(&rig);
}

/* The same number, or both missing. */
static void assert_equal_or_missing(double got, double expected)
{
    assert_int_equal(isnan(got), isnan(expected));
    assert_close(isnan(got) ? 0 : got, isnan(expected) ? 0 : expected, 1e-14);
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
    block->totals.first_win[LANE] = 0;
    block->alive[LANE] = 0;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        block->totals.learning[pair][LANE] = 0;
    }
    outcomes_of(block, &rig.scenario, LANE, outcomes);
    assert_true(isnan(outcomes[OUTCOME_durability]));
    assert_true(isnan(outcomes[OUTCOME_person_months_per_layer]));
    assert_true(isnan(outcomes[OUTCOME_symptom_year3]));
    assert_close(outcomes[OUTCOME_first_result_month], 36, 0);
    assert_close(outcomes[OUTCOME_holism], 0, 0);
    assert_close(outcomes[OUTCOME_survival], 0, 0);
    block->failed[LANE] = 7; /* then nothing is */
    assert_false(outcomes_of(block, &rig.scenario, LANE, outcomes));
    for (int column = 0; column < N_OUTCOME_COLUMNS; column++) {
        assert_true(isnan(outcomes[column]));
    }
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

/* By sector and by pair of sectors, over insiders only: nonprofit has left the table, and of knowledge one person stays. */
static void by_sector(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    double outcomes[N_OUTCOME_COLUMNS];
    setup_begin(&setup, 1);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    totals_of(block);
    for (int seat = 0; seat < 14; seat++) {
        int sector = rig.scenario.plan.seat[seat].sector;
        block->momentum[seat][LANE] = 0.5F + 0.03125F * (float)seat;
        block->inside[seat][LANE] = seat < 10 && sector != SECTOR_NONPROFIT && seat != 9;
    }
    for (int tie = 0; tie < rig.scenario.plan.n_ties; tie++) {
        const struct pair *pair = &rig.scenario.plan.pair[tie];
        int is_inside = block->inside[pair->i][LANE] && block->inside[pair->j][LANE];
        block->trust[tie][LANE] = is_inside ? 0.0625F * (float)pair->sectors : 1;
        block->open[tie][LANE] = is_inside ? 0.03125F * (float)pair->sectors : 1;
        block->latent[tie][LANE] = is_inside ? 0.015625F * (float)pair->sectors : 1;
    }
    assert_true(outcomes_of(block, &rig.scenario, LANE, outcomes));
    /* seats 0 to 2 public, 3 to 5 private, 6 and 7 nonprofit, 8 and 9 knowledge; one of each outside */
    static const double momentum[] = {0.53125, 0.625, NAN, 0.75}, inclusion[] = {0.75, 0.75, 0, 1.0 / 3};
    for (int sector = 0; sector < N_SECTORS; sector++) {
        assert_equal_or_missing(outcomes[sector_outcome_column(SECTOR_OUTCOME_momentum_end_by_sector, sector)],
                                momentum[sector]);
        assert_close(outcomes[sector_outcome_column(SECTOR_OUTCOME_inclusion_by_sector, sector)], inclusion[sector],
                     1e-14);
        assert_close(outcomes[sector_outcome_column(SECTOR_OUTCOME_turnover_count_by_sector, sector)], sector + 1, 0);
        assert_close(outcomes[sector_outcome_column(SECTOR_OUTCOME_withdrawals_by_sector, sector)], sector == 2 ? 3 : 0,
                     0);
    }
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        int is_there =
            pair == 0 || pair == 1 || pair == 3 || pair == 4 || pair == 6; /* one of knowledge: no tie within */
        assert_equal_or_missing(outcomes[pair_outcome_column(PAIR_OUTCOME_trust_end_by_pair, pair)],
                                is_there ? 0.0625 * pair : (double)NAN);
        assert_equal_or_missing(outcomes[pair_outcome_column(PAIR_OUTCOME_open_end_by_pair, pair)],
                                is_there ? 0.03125 * pair : (double)NAN);
        assert_equal_or_missing(outcomes[pair_outcome_column(PAIR_OUTCOME_latent_end_by_pair, pair)],
                                is_there ? 0.015625 * pair : (double)NAN);
        assert_close(outcomes[pair_outcome_column(PAIR_OUTCOME_learning_by_pair, pair)], pair < 3 ? 3 : 0, 0);
    }
    rig_free(&rig);
}

/* What is observed by sector after a month agrees with the outcomes of a run that ends there. */
static void observed_by_sector(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 11);
    setup_set(&setup, "months", 40);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig.scenario.by_sector = 1;
    rig_steps(&rig, 40);
    const struct block *block = &rig.ensemble.blocks[0];
    struct work *work = &rig.ensemble.work;
    rig.ensemble.kernel->observe(block, work, &rig.scenario);
    static const int same[][2] = {
        {SECTOR_OUTCOME_momentum_end_by_sector, SECTOR_SERIES_momentum_by_sector},
        {SECTOR_OUTCOME_inclusion_by_sector, SECTOR_SERIES_inclusion_by_sector},
    };
    static const int same_pairs[][2] = {
        {PAIR_OUTCOME_trust_end_by_pair, PAIR_SERIES_trust_by_pair},
        {PAIR_OUTCOME_open_end_by_pair, PAIR_SERIES_open_by_pair},
        {PAIR_OUTCOME_latent_end_by_pair, PAIR_SERIES_latent_by_pair},
    };
    for (int lane = 0; lane < LANES; lane++) {
        double outcomes[N_OUTCOME_COLUMNS];
        assert_true(outcomes_of(block, &rig.scenario, lane, outcomes));
        for (int k = 0; k < 2; k++) {
            for (int sector = 0; sector < N_SECTORS; sector++) {
                double end = outcomes[sector_outcome_column((enum sector_outcome)same[k][0], sector)];
                int column = sector_series_column((enum sector_series)same[k][1], sector);
                assert_close((double)work->series[column][lane], isnan(end) ? 0 : end, 1e-6);
            }
        }
        for (int k = 0; k < 3; k++) {
            for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
                double end = outcomes[pair_outcome_column((enum pair_outcome)same_pairs[k][0], pair)];
                int column = pair_series_column((enum pair_series)same_pairs[k][1], pair);
                assert_close((double)work->series[column][lane], isnan(end) ? 0 : end, 1e-6);
            }
        }
        for (int sector = 0; sector < N_SECTORS; sector++) {
            int left = sector_series_column(SECTOR_SERIES_turnover_by_sector, sector);
            int withdrew = sector_series_column(SECTOR_SERIES_withdrawals_by_sector, sector);
            assert_close((double)work->series[left][lane], work->left[sector][lane], 0);
            assert_close((double)work->series[withdrew][lane], work->withdrew[sector][lane], 0);
        }
        for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
            int learning = pair_series_column(PAIR_SERIES_learning_by_pair, pair);
            assert_close((double)work->series[learning][lane], (double)work->pair_learning[pair][lane], 0);
        }
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),   cmocka_unit_test(undefined),          cmocka_unit_test(holism),
        cmocka_unit_test(by_sector), cmocka_unit_test(observed_by_sector),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
