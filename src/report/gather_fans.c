/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort_float.h>
#include <gsl/gsl_statistics_float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/gather.h"

/* Numbers in all fans, so that a page stays small. */
enum { FANS_MAX_VALUES = 400000 };

/* The point nearest to the middle of all factors' ranges. */
static int fans_middle(const struct results_info *info)
{
    size_t k = (size_t)info->n_factors;
    int best = 0;
    double best_distance = INFINITY;
    double ranges[2][64]; /* of the first 64 factors */
    size_t n = k < 64 ? k : 64;
    for (size_t f = 0; f < n; f++) {
        ranges[0][f] = INFINITY;
        ranges[1][f] = -INFINITY;
        for (size_t p = 0; p < (size_t)info->n_points; p++) {
            ranges[0][f] = fmin(ranges[0][f], info->values[p * k + f]);
            ranges[1][f] = fmax(ranges[1][f], info->values[p * k + f]);
        }
    }
    for (int p = 0; p < info->n_points; p++) {
        double distance = 0;
        for (size_t f = 0; f < n; f++) {
            double width = ranges[1][f] - ranges[0][f];
            double place = width > 0 ? (info->values[(size_t)p * k + f] - ranges[0][f]) / width - 0.5 : 0;
            distance += place * place;
        }
        if (distance < best_distance) {
            best_distance = distance;
            best = p;
        }
    }
    return best;
}

/* The middle point first, then points spread evenly over the numbers of the rest. */
static dredge_status fans_choose(struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    int thin = (info->n_months + GATHER_MAX_MONTHS - 1) / GATHER_MAX_MONTHS;
    gathered->n_fan_months = info->n_months / thin;
    int each = N_SERIES * info->n_regimes * GATHER_STATISTICS * gathered->n_fan_months;
    int most = FANS_MAX_VALUES / each > 1 ? FANS_MAX_VALUES / each : 1;
    most = most < 24 ? most : 24;
    int n = info->n_points < most ? info->n_points : most;
    gathered->n_fan_points = n;
    gathered->fan_points = calloc((size_t)n + 1, sizeof *gathered->fan_points);
    gathered->fan_months = calloc((size_t)gathered->n_fan_months, sizeof *gathered->fan_months);
    gathered->fans = calloc((size_t)n * (size_t)each, sizeof *gathered->fans);
    if (gathered->fan_points == NULL || gathered->fan_months == NULL || gathered->fans == NULL) {
        return status_no_memory((size_t)n * (size_t)each * sizeof *gathered->fans);
    }
    for (int m = 0; m < gathered->n_fan_months; m++) {
        gathered->fan_months[m] = info->months[(m + 1) * thin - 1];
    }
    int middle = fans_middle(info);
    gathered->fan_points[0] = middle;
    for (int i = 1, place = 0; i < n; i++, place++) {
        int point = (int)((long long)place * info->n_points / (n - 1));
        gathered->fan_points[i] = point == middle ? (point + 1) % info->n_points : point;
    }
    return DREDGE_OK;
}

dredge_status gather_statistics(int n_replicates, int n_months, const float *runs, float *out)
{
    static const double levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    float *column = malloc(((size_t)n_replicates + 1) * sizeof *column);
    if (column == NULL) {
        return status_no_memory(((size_t)n_replicates + 1) * sizeof *column);
    }
    for (int m = 0; m < n_months; m++) {
        size_t n = 0;
        for (int k = 0; k < n_replicates; k++) {
            float value = runs[(size_t)k * (size_t)n_months + (size_t)m];
            if (!isnan(value)) {
                column[n++] = value;
            }
        }
        gsl_sort_float(column, 1, n);
        out[TALLY_MEAN * n_months + m] = n > 0 ? (float)gsl_stats_float_mean(column, 1, n) : NAN;
        out[TALLY_SD * n_months + m] = n > 1 ? (float)gsl_stats_float_sd(column, 1, n) : NAN;
        for (int q = 0; q < 5; q++) {
            out[(TALLY_Q05 + q) * n_months + m] =
                n > 0 ? (float)gsl_stats_float_quantile_from_sorted_data(column, 1, n, levels[q]) : NAN;
        }
    }
    free(column);
    return DREDGE_OK;
}

struct fans_work {
    float *runs;       /* [n_replicates][n_months]; files with runs */
    float *statistics; /* [n_regimes][N_STATISTICS][n_months] */
};

static dredge_status fans_read(struct results *results, const struct gathered *gathered, int series, int point,
                               const struct fans_work *work)
{
    const struct results_info *info = gathered->info;
    size_t n_months = (size_t)info->n_months;
    dredge_status status = DREDGE_OK;
    for (int r = 0; status == DREDGE_OK && r < info->n_regimes; r++) {
        float *own = work->statistics + (size_t)r * N_STATISTICS * n_months;
        if (info->trajectories_are_runs) {
            status = results_runs_named(results, series_infos[series].name, point, r, work->runs);
            if (status == DREDGE_OK) {
                status = gather_statistics(info->n_replicates, info->n_months, work->runs, own);
            }
        } else {
            status = results_summary_named(results, series_infos[series].name, point, r, own);
        }
    }
    return status;
}

/* Keeps what a fan shows: mean and quantiles in the months that are shown. */
static void fans_keep(struct gathered *gathered, int fan, int series, const struct fans_work *work)
{
    const struct results_info *info = gathered->info;
    size_t months = (size_t)gathered->n_fan_months;
    size_t n_months = (size_t)info->n_months;
    size_t thin = n_months / months;
    for (size_t r = 0; r < (size_t)info->n_regimes; r++) {
        float *out = gathered->fans + (((size_t)fan * N_SERIES + (size_t)series) * (size_t)info->n_regimes + r) *
                                          GATHER_STATISTICS * months;
        for (size_t s = 0; s < GATHER_STATISTICS; s++) {
            size_t statistic = s == 0 ? TALLY_MEAN : TALLY_Q05 + s - 1;
            for (size_t m = 0; m < months; m++) {
                out[s * months + m] = work->statistics[(r * N_STATISTICS + statistic) * n_months + (m + 1) * thin - 1];
            }
        }
    }
}

dredge_status gather_fans(struct results *results, struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    if (info->n_months == 0) {
        return DREDGE_OK;
    }
    dredge_status status = fans_choose(gathered);
    size_t n_regimes = (size_t)info->n_regimes;
    size_t n_months = (size_t)info->n_months;
    size_t n_runs = info->trajectories_are_runs ? (size_t)info->n_replicates * n_months : 0;
    struct fans_work work = {0};
    work.runs = malloc((n_runs + 1) * sizeof *work.runs);
    work.statistics = malloc((n_regimes * N_STATISTICS * n_months + 1) * sizeof *work.statistics);
    if (status == DREDGE_OK && (work.runs == NULL || work.statistics == NULL)) {
        status = status_no_memory((n_runs + 1) * sizeof *work.runs);
    }
    for (int fan = 0; status == DREDGE_OK && fan < gathered->n_fan_points; fan++) {
        for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
            status = fans_read(results, gathered, series, gathered->fan_points[fan], &work);
            if (status != DREDGE_OK) {
                break;
            }
            fans_keep(gathered, fan, series, &work);
        }
    }
    free(work.statistics);
    free(work.runs);
    return status;
}
