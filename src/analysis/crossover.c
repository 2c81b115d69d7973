/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/crossover.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/bootstrap.h"

enum { BAND_RESAMPLES = 999, BAND_WORK = 100000000 }; /* fewer resamples when replicates times months are many */

static dredge_status band_init(struct band *band, int n_replicates, int n_months)
{
    size_t n = (size_t)n_months + 1;
    *band = (struct band){.n_months = n_months, .n_replicates = n_replicates};
    band->difference = calloc(4 * n, sizeof *band->difference);
    if (band->difference == NULL) {
        return status_no_memory(4 * n * sizeof *band->difference);
    }
    band->se = band->difference + n;
    band->low = band->se + n;
    band->high = band->low + n;
    return DREDGE_OK;
}

void band_free(struct band *band)
{
    free(band->difference);
    *band = (struct band){0};
}

static void band_close(struct band *band)
{
    for (int m = 0; m < band->n_months; m++) {
        band->low[m] = band->difference[m] - band->critical * band->se[m];
        band->high[m] = band->difference[m] + band->critical * band->se[m];
    }
}

/* Differences of complete pairs: out[n][n_months]. Returns n. */
static int band_pairs(int n_replicates, int n_months, const float *a, const float *b, float *out)
{
    int n = 0;
    for (int k = 0; k < n_replicates; k++) {
        const float *x = a + (size_t)k * (size_t)n_months;
        const float *y = b + (size_t)k * (size_t)n_months;
        float *row = out + (size_t)n * (size_t)n_months;
        int complete = 1;
        for (int m = 0; m < n_months; m++) {
            row[m] = x[m] - y[m];
            complete &= !isnan(row[m]);
        }
        n += complete;
    }
    return n;
}

static void band_moments(struct band *band, const float *pairs)
{
    int n = band->n_replicates;
    for (int k = 0; k < n; k++) {
        for (int m = 0; m < band->n_months; m++) {
            band->difference[m] += (double)pairs[(size_t)k * (size_t)band->n_months + (size_t)m] / n;
        }
    }
    for (int k = 0; k < n; k++) {
        for (int m = 0; m < band->n_months; m++) {
            double d = (double)pairs[(size_t)k * (size_t)band->n_months + (size_t)m] - band->difference[m];
            band->se[m] += d * d / (n - 1.0) / n;
        }
    }
    for (int m = 0; m < band->n_months; m++) {
        band->se[m] = sqrt(band->se[m]);
    }
}

/* The maximum over months of |mean* - mean| / se* of one resample; sums and squares are scratch [n_months]. */
static double band_max_t(const struct band *band, const float *pairs, const uint16_t *counts, double *sums,
                         double *squares)
{
    int n = band->n_replicates;
    int n_months = band->n_months;
    for (int m = 0; m < n_months; m++) {
        sums[m] = squares[m] = 0;
    }
    for (int k = 0; k < n; k++) {
        double weight = counts[k];
        const float *row = pairs + (size_t)k * (size_t)band->n_months;
        for (int m = 0; weight > 0 && m < n_months; m++) {
            double d = (double)row[m] - band->difference[m];
            sums[m] += weight * d;
            squares[m] += weight * d * d;
        }
    }
    double most = 0;
    for (int m = 0; m < n_months; m++) {
        double mean = sums[m] / n;
        double variance = (squares[m] / n - mean * mean) / (n - 1.0);
        /* months in which next to nothing varies (all pairs but a few equal) tell nothing about the shape of t */
        if (variance > 0.01 * band->se[m] * band->se[m]) {
            most = fmax(most, fabs(mean) / sqrt(variance));
        }
    }
    return most;
}

static dredge_status band_critical(struct band *band, const float *pairs, double confidence, uint64_t seed)
{
    int n = band->n_replicates;
    double work = (double)n * band->n_months * BAND_RESAMPLES;
    int n_resamples = work > BAND_WORK ? (int)(BAND_WORK / ((double)n * band->n_months)) : BAND_RESAMPLES;
    n_resamples = n_resamples < 199 ? 199 : n_resamples;
    size_t months = (size_t)band->n_months;
    uint16_t *counts = malloc((size_t)n_resamples * (size_t)n * sizeof *counts);
    double *scratch = malloc((2 * months + (size_t)n_resamples) * sizeof *scratch);
    dredge_status status = DREDGE_OK;
    if (counts == NULL || scratch == NULL) {
        status = status_no_memory((size_t)n_resamples * (size_t)n * sizeof *counts);
        goto out;
    }
    status = bootstrap_counts(n, n_resamples, seed, BOOTSTRAP_BAND, counts);
    if (status == DREDGE_OK) {
        double *most = scratch + 2 * months;
        for (int b = 0; b < n_resamples; b++) {
            most[b] = band_max_t(band, pairs, counts + (size_t)b * (size_t)n, scratch, scratch + months);
        }
        gsl_sort(most, 1, (size_t)n_resamples);
        band->critical = gsl_stats_quantile_from_sorted_data(most, 1, (size_t)n_resamples, confidence);
        band->simultaneous_by_bootstrap = 1;
    }
out:
    free(scratch);
    free(counts);
    return status;
}

dredge_status band_from_runs(int n_replicates, int n_months, const float *a, const float *b, double confidence,
                             uint64_t seed, struct band *band)
{
    float *pairs = malloc(((size_t)n_replicates * (size_t)n_months + 1) * sizeof *pairs);
    dredge_status status = band_init(band, 0, n_months);
    if (pairs == NULL) {
        status = status_no_memory((size_t)n_replicates * (size_t)n_months * sizeof *pairs);
    }
    if (status == DREDGE_OK) {
        band->n_replicates = band_pairs(n_replicates, n_months, a, b, pairs);
        if (band->n_replicates < 2) {
            status = status_fail(DREDGE_FILE, "a band over time needs at least two complete pairs of runs");
        } else {
            band_moments(band, pairs);
            status = band_critical(band, pairs, confidence, seed);
        }
    }
    free(pairs);
    if (status != DREDGE_OK) {
        band_free(band);
        return status;
    }
    band_close(band);
    return DREDGE_OK;
}

dredge_status band_from_moments(int n_units, int n_months, const double *difference, const double *se,
                                double confidence, struct band *band)
{
    if (n_units < 2) {
        return status_fail(DREDGE_FILE, "a band over time needs at least two independent units");
    }
    dredge_status status = band_init(band, n_units, n_months);
    if (status != DREDGE_OK) {
        return status;
    }
    band->critical = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2 / n_months, n_units - 1);
    for (int m = 0; m < n_months; m++) {
        band->difference[m] = difference[m];
        band->se[m] = se[m];
    }
    band_close(band);
    return DREDGE_OK;
}

int band_stretches(const struct band *band, int side, int n_most, struct stretch *stretches)
{
    const double *near = side > 0 ? band->low : band->high;
    int n = 0;
    for (int m = 0; m < band->n_months; m++) {
        if (!(side * near[m] > 0)) {
            continue;
        }
        int first = m;
        for (; m + 1 < band->n_months && side * near[m + 1] > 0; m++) {
        }
        if (n < n_most) {
            stretches[n] = (struct stretch){first, m};
        }
        n++;
    }
    return n;
}

void crossover_find(const struct band *band, struct crossover *crossover)
{
    int last = band->n_months - 1;
    double end = last >= 0 ? band->difference[last] : 0;
    *crossover = (struct crossover){.leader = (end > 0) - (end < 0), .from = -1, .clear_from = -1};
    if (crossover->leader == 0) {
        return;
    }
    int m = last;
    for (; m >= 0 && crossover->leader * band->difference[m] > 0; m--) {
        crossover->from = m;
    }
    const double *near = crossover->leader > 0 ? band->low : band->high;
    for (m = last; m >= 0 && crossover->leader * near[m] > 0; m--) {
        crossover->clear_from = m;
    }
}
