/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ranking.h"

#include <math.h>
#include <stdlib.h>

struct paired ranking_between(const struct ranking *ranking, int a, int b)
{
    size_t row = (size_t)(a > b ? a : b);
    size_t column = (size_t)(a > b ? b : a);
    const struct paired *paired = &ranking->pairs[row * (size_t)ranking->n_regimes + column];
    return a > b ? *paired : paired_turned(paired);
}

int ranking_clear(const struct ranking *ranking, int a, int b)
{
    struct paired paired = ranking_between(ranking, a, b);
    enum verdict verdict = paired_verdict(&paired);
    return (verdict == VERDICT_BETTER) - (verdict == VERDICT_WORSE);
}

static dredge_status compare_pairs(int n_points, int n_replicates, const double *values, struct reach reach,
                                   const struct question *question, double confidence, struct ranking *ranking)
{
    size_t n = (size_t)n_points * (size_t)n_replicates;
    size_t n_regimes = (size_t)ranking->n_regimes;
    double *scratch = malloc((n + 1) * sizeof *scratch);
    struct paired **listed = malloc((n_regimes * n_regimes + 1) * sizeof(struct paired *));
    dredge_status status = DREDGE_OK;
    int n_listed = 0;
    if (scratch == NULL || listed == NULL) {
        status = status_no_memory((n + 1) * sizeof *scratch);
    }
    struct panel panel = {
        .n_points = n_points, .n_replicates = n_replicates, .stride = n_regimes * (size_t)n_replicates, .reach = reach};
    for (size_t row = 1; status == DREDGE_OK && row < n_regimes; row++) {
        for (size_t column = 0; status == DREDGE_OK && column < row; column++) {
            struct panel panels[2] = {panel, panel};
            panels[0].values = values + row * (size_t)n_replicates;
            panels[1].values = values + column * (size_t)n_replicates;
            struct paired *paired = &ranking->pairs[row * n_regimes + column];
            status = paired_compare(&panels[0], &panels[1], question, confidence, scratch, paired);
            listed[n_listed++] = paired;
        }
    }
    if (status == DREDGE_OK) {
        paired_holm(n_listed, listed, confidence);
    }
    free(listed);
    free(scratch);
    return status;
}

/* Regimes by their means, those without one last; equal ones stay in the order of the study. */
static void put_in_order(const double *means, int better, struct ranking *ranking)
{
    for (int r = 0; r < ranking->n_regimes; r++) {
        int at = r;
        for (; at > 0; at--) {
            double before = means[ranking->order[at - 1]];
            if (isnan(means[r]) || !(isnan(before) || better * (means[r] - before) > 0)) {
                break;
            }
            ranking->order[at] = ranking->order[at - 1];
        }
        ranking->order[at] = r;
        ranking->n_placed += !isnan(means[r]);
    }
}

dredge_status ranking_compute(int n_points, int n_regimes, int n_replicates, const double *values, struct reach reach,
                              const struct question *question, double confidence, struct ranking *ranking)
{
    size_t n = (size_t)n_regimes;
    *ranking = (struct ranking){.n_regimes = n_regimes};
    if (question->better == 0) {
        return status_fail(DREDGE_USAGE, "an outcome without a better side has no ranking");
    }
    ranking->order = calloc(3 * n + 1, sizeof *ranking->order);
    ranking->pairs = calloc(n * n + 1, sizeof *ranking->pairs);
    double *means = calloc(n + 1, sizeof *means);
    dredge_status status = DREDGE_OK;
    if (ranking->order == NULL || ranking->pairs == NULL || means == NULL) {
        status = status_no_memory((n * n + 1) * sizeof *ranking->pairs);
        goto out;
    }
    ranking->first = ranking->order + n;
    ranking->last = ranking->first + n;
    for (size_t r = 0; status == DREDGE_OK && r < n; r++) {
        struct estimate mean;
        struct panel panel = {.n_points = n_points,
                              .n_replicates = n_replicates,
                              .stride = n * (size_t)n_replicates,
                              .values = values + r * (size_t)n_replicates,
                              .reach = reach};
        status = panel_estimate(&panel, confidence, &mean);
        means[r] = mean.mean;
    }
    if (status == DREDGE_OK) {
        put_in_order(means, question->better, ranking);
        status = compare_pairs(n_points, n_replicates, values, reach, question, confidence, ranking);
    }
    for (int i = 0; status == DREDGE_OK && i < ranking->n_placed; i++) {
        int regime = ranking->order[i];
        ranking->first[regime] = 1;
        ranking->last[regime] = ranking->n_placed;
        for (int k = 0; k < ranking->n_placed; k++) {
            int clear = k == i ? 0 : ranking_clear(ranking, regime, ranking->order[k]);
            ranking->first[regime] += clear < 0;
            ranking->last[regime] -= clear > 0;
        }
    }
out:
    free(means);
    if (status != DREDGE_OK) {
        ranking_free(ranking);
    }
    return status;
}

void ranking_free(struct ranking *ranking)
{
    free(ranking->order);
    free(ranking->pairs);
    *ranking = (struct ranking){0};
}
