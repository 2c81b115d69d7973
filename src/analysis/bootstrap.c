/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream_gsl.h"
#include "model/purpose.h"

static gsl_rng *bootstrap_stream(uint64_t seed, enum bootstrap_entity entity)
{
    struct stream_address address = {.seed = seed, .purpose = PURPOSE_RESAMPLE, .entity = (uint32_t)entity};
    return stream_gsl_new(&address);
}

dredge_status bootstrap_counts(int n, int n_resamples, uint64_t seed, enum bootstrap_entity entity, uint16_t *counts)
{
    gsl_rng *rng = bootstrap_stream(seed, entity);
    if (!rng) {
        return status_no_memory(sizeof(gsl_rng));
    }
    memset(counts, 0, (size_t)n_resamples * (size_t)n * sizeof *counts);
    for (int b = 0; b < n_resamples; b++) {
        uint16_t *row = counts + (size_t)b * (size_t)n;
        for (int i = 0; i < n; i++) {
            row[gsl_rng_uniform_int(rng, (unsigned long)n)]++;
        }
    }
    gsl_rng_free(rng);
    return DREDGE_OK;
}

/* Acceleration of the mean: a = sum d^3 / (6 (sum d^2)^1.5), d the deviations from the mean (the jackknife's). */
static double bootstrap_acceleration(int n, const double *values, double mean)
{
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < n; i++) {
        double d = values[i] - mean;
        squares += d * d;
        cubes += d * d * d;
    }
    return squares > 0 ? cubes / (6 * squares * sqrt(squares)) : 0;
}

/* The quantile of the sorted resampled means that BCa takes for probability `level`. */
static double bootstrap_bca(int n_resamples, const double *means, double bias, double acceleration, double level)
{
    double z = bias + gsl_cdf_ugaussian_Pinv(level);
    double adjusted = gsl_cdf_ugaussian_P(bias + z / (1 - acceleration * z));
    return gsl_stats_quantile_from_sorted_data(means, 1, (size_t)n_resamples, adjusted);
}

dredge_status bootstrap_mean(int n, const double *values, double confidence, int n_resamples, uint64_t seed,
                             double *low, double *high)
{
    double mean = gsl_stats_mean(values, 1, (size_t)n);
    double *means = malloc((size_t)n_resamples * sizeof *means);
    gsl_rng *rng = bootstrap_stream(seed, BOOTSTRAP_MEAN);
    dredge_status status = DREDGE_OK;
    if (!means || !rng) {
        status = status_no_memory((size_t)n_resamples * sizeof *means);
        goto out;
    }
    double below = 0;
    for (int b = 0; b < n_resamples; b++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[gsl_rng_uniform_int(rng, (unsigned long)n)];
        }
        means[b] = sum / n;
        below += means[b] < mean ? 1.0 : means[b] > mean ? 0.0 : 0.5;
    }
    gsl_sort(means, 1, (size_t)n_resamples);
    double share = fmin(fmax(below / n_resamples, 0.5 / n_resamples), 1 - 0.5 / n_resamples);
    double bias = gsl_cdf_ugaussian_Pinv(share);
    double acceleration = bootstrap_acceleration(n, values, mean);
    *low = bootstrap_bca(n_resamples, means, bias, acceleration, 0.5 - confidence / 2);
    *high = bootstrap_bca(n_resamples, means, bias, acceleration, 0.5 + confidence / 2);
out:
    gsl_rng_free(rng);
    free(means);
    return status;
}
