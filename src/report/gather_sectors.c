/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "report/gather.h"

/* Who gains and who loses: outcomes by sector, the headline regime against the baseline. */

const enum sector_outcome gather_sector_outcomes[GATHER_SECTOR_OUTCOMES] = {SECTOR_OUTCOME_momentum_end_by_sector,
                                                                            SECTOR_OUTCOME_withdrawals_by_sector};

static dredge_status compare_sector(const struct gathered *gathered, int row, const double *values, double *scratch,
                                    struct paired *paired)
{
    const struct results_info *info = gathered->info;
    const struct outcome_info *about = &outcome_infos[row];
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

dredge_status gather_sectors(struct results *results, struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_points * (size_t)info->n_replicates;
    if (gathered->choice.headline == gathered->comparison.baseline) {
        return DREDGE_OK;
    }
    double *values = malloc((n * (size_t)info->n_regimes + 1) * sizeof *values);
    double *scratch = malloc((n + 1) * sizeof *scratch);
    dredge_status status = DREDGE_OK;
    if (values == NULL || scratch == NULL) {
        status = status_no_memory((n * (size_t)info->n_regimes + 1) * sizeof *values);
    }
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        for (int sector = 0; status == DREDGE_OK && sector < N_SECTORS; sector++) {
            const char *name = outcome_columns[sector_outcome_column(gather_sector_outcomes[i], sector)].name;
            status = results_outcome_named(results, name, 0, info->n_points, values);
            if (status == DREDGE_OK) {
                status = compare_sector(gathered, N_OUTCOMES + (int)gather_sector_outcomes[i], values, scratch,
                                        &gathered->sectors[i][sector]);
            }
        }
    }
    gathered->has_sectors = status == DREDGE_OK;
    free(scratch);
    free(values);
    return status;
}
