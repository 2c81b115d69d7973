/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/stream.h"
#include "model/purpose.h"
#include "report/gather.h"

/* Values of the map, so that a page stays small. */
enum { MAP_MAX_VALUES = 400000 };

/* All points, or a random sample of them in their own order (selection sampling, Knuth 1997, algorithm 3.4.2S). */
static void map_choose(int n_points, int n_chosen, uint64_t seed, int *chosen)
{
    int n = 0;
    for (int p = 0; p < n_points && n < n_chosen; p++) {
        struct stream_address address = {
            .seed = seed, .purpose = PURPOSE_RESAMPLE, .entity = 100, .index = (uint32_t)p};
        uint32_t words[4];
        stream_words(&address, words);
        if ((int)stream_choice(words[0], (uint32_t)(n_points - p)) < n_chosen - n) {
            chosen[n++] = p;
        }
    }
}

dredge_status gather_map_begin(struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    if (info->n_factors == 0) {
        return DREDGE_OK;
    }
    gathered->n_map_values = 3 * info->n_regimes - 2;
    int most = MAP_MAX_VALUES / N_OUTCOMES / gathered->n_map_values;
    gathered->n_map_points = info->n_points < most ? info->n_points : most;
    size_t n = (size_t)gathered->n_map_points;
    size_t n_values = n * (size_t)gathered->n_map_values * N_OUTCOMES;
    gathered->map_points = calloc(n + 1, sizeof *gathered->map_points);
    gathered->map = calloc(n_values + 1, sizeof *gathered->map);
    if (gathered->map_points == NULL || gathered->map == NULL) {
        return status_no_memory(n_values * sizeof *gathered->map);
    }
    map_choose(info->n_points, gathered->n_map_points, gathered->study.seed, gathered->map_points);
    return DREDGE_OK;
}

/* Mean and standard error of the pairs of one point. */
static void map_difference(int n, const double *regime, const double *baseline, float *mean, float *se)
{
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int k = 0; k < n; k++) {
        double d = regime[k] - baseline[k];
        sum += isnan(d) ? 0 : d;
        count += !isnan(d);
    }
    for (int k = 0; k < n; k++) {
        double d = regime[k] - baseline[k] - sum / count;
        squares += isnan(d) ? 0 : d * d;
    }
    *mean = count > 0 ? (float)(sum / count) : NAN;
    *se = count > 1 ? (float)sqrt(squares / (count - 1.0) / count) : NAN;
}

void gather_map_outcome(struct gathered *gathered, int outcome, const double *values)
{
    const struct results_info *info = gathered->info;
    size_t n = (size_t)gathered->n_map_points;
    size_t n_regimes = (size_t)info->n_regimes;
    size_t n_replicates = (size_t)info->n_replicates;
    if (n == 0) {
        return;
    }
    float *own = gathered->map + (size_t)outcome * (size_t)gathered->n_map_values * n;
    size_t baseline = (size_t)gathered->comparison.baseline;
    for (size_t i = 0; i < n; i++) {
        const double *point = values + (size_t)gathered->map_points[i] * n_regimes * n_replicates;
        size_t at = 0;
        for (size_t r = 0; r < n_regimes; r++) {
            struct panel panel = {.n_points = 1,
                                  .n_replicates = info->n_replicates,
                                  .stride = n_replicates,
                                  .values = point + r * n_replicates};
            own[r * n + i] = (float)panel_point_mean(&panel, 0, NULL);
            if (r != baseline) {
                map_difference(info->n_replicates, point + r * n_replicates, point + baseline * n_replicates,
                               &own[(n_regimes + at) * n + i], &own[(2 * n_regimes - 1 + at) * n + i]);
                at++;
            }
        }
    }
}
