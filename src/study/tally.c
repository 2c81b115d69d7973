/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const statistic_names[N_STATISTICS] = {"mean", "sd", "q05", "q25", "q50", "q75", "q95"};

/* Values are counted up to 128 tops, so that one square fits in 64 bits. */
static const double SUM_UNIT = 0x1p-24, SQUARE_UNIT = 0x1p-32;
enum { SQUARE_SHIFT = 16, TOPS = 128 };

dredge_status tally_init(struct tally *tally, int n_samples)
{
    memset(tally, 0, sizeof *tally);
    size_t samples = (size_t)n_samples, cells = N_SERIES * samples;
    size_t n_bytes = (samples + 2 * cells) * sizeof(int64_t) + cells * TALLY_BINS * sizeof(uint32_t);
    int64_t *memory = calloc(1, n_bytes > 0 ? n_bytes : 1);
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    tally->n_samples = n_samples;
    tally->n = memory;
    tally->sum = tally->n + samples;
    tally->sum_squares = tally->sum + cells;
    tally->bins = (uint32_t *)(void *)(tally->sum_squares + cells);
    return DREDGE_OK;
}

void tally_free(struct tally *tally)
{
    free(tally->n);
    memset(tally, 0, sizeof *tally);
}

/* Counts into bins of its own first: equal values in a row would wait for each other in one counter, so neighbours use
 * two; and the bins of the tally are then touched in order, once. */
void tally_count(struct tally *tally, int series, int sample, int n_lanes, const float *values)
{
    double per_top = 1 / series_infos[series].top;
    size_t cell = (size_t)series * (size_t)tally->n_samples + (size_t)sample;
    uint32_t counts[2][TALLY_BINS] = {{0}};
    int64_t sum = 0, sum_squares = 0;
    for (int lane = 0; lane < n_lanes; lane++) {
        double share = (double)values[lane] * per_top;
        share = share < 0 ? 0 : share > TOPS ? TOPS : share;
        int64_t fixed = (int64_t)(share / SUM_UNIT + 0.5);
        int bin = (int)(share * TALLY_BINS);
        counts[lane & 1][bin < TALLY_BINS ? bin : TALLY_BINS - 1]++;
        sum += fixed;
        sum_squares += (fixed * fixed + (1 << (SQUARE_SHIFT - 1))) >> SQUARE_SHIFT;
    }
    uint32_t *bins = tally->bins + cell * TALLY_BINS;
    for (int bin = 0; bin < TALLY_BINS; bin++) {
        bins[bin] += counts[0][bin] + counts[1][bin];
    }
    tally->sum[cell] += sum;
    tally->sum_squares[cell] += sum_squares;
}

void tally_add(struct tally *sum, const struct tally *part)
{
    size_t samples = (size_t)sum->n_samples, cells = N_SERIES * samples;
    for (size_t sample = 0; sample < samples; sample++) {
        sum->n[sample] += part->n[sample];
    }
    for (size_t cell = 0; cell < cells; cell++) {
        sum->sum[cell] += part->sum[cell];
        sum->sum_squares[cell] += part->sum_squares[cell];
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
    double top = series_infos[series].top;
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
