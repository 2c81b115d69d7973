/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ratio.h"

#include <math.h>
#include <stdlib.h>

/* Sums of one regime: those above and below the line. `share` is the structural share and stands for the layers before
 * aftercare; `effort` is person-months. */
static void add_runs(int outcome, size_t n, const double *own, const double *share, const double *effort,
                     double sums[2])
{
    for (size_t k = 0; k < n; k++) {
        if (outcome == OUTCOME_durability) {
            sums[0] += isnan(own[k]) ? 0 : own[k] * share[k];
            sums[1] += isnan(own[k]) ? 0 : share[k];
        } else {
            sums[0] += isnan(effort[k]) ? 0 : effort[k];
            sums[1] += isnan(own[k]) || own[k] == 0 ? 0 : effort[k] / own[k];
        }
    }
}

dredge_status ratio_read(struct results *results, int outcome, double *out)
{
    const struct results_info *info = results_info(results);
    size_t n = (size_t)info->n_replicates;
    size_t n_values = (size_t)info->n_points * (size_t)info->n_regimes * n;
    double *values = malloc((3 * n_values + 1) * sizeof *values);
    double(*sums)[2] = calloc((size_t)info->n_regimes + 1, sizeof *sums);
    dredge_status status = DREDGE_OK;
    if (values == NULL || sums == NULL) {
        status = status_no_memory((3 * n_values + 1) * sizeof *values);
        goto out;
    }
    const int needed[3] = {outcome, OUTCOME_structural_share, OUTCOME_person_months};
    for (size_t i = 0; status == DREDGE_OK && i < 3; i++) {
        status =
            results_outcome_named(results, outcome_infos[needed[i]].name, 0, info->n_points, values + i * n_values);
    }
    for (size_t p = 0; status == DREDGE_OK && p < (size_t)info->n_points; p++) {
        for (size_t r = 0; r < (size_t)info->n_regimes; r++) {
            const double *own = values + (p * (size_t)info->n_regimes + r) * n;
            add_runs(outcome, n, own, own + n_values, own + 2 * n_values, sums[r]);
        }
    }
    for (int r = 0; status == DREDGE_OK && r < info->n_regimes; r++) {
        out[r] = sums[r][1] > 0 ? sums[r][0] / sums[r][1] : NAN;
    }
out:
    free(sums);
    free(values);
    return status;
}
