/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/morris.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/bootstrap.h"

/* The factor that differs between two points and the sign of the change; -1 when none does. */
static int moved_factor(int n_factors, const double *from, const double *to, int *sign)
{
    for (int factor = 0; factor < n_factors; factor++) {
        if (from[factor] != to[factor]) {
            *sign = to[factor] > from[factor] ? 1 : -1;
            return factor;
        }
    }
    return -1;
}

/* The effects of one trajectory: effects[factor * stride], NaN where an end is missing. */
static void follow_trajectory(int n_factors, double step, const double *x, const double *y, size_t stride,
                              double *effects)
{
    for (int factor = 0; factor < n_factors; factor++) {
        effects[(size_t)factor * stride] = 0;
    }
    for (int s = 0; s < n_factors; s++) {
        int sign = 1;
        int factor =
            moved_factor(n_factors, x + (size_t)s * (size_t)n_factors, x + (size_t)(s + 1) * (size_t)n_factors, &sign);
        if (factor >= 0) {
            effects[(size_t)factor * stride] = sign * (y[s + 1] - y[s]) / step;
        }
    }
}

static dredge_status interval_of(int n, const double *effects, double confidence, int n_resamples, uint64_t seed,
                                 struct morris *out)
{
    uint16_t *counts = malloc((size_t)n_resamples * (size_t)n * sizeof *counts);
    double *means = malloc((size_t)n_resamples * sizeof *means);
    dredge_status status = DREDGE_OK;
    if (counts == NULL || means == NULL) {
        status = status_no_memory((size_t)n_resamples * (size_t)n * sizeof *counts);
        goto out;
    }
    status = bootstrap_counts(n, n_resamples, seed, BOOTSTRAP_MORRIS, counts);
    for (int b = 0; status == DREDGE_OK && b < n_resamples; b++) {
        means[b] = 0;
        for (int i = 0; i < n; i++) {
            means[b] += counts[(size_t)b * (size_t)n + (size_t)i] * fabs(effects[i]) / n;
        }
    }
    if (status == DREDGE_OK) {
        gsl_sort(means, 1, (size_t)n_resamples);
        out->low = gsl_stats_quantile_from_sorted_data(means, 1, (size_t)n_resamples, 0.5 - confidence / 2);
        out->high = gsl_stats_quantile_from_sorted_data(means, 1, (size_t)n_resamples, 0.5 + confidence / 2);
    }
out:
    free(means);
    free(counts);
    return status;
}

/* One factor from its effects [n], of which missing ones are moved out. */
static dredge_status judge_factor(int n, double *effects, double confidence, int n_resamples, uint64_t seed,
                                  struct morris *out)
{
    int kept = 0;
    double sum = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(effects[i])) {
            sum += effects[i];
            size += fabs(effects[i]);
            effects[kept++] = effects[i];
        }
    }
    *out = (struct morris){.n_effects = kept, .mu = NAN, .mu_star = NAN, .sigma = NAN, .low = NAN, .high = NAN};
    if (kept == 0) {
        return DREDGE_OK;
    }
    out->mu = sum / kept;
    out->mu_star = size / kept;
    if (kept < 2) {
        return DREDGE_OK;
    }
    out->sigma = gsl_stats_sd_m(effects, 1, (size_t)kept, out->mu);
    return n_resamples > 0 ? interval_of(kept, effects, confidence, n_resamples, seed, out) : DREDGE_OK;
}

dredge_status morris_compute(int n_factors, int n_trajectories, double step, const double *x, const double *y,
                             double confidence, int n_resamples, uint64_t seed, struct morris *out)
{
    size_t n = (size_t)n_trajectories;
    double *effects = malloc((n * (size_t)n_factors + 1) * sizeof *effects); /* [n_factors][n_trajectories] */
    if (effects == NULL) {
        return status_no_memory((n * (size_t)n_factors + 1) * sizeof *effects);
    }
    size_t n_steps = (size_t)n_factors + 1;
    for (size_t t = 0; t < n; t++) {
        follow_trajectory(n_factors, step, x + t * n_steps * (size_t)n_factors, y + t * n_steps, n, effects + t);
    }
    dredge_status status = DREDGE_OK;
    for (int factor = 0; status == DREDGE_OK && factor < n_factors; factor++) {
        status =
            judge_factor(n_trajectories, effects + (size_t)factor * n, confidence, n_resamples, seed, &out[factor]);
    }
    free(effects);
    return status;
}
