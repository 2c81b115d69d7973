/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/kernel.h"

const char *const statistic_names[N_STATISTICS] = {"mean", "sd", "q05", "q25", "q50", "q75", "q95"};

const char *const moment_names[N_MOMENTS] = {"mean", "variance"};

static const double SUM_UNIT = 1.0 / (double)(1LL << SAMPLE_BITS);
static const double SQUARE_UNIT = 1.0 / (double)(1LL << SAMPLE_SQUARE_BITS);

size_t tally_bytes(int n_series, int n_samples)
{
    size_t samples = (size_t)n_samples, cells = (size_t)n_series * samples;
    return 2 * samples * sizeof(int64_t) + cells * (4 * sizeof(int64_t) + TALLY_BINS * sizeof(uint32_t));
}

dredge_status tally_init(struct tally *tally, int n_series, int n_samples)
{
    memset(tally, 0, sizeof *tally);
    size_t samples = (size_t)n_samples, cells = (size_t)n_series * samples;
    size_t n_bytes = tally_bytes(n_series, n_samples);
    int64_t *memory = calloc(1, n_bytes > 0 ? n_bytes : 1);
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    tally->kernel = kernel_best();
    tally->n_series = n_series;
    tally->n_samples = n_samples;
    tally->n = memory;
    tally->sum = tally->n + samples;
    tally->sum_squares = tally->sum + cells;
    tally->n_pairs = tally->sum_squares + cells;
    tally->difference = tally->n_pairs + samples;
    tally->difference_squares = tally->difference + cells;
    tally->bins = (uint32_t *)(void *)(tally->difference_squares + cells);
    return DREDGE_OK;
}

void tally_free(struct tally *tally)
{
    free(tally->n);
    memset(tally, 0, sizeof *tally);
}

void tally_count(struct tally *tally, int series, int sample, int n_lanes, const float *values)
{
    size_t cell = (size_t)series * (size_t)tally->n_samples + (size_t)sample;
    tally->kernel->count(n_lanes, values, (float)(1 / series_infos[series_columns[series].row].top),
                         tally->bins + cell * TALLY_BINS, &tally->sum[cell], &tally->sum_squares[cell]);
}

void tally_count_pairs(struct tally *tally, int series, int sample, int n_lanes, const float *values,
                       const float *baseline)
{
    size_t cell = (size_t)series * (size_t)tally->n_samples + (size_t)sample;
    tally->kernel->count_pairs(n_lanes, values, baseline, (float)(1 / series_infos[series_columns[series].row].top),
                               &tally->difference[cell], &tally->difference_squares[cell]);
}

void tally_clear(struct tally *tally)
{
    memset(tally->n, 0, tally_bytes(tally->n_series, tally->n_samples));
}

void tally_add(struct tally *sum, const struct tally *part)
{
    size_t samples = (size_t)sum->n_samples, cells = (size_t)sum->n_series * samples;
    for (size_t sample = 0; sample < samples; sample++) {
        sum->n[sample] += part->n[sample];
        sum->n_pairs[sample] += part->n_pairs[sample];
    }
    for (size_t cell = 0; cell < cells; cell++) {
        sum->sum[cell] += part->sum[cell];
        sum->sum_squares[cell] += part->sum_squares[cell];
        sum->difference[cell] += part->difference[cell];
        sum->difference_squares[cell] += part->difference_squares[cell];
    }
    for (size_t bin = 0; bin < cells * TALLY_BINS; bin++) {
        sum->bins[bin] += part->bins[bin];
    }
}

/* The value below which a share q of the n counted ones lie, in units of the top. */
static double quantile(const uint32_t *bins, double n, double q)
{
    double wanted = q * n, below = 0;
    for (int bin = 0; bin < TALLY_BINS; bin++) {
        if (bins[bin] > 0 && below + bins[bin] >= wanted) {
            return (bin + (wanted - below) / bins[bin]) / TALLY_BINS;
        }
        below += bins[bin];
    }
    return 1;
}

void tally_statistics(const struct tally *tally, int series, float *out)
{
    static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    double top = series_infos[series_columns[series].row].top;
    size_t samples = (size_t)tally->n_samples;
    for (size_t sample = 0; sample < samples; sample++) {
        size_t cell = (size_t)series * samples + sample;
        double n = (double)tally->n[sample];
        double values[N_STATISTICS];
        for (int statistic = 0; statistic < N_STATISTICS; statistic++) {
            values[statistic] = NAN;
        }
        if (n > 0) {
            double mean = (double)tally->sum[cell] * SUM_UNIT / n;
            values[TALLY_MEAN] = mean * top;
            double variance = (double)tally->sum_squares[cell] * SQUARE_UNIT / n - mean * mean;
            if (n > 1) {
                values[TALLY_SD] = sqrt((variance > 0 ? variance : 0) * n / (n - 1)) * top;
            }
            for (int share = 0; share < 5; share++) {
                values[TALLY_Q05 + share] = quantile(tally->bins + cell * TALLY_BINS, n, shares[share]) * top;
            }
        }
        for (size_t statistic = 0; statistic < N_STATISTICS; statistic++) {
            out[statistic * samples + sample] = (float)values[statistic];
        }
    }
}

void tally_moments(const struct tally *tally, int series, float *out)
{
    double top = series_infos[series_columns[series].row].top;
    size_t samples = (size_t)tally->n_samples;
    for (size_t sample = 0; sample < samples; sample++) {
        size_t cell = (size_t)series * samples + sample;
        double n = (double)tally->n_pairs[sample], mean = (double)NAN, variance = (double)NAN;
        if (n > 0) {
            mean = (double)tally->difference[cell] * SUM_UNIT / n;
        }
        if (n > 1) {
            variance = (double)tally->difference_squares[cell] * SQUARE_UNIT / n - mean * mean;
            variance = (variance > 0 ? variance : 0) * n / (n - 1);
        }
        out[TALLY_DIFFERENCE_MEAN * samples + sample] = (float)(mean * top);
        out[TALLY_DIFFERENCE_VARIANCE * samples + sample] = (float)(variance * top * top);
    }
}
