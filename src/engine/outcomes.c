/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/outcomes.h"

#include <math.h>

#include "base/exact.h"

/* Shannon entropy of the learning by pair of different sectors, divided by that of an even spread; 0 without learning. */
static double holism(const struct totals *totals, int lane)
{
    double learning[N_SECTOR_PAIRS];
    double sum = 0;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        learning[pair] = sector_pair_is_within(pair) ? 0 : (double)totals->learning[pair][lane];
        sum += learning[pair];
    }
    double entropy = 0;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        double share = sum > 0 ? learning[pair] / sum : 0;
        entropy -= share > 1e-300 ? share * exact_log(share) : 0;
    }
    return entropy / exact_log(N_SECTOR_PAIRS - N_SECTORS);
}

/* A month counted from 1, 0 while there is none: then the month after the last one. */
static double first_month(float month, const struct parameters *p)
{
    return month > 0 ? (double)month : p->months + 1.0;
}

static double sum_of_sectors(const lane_real of_sector[N_SECTORS], int lane)
{
    double sum = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        sum += (double)of_sector[sector][lane];
    }
    return sum;
}

static double mean_of(double sum, int n)
{
    return n > 0 ? sum / n : (double)NAN;
}

static void sector_columns(const struct block *block, const struct plan *plan, int lane, int sector,
                           double outcomes[N_OUTCOME_COLUMNS])
{
    double momentum = 0;
    int n_seats = 0, n_inside = 0;
    for (int seat = 0; seat < plan->n_seats; seat++) {
        int is_own = plan->seat[seat].sector == sector;
        int is_inside = is_own && block->inside[seat][lane];
        n_seats += is_own;
        n_inside += is_inside;
        momentum += is_inside ? (double)block->momentum[seat][lane] : 0;
    }
    double *of = outcomes + sector; /* the column of the sector */
    of[sector_outcome_column(SECTOR_OUTCOME_momentum_end_by_sector, 0)] = mean_of(momentum, n_inside);
    of[sector_outcome_column(SECTOR_OUTCOME_turnover_count_by_sector, 0)] =
        (double)block->totals.turnover[sector][lane];
    of[sector_outcome_column(SECTOR_OUTCOME_withdrawals_by_sector, 0)] =
        (double)block->totals.withdrawals[sector][lane];
    of[sector_outcome_column(SECTOR_OUTCOME_inclusion_by_sector, 0)] = mean_of(n_inside, n_seats);
}

static void pair_columns(const struct block *block, const struct plan *plan, int lane,
                         double outcomes[N_OUTCOME_COLUMNS])
{
    double trust[N_SECTOR_PAIRS] = {0}, open[N_SECTOR_PAIRS] = {0}, latent[N_SECTOR_PAIRS] = {0};
    int n[N_SECTOR_PAIRS] = {0};
    for (int tie = 0; tie < plan->n_ties; tie++) {
        const struct pair *pair = &plan->pair[tie];
        if (block->inside[pair->i][lane] && block->inside[pair->j][lane]) {
            trust[pair->sectors] += (double)block->trust[tie][lane];
            open[pair->sectors] += (double)block->open[tie][lane];
            latent[pair->sectors] += (double)block->latent[tie][lane];
            n[pair->sectors]++;
        }
    }
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        outcomes[pair_outcome_column(PAIR_OUTCOME_trust_end_by_pair, pair)] = mean_of(trust[pair], n[pair]);
        outcomes[pair_outcome_column(PAIR_OUTCOME_open_end_by_pair, pair)] = mean_of(open[pair], n[pair]);
        outcomes[pair_outcome_column(PAIR_OUTCOME_latent_end_by_pair, pair)] = mean_of(latent[pair], n[pair]);
        outcomes[pair_outcome_column(PAIR_OUTCOME_learning_by_pair, pair)] = (double)block->totals.learning[pair][lane];
    }
}

/* What there is to say of causes, results and the symptom. */
static void problem_columns(const struct block *block, const struct parameters *p, int lane,
                            double outcomes[N_OUTCOME_COLUMNS])
{
    const struct totals *totals = &block->totals;
    double months = p->months;
    double addressed = (double)totals->addressed_end[lane];
    double person_months = (double)totals->person_months[lane];
    outcomes[OUTCOME_structural_share] = addressed / (p->causes * p->layers);
    outcomes[OUTCOME_solved_share] = (double)totals->solved_end[lane] / p->causes;
    outcomes[OUTCOME_quick_results] = (double)totals->quick[lane];
    outcomes[OUTCOME_paper_results] = (double)totals->paper[lane];
    outcomes[OUTCOME_first_result_month] = first_month(totals->first_win[lane], p);
    outcomes[OUTCOME_first_layer_month] = first_month(totals->first_layer[lane], p);
    outcomes[OUTCOME_first_cause_month] = first_month(totals->first_cause[lane], p);
    outcomes[OUTCOME_symptom_burden] = (double)totals->symptom[lane] / months;
    outcomes[OUTCOME_symptom_year3] = p->months < 36 ? (double)NAN : (double)totals->symptom_year3[lane];
    outcomes[OUTCOME_symptom_after] = (double)block->symptom[lane];
    outcomes[OUTCOME_durability] = addressed > 0 ? block->n_addressed[lane] / addressed : (double)NAN;
    outcomes[OUTCOME_found_by_conflict] = (double)totals->found[SOURCE_CONFLICT][lane];
    outcomes[OUTCOME_found_by_analysis] = (double)totals->found[SOURCE_ANALYSIS][lane];
    outcomes[OUTCOME_found_by_doing] = (double)totals->found[SOURCE_DOING][lane];
    outcomes[OUTCOME_person_months] = person_months;
    outcomes[OUTCOME_person_months_per_layer] = addressed > 0 ? person_months / addressed : (double)NAN;
}

int outcomes_of(const struct block *block, const struct scenario *scenario, int lane,
                double outcomes[N_OUTCOME_COLUMNS])
{
    if (block->failed[lane]) {
        for (int column = 0; column < N_OUTCOME_COLUMNS; column++) {
            outcomes[column] = (double)NAN;
        }
        return 0;
    }
    const struct totals *totals = &block->totals;
    const struct plan *plan = &scenario->plan;
    double months = scenario->parameters.months;
    problem_columns(block, &scenario->parameters, lane, outcomes);
    outcomes[OUTCOME_trust_end] = (double)block->mean_trust[lane];
    outcomes[OUTCOME_momentum_end] = (double)block->mean_momentum[lane];
    outcomes[OUTCOME_latent_end] = (double)block->mean_latent[lane];
    outcomes[OUTCOME_open_end] = (double)block->mean_open[lane];
    outcomes[OUTCOME_unexplored_end] = (double)block->mean_unexplored[lane];
    outcomes[OUTCOME_escalations_per_tie] = (double)totals->escalations[lane];
    outcomes[OUTCOME_turnover_count] = sum_of_sectors(totals->turnover, lane);
    outcomes[OUTCOME_withdrawals] = sum_of_sectors(totals->withdrawals, lane);
    outcomes[OUTCOME_inclusion] = (double)block->n_inside[lane] / plan->n_seats;
    outcomes[OUTCOME_holism] = holism(totals, lane);
    outcomes[OUTCOME_survival] = block->alive[lane];
    outcomes[OUTCOME_sustained] = block->goes_on[lane];
    outcomes[OUTCOME_process_share] = (double)totals->process[lane] / months;
    outcomes[OUTCOME_pressure_mean] = (double)totals->pressure[lane] / months;
    outcomes[OUTCOME_relevance_mean] = (double)totals->relevance[lane] / months;
    outcomes[OUTCOME_budget_end] = (double)block->budget[lane];
    outcomes[OUTCOME_skill_end] = (double)block->skill[lane];
    for (int sector = 0; sector < N_SECTORS; sector++) {
        sector_columns(block, plan, lane, sector, outcomes);
    }
    pair_columns(block, plan, lane, outcomes);
    return 1;
}
