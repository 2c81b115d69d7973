/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "report/gather.h"
#include "study/factor.h"

/* Factors as axes of the map and of curves. */

/* A range so many times its low end, of positive values, is drawn logarithmically though its design does not say so. */
enum { WIDE = 30 };

/* The different values of n sorted ones, at most `most` + 1 of them. */
static int find_levels(size_t n, const double *sorted, int most, double *levels)
{
    int n_levels = 0;
    for (size_t i = 0; i < n && n_levels <= most; i++) {
        if (n_levels == 0 || sorted[i] != levels[n_levels - 1]) {
            levels[n_levels++] = sorted[i];
        }
    }
    return n_levels;
}

static void make_bins(struct axis *axis, double low, double high)
{
    axis->is_binned = 1;
    axis->n = GATHER_BINS;
    for (int b = 0; b < GATHER_BINS; b++) {
        double from = (double)b / GATHER_BINS;
        double to = (b + 1.0) / GATHER_BINS;
        axis->low[b] = axis->is_log ? low * pow(high / low, from) : low + (high - low) * from;
        axis->high[b] = axis->is_log ? low * pow(high / low, to) : low + (high - low) * to;
    }
    axis->high[GATHER_BINS - 1] = high;
}

static unsigned char level_of(const struct axis *axis, double value)
{
    int level = 0;
    while (level + 1 < axis->n && value >= axis->low[level + 1]) {
        level++;
    }
    return (unsigned char)level;
}

/* `sorted` is scratch of [n_points]. */
static dredge_status make_axis(const struct gathered *gathered, size_t factor, double *sorted, struct axis *axis)
{
    const struct results_info *info = gathered->info;
    const struct factor *own = &gathered->study.design.factors[factor];
    struct factor_about about = factor_about(own);
    size_t n = (size_t)info->n_points;
    double levels[GATHER_LEVELS + 1];
    for (size_t p = 0; p < n; p++) {
        sorted[p] = info->values[p * (size_t)info->n_factors + factor];
    }
    gsl_sort(sorted, 1, n);
    double low = sorted[0];
    double high = sorted[n - 1];
    axis->is_named = about.is_flag || about.names != NULL;
    axis->is_log =
        !axis->is_named && low > 0 &&
        (own->distribution == DISTRIBUTION_LOG || own->distribution == DISTRIBUTION_LOGNORMAL || high / low >= WIDE);
    int most = axis->is_named ? GATHER_LEVELS : GATHER_BINS;
    axis->n = find_levels(n, sorted, most, levels);
    if (axis->n > most) { /* of the range that was asked for, where the values are spread evenly over one */
        int is_even = own->distribution == DISTRIBUTION_UNIFORM || own->distribution == DISTRIBUTION_LOG;
        int is_asked = own->n_values == 0 && is_even && own->low <= low && own->high >= high;
        is_asked = is_asked && (own->low > 0 || !axis->is_log);
        make_bins(axis, is_asked ? own->low : low, is_asked ? own->high : high);
    }
    for (int level = 0; !axis->is_binned && level < axis->n; level++) {
        axis->low[level] = axis->high[level] = levels[level];
    }
    axis->level = malloc(n);
    if (axis->level == NULL) {
        return status_no_memory(n);
    }
    for (size_t p = 0; p < n; p++) {
        axis->level[p] = level_of(axis, info->values[p * (size_t)info->n_factors + factor]);
    }
    return DREDGE_OK;
}

dredge_status gather_axes(struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_factors;
    if (!gathered->has_drivers || gathered->study.design.n_factors != info->n_factors) {
        return DREDGE_OK;
    }
    double *sorted = malloc((size_t)info->n_points * sizeof *sorted);
    gathered->axes = calloc(n, sizeof *gathered->axes);
    gathered->strongest = calloc(n, sizeof *gathered->strongest);
    dredge_status status = DREDGE_OK;
    if (sorted == NULL || gathered->axes == NULL || gathered->strongest == NULL) {
        status = status_no_memory((size_t)info->n_points * sizeof *sorted);
    }
    for (size_t f = 0; status == DREDGE_OK && f < n; f++) {
        gathered->strongest[f] = (int)f;
        status = make_axis(gathered, f, sorted, &gathered->axes[f]);
    }
    free(sorted);
    return status;
}

dredge_status gather_curves(struct gathered *gathered, int driven, const struct panel *panel)
{
    size_t n = (size_t)gathered->info->n_factors;
    struct cells cells = {0};
    dredge_status status = cells_init(panel->n_points, panel->n_replicates, &cells);
    gathered->curves[driven] =
        gathered->axes != NULL ? calloc(n * GATHER_LEVELS, sizeof *gathered->curves[driven]) : NULL;
    if (status == DREDGE_OK && gathered->curves[driven] == NULL && gathered->axes != NULL) {
        status = status_no_memory(n * GATHER_LEVELS * sizeof *gathered->curves[driven]);
    }
    if (status == DREDGE_OK && gathered->axes != NULL) {
        cells_fill(&cells, panel);
    }
    for (size_t f = 0; status == DREDGE_OK && gathered->axes != NULL && f < n; f++) {
        const struct axis *axis = &gathered->axes[f];
        status = cells_find(&cells, axis->n, axis->level, 0.95, gathered->curves[driven] + f * GATHER_LEVELS);
    }
    cells_free(&cells);
    return status;
}
