/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "report/gather.h"

/* Who gains and who loses: outcomes by sector and by pair of sectors, the headline regime against the baseline. */

const enum sector_outcome gather_sector_outcomes[GATHER_SECTOR_OUTCOMES] = {SECTOR_OUTCOME_momentum_end_by_sector,
                                                                            SECTOR_OUTCOME_withdrawals_by_sector};
const enum pair_outcome gather_pair_outcomes[GATHER_PAIR_OUTCOMES] = {PAIR_OUTCOME_trust_end_by_pair,
                                                                      PAIR_OUTCOME_learning_by_pair};

/* Room for a row of all runs. */
struct work {
    double *values;  /* [places][n_points][n_regimes][n_replicates] */
    double *scratch; /* [n_points][n_replicates] */
};

static dredge_status compare_place(const struct gathered *gathered, const struct outcome_info *about,
                                   const double *values, double *scratch, struct paired *paired)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_replicates;
    struct panel panels[2];
    const int regimes[2] = {gathered->choice.headline, gathered->comparison.baseline};
    struct question question = {.better = about->better, .matters = about->matters};
    for (int i = 0; i < 2; i++) {
        panels[i] = (struct panel){.n_points = info->n_points,
                                   .n_replicates = info->n_replicates,
                                   .stride = n * (size_t)info->n_regimes,
                                   .values = values + (size_t)regimes[i] * n};
        outcome_bounds(about->unit, &panels[i].reach.low, &panels[i].reach.high);
    }
    return paired_compare(&panels[0], &panels[1], &question, 0.95, scratch, paired);
}

static dredge_status compare_row(struct results *results, const struct gathered *gathered, int row, int n_places,
                                 const struct work *work, struct paired *paired)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_points * (size_t)info->n_regimes * (size_t)info->n_replicates;
    dredge_status status =
        results_row_named(results, outcome_infos[row].name, n_places, 0, info->n_points, work->values);
    for (int place = 0; status == DREDGE_OK && place < n_places; place++) {
        status = compare_place(gathered, &outcome_infos[row], work->values + (size_t)place * n, work->scratch,
                               &paired[place]);
    }
    return status;
}

static dredge_status compare_all(struct results *results, struct gathered *gathered, const struct work *work)
{
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < GATHER_SECTOR_OUTCOMES; i++) {
        int row = outcome_columns[sector_outcome_column(gather_sector_outcomes[i], 0)].row;
        status = compare_row(results, gathered, row, N_SECTORS, work, gathered->sectors[i]);
    }
    for (int i = 0; status == DREDGE_OK && i < GATHER_PAIR_OUTCOMES; i++) {
        int row = outcome_columns[pair_outcome_column(gather_pair_outcomes[i], 0)].row;
        status = compare_row(results, gathered, row, N_SECTOR_PAIRS, work, gathered->sector_pairs[i]);
    }
    return status;
}

dredge_status gather_sectors(struct results *results, struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_points * (size_t)info->n_replicates;
    if (gathered->choice.headline == gathered->comparison.baseline) {
        return DREDGE_OK;
    }
    size_t n_values = N_SECTOR_PAIRS * n * (size_t)info->n_regimes + 1;
    const struct work work = {.values = malloc(n_values * sizeof *work.values),
                              .scratch = malloc((n + 1) * sizeof *work.scratch)};
    dredge_status status = work.values == NULL || work.scratch == NULL
                               ? status_no_memory(n_values * sizeof *work.values)
                               : compare_all(results, gathered, &work);
    free(work.scratch);
    free(work.values);
    return status;
}
