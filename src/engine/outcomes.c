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

void outcomes_of(const struct block *block, const struct scenario *scenario, int lane,
                 double outcomes[N_OUTCOME_COLUMNS])
{
    for (int column = 0; column < N_OUTCOME_COLUMNS; column++) {
        outcomes[column] = (double)NAN;
    }
    const struct totals *totals = &block->totals;
    const struct parameters *p = &scenario->parameters;
    double months = p->months;
    double addressed = (double)totals->addressed_end[lane];
    double person_months = (double)totals->person_months[lane];
    float first = totals->first_win[lane];
    outcomes[OUTCOME_structural_share] = addressed / (p->causes * p->layers);
    outcomes[OUTCOME_solved_share] = (double)totals->solved_end[lane] / p->causes;
    outcomes[OUTCOME_quick_results] = (double)totals->quick[lane];
    outcomes[OUTCOME_first_result_month] = first < 0 ? months : (double)first;
    outcomes[OUTCOME_symptom_burden] = (double)totals->symptom[lane] / months;
    outcomes[OUTCOME_symptom_year3] = p->months < 36 ? (double)NAN : (double)totals->symptom_year3[lane];
    outcomes[OUTCOME_symptom_after] = (double)block->symptom[lane];
    outcomes[OUTCOME_durability] = addressed > 0 ? block->n_addressed[lane] / addressed : (double)NAN;
    outcomes[OUTCOME_trust_end] = (double)block->mean_trust[lane];
    outcomes[OUTCOME_momentum_end] = (double)block->mean_momentum[lane];
    outcomes[OUTCOME_latent_end] = (double)block->mean_latent[lane];
    outcomes[OUTCOME_open_end] = (double)block->mean_open[lane];
    outcomes[OUTCOME_escalations_per_tie] = (double)totals->escalations[lane];
    outcomes[OUTCOME_turnover_count] = (double)totals->turnover[lane];
    outcomes[OUTCOME_inclusion] = (double)block->n_inside[lane] / scenario->plan.n_seats;
    outcomes[OUTCOME_holism] = holism(totals, lane);
    outcomes[OUTCOME_survival] = block->alive[lane];
    outcomes[OUTCOME_process_share] = (double)totals->process[lane] / months;
    outcomes[OUTCOME_pressure_mean] = (double)totals->pressure[lane] / months;
    outcomes[OUTCOME_budget_end] = (double)block->budget[lane];
    outcomes[OUTCOME_person_months] = person_months;
    outcomes[OUTCOME_person_months_per_layer] = addressed > 0 ? person_months / addressed : (double)NAN;
}
