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

/* A cell without its bins. */
static void get_sums(const struct tally *tally, int series, int sample, struct tally_cell *cell)
{
    size_t at = (size_t)series * (size_t)tally->n_samples + (size_t)sample;
    cell->n = tally->n[sample];
    cell->sum = tally->sum[at];
    cell->sum_squares = tally->sum_squares[at];
    cell->n_pairs = tally->n_pairs[sample];
    cell->difference = tally->difference[at];
    cell->difference_squares = tally->difference_squares[at];
    cell->n_used = 0;
}

/* The bins in use. */
static void take_bins(struct tally_cell *cell, const uint32_t bins[TALLY_BINS])
{
    enum { AT_ONCE = 16 }; /* of few values most bins are empty */
    int n = 0;
    for (int first = 0; first < TALLY_BINS; first += AT_ONCE) {
        uint32_t any = 0;
        for (int bin = first; bin < first + AT_ONCE; bin++) {
            any |= bins[bin];
        }
        for (int bin = first; any != 0 && bin < first + AT_ONCE; bin++) {
            cell->used[n] = (uint8_t)bin;
            cell->count[n] = bins[bin];
            n += bins[bin] != 0;
        }
    }
    cell->n_used = n;
}

void tally_get(const struct tally *tally, int series, int sample, struct tally_cell *cell)
{
    size_t at = (size_t)series * (size_t)tally->n_samples + (size_t)sample;
    get_sums(tally, series, sample, cell);
    take_bins(cell, tally->bins + at * TALLY_BINS);
}

static float per_top(int series)
{
    return (float)(1 / series_infos[series_columns[series].row].top);
}

void tally_cell_begin(struct tally_cell *cell)
{
    cell->n = cell->sum = cell->sum_squares = 0;
    cell->n_pairs = cell->difference = cell->difference_squares = 0;
    cell->n_used = 0;
}

void tally_cell_count(struct tally_cell *cell, const struct kernel *kernel, int series, int n_lanes,
                      const float *values, uint32_t bins[TALLY_BINS])
{
    kernel->count(n_lanes, values, per_top(series), bins, &cell->sum, &cell->sum_squares);
    cell->n += n_lanes;
}

void tally_cell_count_pairs(struct tally_cell *cell, const struct kernel *kernel, int series, int n_lanes,
                            const float *values, const float *baseline)
{
    kernel->count_pairs(n_lanes, values, baseline, per_top(series), &cell->difference, &cell->difference_squares);
    cell->n_pairs += n_lanes;
}

void tally_cell_gather(struct tally_cell *cell, uint32_t bins[TALLY_BINS])
{
    take_bins(cell, bins);
    memset(bins, 0, TALLY_BINS * sizeof *bins);
}

enum { N_SHARES = 5 };
static const double shares[N_SHARES] = {0.05, 0.25, 0.5, 0.75, 0.95};

/* The values below which these shares of the counted ones lie, in units of the top. */
static void quantiles(const struct tally_cell *cell, double values[N_SHARES])
{
    double n = (double)cell->n, below = 0;
    int share = 0;
    for (int i = 0; i < cell->n_used; i++) {
        double here = cell->count[i];
        for (; share < N_SHARES && below + here >= shares[share] * n; share++) {
            values[share] = (cell->used[i] + (shares[share] * n - below) / here) / TALLY_BINS;
        }
        below += here;
    }
    for (; share < N_SHARES; share++) {
        values[share] = 1;
    }
}

void tally_cell_statistics(const struct tally_cell *cell, int series, size_t stride, float *out)
{
    double top = series_infos[series_columns[series].row].top, n = (double)cell->n, values[N_STATISTICS];
    for (int statistic = 0; statistic < N_STATISTICS; statistic++) {
        values[statistic] = NAN;
    }
    if (cell->n > 0) {
        double mean = (double)cell->sum * SUM_UNIT / n;
        double variance = (double)cell->sum_squares * SQUARE_UNIT / n - mean * mean;
        values[TALLY_MEAN] = mean;
        if (cell->n > 1) {
            values[TALLY_SD] = sqrt((variance > 0 ? variance : 0) * n / (n - 1));
        }
        quantiles(cell, values + TALLY_Q05);
    }
    for (size_t statistic = 0; statistic < N_STATISTICS; statistic++) {
        out[statistic * stride] = (float)(values[statistic] * top);
    }
}

void tally_cell_moments(const struct tally_cell *cell, int series, size_t stride, float *out)
{
    double top = series_infos[series_columns[series].row].top;
    double n = (double)cell->n_pairs, mean = (double)NAN, variance = (double)NAN;
    if (cell->n_pairs > 0) {
        mean = (double)cell->difference * SUM_UNIT / n;
    }
    if (cell->n_pairs > 1) {
        variance = (double)cell->difference_squares * SQUARE_UNIT / n - mean * mean;
        variance = (variance > 0 ? variance : 0) * n / (n - 1);
    }
    out[TALLY_DIFFERENCE_MEAN * stride] = (float)(mean * top);
    out[TALLY_DIFFERENCE_VARIANCE * stride] = (float)(variance * top * top);
}

void tally_statistics(const struct tally *tally, int series, float *out)
{
    struct tally_cell cell;
    for (int sample = 0; sample < tally->n_samples; sample++) {
        tally_get(tally, series, sample, &cell);
        tally_cell_statistics(&cell, series, (size_t)tally->n_samples, out + sample);
    }
}

void tally_moments(const struct tally *tally, int series, float *out)
{
    struct tally_cell cell;
    for (int sample = 0; sample < tally->n_samples; sample++) {
        get_sums(tally, series, sample, &cell);
        tally_cell_moments(&cell, series, (size_t)tally->n_samples, out + sample);
    }
}
