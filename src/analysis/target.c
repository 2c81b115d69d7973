/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/target.h"

#include <math.h>
#include <stdlib.h>

void target_fill(const struct results_info *info, const double *values, const struct target *target, double *out)
{
    size_t n = (size_t)info->n_replicates;
    for (size_t p = 0; p < (size_t)info->n_points; p++) {
        const double *row = values + p * (size_t)info->n_regimes * n;
        const double *regime = row + (size_t)target->regime * n;
        for (size_t k = 0; k < n; k++) {
            out[p * n + k] = regime[k] - (target->against >= 0 ? row[(size_t)target->against * n + k] : 0);
        }
    }
}

/* An outcome that is missing everywhere, and a file in which nothing was run yet, say nothing. */
static dredge_status check_values(const struct results_info *info, const struct target *target, size_t n,
                                  const double *values)
{
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            return DREDGE_OK;
        }
    }
    int is_difference = target->against >= 0;
    return status_fail(
        DREDGE_USAGE, "no run has a value of %s under %s%s%s; dredge compare tells what is missing and why",
        info->outcomes[target->outcome].name, info->regimes[target->regime],
        is_difference ? " and a partner under " : "", is_difference ? info->regimes[target->against] : "");
}

dredge_status target_read(struct results *results, const struct target *target, double **values, struct panel *panel)
{
    const struct results_info *info = results_info(results);
    size_t n = (size_t)info->n_points * (size_t)info->n_replicates;
    size_t n_all = n * (size_t)info->n_regimes;
    double *all = malloc((n_all + 1) * sizeof *all);
    *values = calloc(n + 1, sizeof **values);
    dredge_status status = DREDGE_OK;
    if (all == NULL || !*values) {
        status = status_no_memory((n_all + 1) * sizeof *all);
    }
    if (status == DREDGE_OK) {
        status = results_outcome_named(results, info->outcomes[target->outcome].name, 0, info->n_points, all);
    }
    if (status == DREDGE_OK) {
        target_fill(info, all, target, *values);
        *panel = (struct panel){.n_points = info->n_points,
                                .n_replicates = info->n_replicates,
                                .stride = (size_t)info->n_replicates,
                                .values = *values};
        status = check_values(info, target, n, *values);
    }
    if (status != DREDGE_OK) {
        free(*values);
        *values = NULL;
    }
    free(all);
    return status;
}

void target_points(const struct panel *panel, double *out)
{
    for (int p = 0; p < panel->n_points; p++) {
        out[p] = panel_point_mean(panel, p, NULL);
    }
}

/* What each replicate brings to all points: common[n_replicates], the mean over points of x_pk - m_p. */
static void common_values(const struct panel *panel, const double *points, double *common)
{
    for (int k = 0; k < panel->n_replicates; k++) {
        double sum = 0;
        int n = 0;
        for (int p = 0; p < panel->n_points; p++) {
            double d = panel->values[(size_t)p * panel->stride + (size_t)k] - points[p];
            sum += isnan(d) ? 0 : d;
            n += !isnan(d);
        }
        common[k] = n > 0 ? sum / n : 0;
    }
}

/* The squared standard error of the mean of a point, without what is common; NaN with fewer than two values. */
static double error_of(const struct panel *panel, int point, double mean, const double *common)
{
    const double *row = panel->values + (size_t)point * panel->stride;
    double squares = 0;
    int n = 0;
    for (int k = 0; k < panel->n_replicates; k++) {
        double d = row[k] - mean - common[k];
        squares += isnan(d) ? 0 : d * d;
        n += !isnan(d);
    }
    return n > 1 ? squares / (n - 1.0) / n : NAN;
}

dredge_status target_noise_share(const struct panel *panel, const double *points, double *share)
{
    double *common = malloc(((size_t)panel->n_replicates + 1) * sizeof *common);
    if (common == NULL) {
        return status_no_memory(((size_t)panel->n_replicates + 1) * sizeof *common);
    }
    common_values(panel, points, common);
    double sum = 0;
    double squares = 0;
    double errors = 0;
    int n = 0;
    int n_errors = 0;
    for (int p = 0; p < panel->n_points; p++) {
        double error = error_of(panel, p, points[p], common);
        errors += isnan(error) ? 0 : error;
        n_errors += !isnan(error);
        sum += isnan(points[p]) ? 0 : points[p];
        n += !isnan(points[p]);
    }
    for (int p = 0; p < panel->n_points; p++) {
        squares += isnan(points[p]) ? 0 : (points[p] - sum / n) * (points[p] - sum / n);
    }
    *share = n_errors > 0 && n > 1 && squares > 0 ? errors / n_errors / (squares / (n - 1.0)) : NAN;
    free(common);
    return DREDGE_OK;
}
