/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct panel comparison_panel(int n_points, int n_regimes, int n_replicates, const double *values, int regime)
{
    return (struct panel){.n_points = n_points,
                          .n_replicates = n_replicates,
                          .stride = (size_t)n_regimes * (size_t)n_replicates,
                          .values = values + (size_t)regime * (size_t)n_replicates};
}

/* Robustness from means by point and regime, in scratch of [n_points][n_regimes]. */
static dredge_status comparison_robustness(int n_points, int n_regimes, int n_replicates, const double *values,
                                           int better, double requirement, struct comparison_cell *cells)
{
    size_t n = (size_t)n_points * (size_t)n_regimes;
    double *means = malloc((n + 1) * sizeof *means);
    struct robustness *robustness = malloc(((size_t)n_regimes + 1) * sizeof *robustness);
    dredge_status status = DREDGE_OK;
    if (!means || !robustness) {
        status = status_no_memory((n + 1) * sizeof *means);
        goto out;
    }
    for (int r = 0; r < n_regimes; r++) {
        struct panel panel = comparison_panel(n_points, n_regimes, n_replicates, values, r);
        for (int p = 0; p < n_points; p++) {
            means[(size_t)p * (size_t)n_regimes + (size_t)r] = panel_point_mean(&panel, p, NULL);
        }
    }
    status = robustness_compute(n_points, n_regimes, means, better, requirement, robustness);
    for (int r = 0; status == DREDGE_OK && r < n_regimes; r++) {
        cells[r].robustness = robustness[r];
    }
out:
    free(robustness);
    free(means);
    return status;
}

/* Counts the points where the interval of the paired difference excludes 0; `difference` is [n_points][n_replicates]. */
static dredge_status comparison_count_points(const struct panel *difference, int better, double confidence,
                                             struct comparison_cell *cell)
{
    dredge_status status = DREDGE_OK;
    for (int p = 0; status == DREDGE_OK && better != 0 && p < difference->n_points; p++) {
        struct estimate estimate;
        struct panel point = *difference;
        point.n_points = 1;
        point.values += (size_t)p * difference->stride;
        status = panel_estimate(&point, confidence, &estimate);
        cell->n_points_better += better * estimate.low > 0 && better * estimate.high > 0;
        cell->n_points_worse += better * estimate.low < 0 && better * estimate.high < 0;
    }
    return status;
}

dredge_status comparison_outcome(int n_points, int n_regimes, int n_replicates, const double *values, int better,
                                 int baseline, double confidence, uint64_t seed, double *requirement,
                                 struct comparison_cell *cells)
{
    size_t n = (size_t)n_points * (size_t)n_replicates;
    double *scratch = malloc((n + 1) * sizeof *scratch);
    if (!scratch) {
        return status_no_memory((n + 1) * sizeof *scratch);
    }
    dredge_status status = DREDGE_OK;
    struct panel base = comparison_panel(n_points, n_regimes, n_replicates, values, baseline);
    for (int r = 0; status == DREDGE_OK && r < n_regimes; r++) {
        struct panel panel = comparison_panel(n_points, n_regimes, n_replicates, values, r);
        status = panel_estimate(&panel, confidence, &cells[r].mean);
        if (status == DREDGE_OK) {
            status = paired_compare(&panel, &base, better, confidence, seed, scratch, &cells[r].paired);
        }
        if (status == DREDGE_OK && r != baseline) {
            struct panel difference = {n_points, n_replicates, (size_t)n_replicates, scratch};
            status = comparison_count_points(&difference, better, confidence, &cells[r]);
        }
    }
    free(scratch);
    if (status == DREDGE_OK && baseline < n_regimes) {
        *requirement = cells[baseline].mean.mean;
        status = comparison_robustness(n_points, n_regimes, n_replicates, values, better, better ? *requirement : NAN,
                                       cells);
    }
    return status;
}

dredge_status comparison_read(struct results *results, int baseline, double confidence, uint64_t seed,
                              struct comparison *comparison)
{
    const struct results_info *info = results_info(results);
    size_t n_regimes = (size_t)info->n_regimes;
    size_t n_values = (size_t)info->n_points * n_regimes * (size_t)info->n_replicates;
    *comparison = (struct comparison){
        .n_points = info->n_points, .n_regimes = info->n_regimes, .baseline = baseline, .confidence = confidence};
    comparison->cells = calloc(N_OUTCOMES * n_regimes, sizeof *comparison->cells);
    double *values = malloc((n_values + 1) * sizeof *values);
    dredge_status status = DREDGE_OK;
    if (!values || !comparison->cells) {
        status = status_no_memory((n_values + 1) * sizeof *values);
    }
    for (int outcome = 0; status == DREDGE_OK && outcome < N_OUTCOMES; outcome++) {
        status = results_outcome(results, outcome, 0, info->n_points, values);
        if (status == DREDGE_OK) {
            status = comparison_outcome(
                info->n_points, info->n_regimes, info->n_replicates, values, outcome_infos[outcome].better, baseline,
                confidence, seed, &comparison->requirement[outcome], comparison->cells + (size_t)outcome * n_regimes);
        }
    }
    free(values);
    if (status != DREDGE_OK) {
        comparison_free(comparison);
    }
    return status;
}

void comparison_free(struct comparison *comparison)
{
    free(comparison->cells);
    *comparison = (struct comparison){0};
}

const struct comparison_cell *comparison_cell(const struct comparison *comparison, int outcome, int regime)
{
    return comparison->cells + (size_t)outcome * (size_t)comparison->n_regimes + (size_t)regime;
}

int comparison_regime(const struct results_info *info, const char *name)
{
    for (int r = 0; r < info->n_regimes; r++) {
        if (strcmp(info->regimes[r], name) == 0) {
            return r;
        }
    }
    return -1;
}
