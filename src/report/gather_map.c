/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "report/gather.h"

/* Where the verdict flips: means and differences in cells of two factors. */

enum { MAP_MAX_VALUES = 300000 }; /* so that a page stays small */

/* Numbers in the maps over the first n of the strongest factors. */
static size_t count_values(const struct gathered *gathered, int n)
{
    size_t n_cells = 0;
    for (int i = 0; i < n; i++) {
        for (int k = i + 1; k < n; k++) {
            n_cells +=
                (size_t)gathered->axes[gathered->strongest[i]].n * (size_t)gathered->axes[gathered->strongest[k]].n;
        }
    }
    return n_cells * (size_t)gathered->comparison.n_outcomes * (size_t)gathered->n_map_values;
}

static dredge_status make_pair(const struct gathered *gathered, int across, int up, struct map_pair *pair)
{
    const struct axis *x = &gathered->axes[across];
    const struct axis *y = up >= 0 ? &gathered->axes[up] : NULL;
    *pair = (struct map_pair){.across = across, .up = up, .n_across = x->n};
    pair->n_cells = x->n * (y != NULL ? y->n : 1);
    size_t n = (size_t)pair->n_cells * (size_t)gathered->n_map_values * (size_t)gathered->comparison.n_outcomes;
    pair->n_points = calloc((size_t)pair->n_cells, sizeof *pair->n_points);
    pair->values = malloc(n * sizeof *pair->values);
    if (pair->n_points == NULL || pair->values == NULL) {
        return status_no_memory(n * sizeof *pair->values);
    }
    for (int p = 0; p < gathered->info->n_points; p++) {
        pair->n_points[x->level[p] + x->n * (y != NULL ? y->level[p] : 0)]++;
    }
    return DREDGE_OK;
}

dredge_status gather_map_begin(struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    int n = 1;
    if (gathered->axes == NULL) {
        return DREDGE_OK;
    }
    gathered->n_map_values = info->n_regimes + 3 * (info->n_regimes - 1);
    if (gathered->drivers[0].n_factors == info->n_factors && gathered->drivers[0].drivers.n_points > 1) {
        sensitivity_order(&gathered->drivers[0], gathered->strongest);
    }
    n = info->n_factors > 1 ? 2 : 1;
    while (n > 1 && n < GATHER_AXES && n < info->n_factors && count_values(gathered, n + 1) <= MAP_MAX_VALUES) {
        n++;
    }
    int n_pairs = n > 1 ? n * (n - 1) / 2 : 1;
    gathered->map_pairs = calloc((size_t)n_pairs, sizeof *gathered->map_pairs);
    if (gathered->map_pairs == NULL) {
        return status_no_memory((size_t)n_pairs * sizeof *gathered->map_pairs);
    }
    dredge_status status = DREDGE_OK;
    if (n == 1) {
        status = make_pair(gathered, gathered->strongest[0], -1, &gathered->map_pairs[gathered->n_map_pairs++]);
    }
    for (int i = 0; i < n; i++) {
        for (int k = i + 1; status == DREDGE_OK && k < n; k++) {
            status = make_pair(gathered, gathered->strongest[i], gathered->strongest[k],
                               &gathered->map_pairs[gathered->n_map_pairs++]);
        }
    }
    return status;
}

/* The cell of every point: of[n_points]. */
static void find_cells(const struct gathered *gathered, const struct map_pair *pair, unsigned char *of)
{
    const struct axis *x = &gathered->axes[pair->across];
    const struct axis *y = pair->up >= 0 ? &gathered->axes[pair->up] : NULL;
    for (int p = 0; p < gathered->info->n_points; p++) {
        of[p] = (unsigned char)(x->level[p] + x->n * (y != NULL ? y->level[p] : 0));
    }
}

struct map_work {
    struct cells cells;
    unsigned char *of;  /* [n_points] */
    double *difference; /* [n_points][n_replicates] */
};

static void put_means(const struct map_work *work, const struct map_pair *pair, float *out)
{
    double means[GATHER_LEVELS * GATHER_LEVELS];
    cells_means(&work->cells, pair->n_cells, work->of, means);
    for (int c = 0; c < pair->n_cells; c++) {
        out[c] = (float)means[c];
    }
}

static dredge_status put_differences(const struct map_work *work, const struct map_pair *pair, float *out)
{
    struct cell found[GATHER_LEVELS * GATHER_LEVELS];
    dredge_status status = cells_find(&work->cells, pair->n_cells, work->of, 0.95, found);
    for (int c = 0; status == DREDGE_OK && c < pair->n_cells; c++) {
        out[c] = (float)found[c].mean;
        out[pair->n_cells + c] = (float)found[c].low;
        out[2 * pair->n_cells + c] = (float)found[c].high;
    }
    return status;
}

/* One regime on one outcome, in all maps. */
static dredge_status put_regime(struct gathered *gathered, int outcome, const double *values, int regime,
                                struct map_work *work)
{
    const struct results_info *info = gathered->info;
    size_t n_replicates = (size_t)info->n_replicates;
    size_t stride = n_replicates * (size_t)info->n_regimes;
    int baseline = gathered->comparison.baseline;
    struct panel own = {.n_points = info->n_points,
                        .n_replicates = info->n_replicates,
                        .stride = stride,
                        .values = values + (size_t)regime * n_replicates};
    struct panel other = own;
    struct panel difference = own;
    other.values = values + (size_t)baseline * n_replicates;
    dredge_status status = DREDGE_OK;
    for (int step = 0; status == DREDGE_OK && step < (regime == baseline ? 1 : 2); step++) {
        if (step == 1) { /* after the means, the differences */
            panel_difference(&own, &other, work->difference);
            difference.stride = n_replicates;
            difference.values = work->difference;
            double low;
            double high;
            outcome_bounds(gathered->comparison.row[outcome].unit, &low, &high);
            difference.reach = (struct reach){.low = low - high, .high = high - low};
        }
        (step == 0 ? cells_fill_means : cells_fill)(&work->cells, step == 0 ? &own : &difference);
        for (int i = 0; status == DREDGE_OK && i < gathered->n_map_pairs; i++) {
            const struct map_pair *pair = &gathered->map_pairs[i];
            float *out = pair->values + (size_t)outcome * (size_t)gathered->n_map_values * (size_t)pair->n_cells;
            int at = regime - (regime > baseline);
            find_cells(gathered, pair, work->of);
            if (step == 0) {
                put_means(work, pair, out + (size_t)regime * (size_t)pair->n_cells);
            } else {
                status = put_differences(work, pair, out + (size_t)(info->n_regimes + 3 * at) * (size_t)pair->n_cells);
            }
        }
    }
    return status;
}

dredge_status gather_map_outcome(struct gathered *gathered, int outcome, const double *values)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)info->n_points;
    struct map_work work = {0};
    if (gathered->n_map_pairs == 0) {
        return DREDGE_OK;
    }
    dredge_status status = cells_init(info->n_points, info->n_replicates, &work.cells);
    work.of = malloc(n);
    work.difference = malloc(n * (size_t)info->n_replicates * sizeof *work.difference);
    if (status == DREDGE_OK && (work.of == NULL || work.difference == NULL)) {
        status = status_no_memory(n * (size_t)info->n_replicates * sizeof *work.difference);
    }
    for (int r = 0; status == DREDGE_OK && r < info->n_regimes; r++) {
        status = put_regime(gathered, outcome, values, r, &work);
    }
    cells_free(&work.cells);
    free(work.of);
    free(work.difference);
    return status;
}

void gather_free_map(struct gathered *gathered)
{
    for (int i = 0; i < gathered->n_map_pairs; i++) {
        free(gathered->map_pairs[i].n_points);
        free(gathered->map_pairs[i].values);
    }
    for (int f = 0; gathered->axes != NULL && f < gathered->info->n_factors; f++) {
        free(gathered->axes[f].level);
    }
    for (int i = 0; i < GATHER_DRIVEN; i++) {
        free(gathered->curves[i]);
    }
    free(gathered->map_pairs);
    free(gathered->axes);
    free(gathered->strongest);
}
