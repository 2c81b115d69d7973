/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_TALLY_H
#define RESULT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "engine/samples.h"
#include "model/outcomes.h"

/* The distribution of every series in every sampled month over the replicates of one point and regime, and of its
 * difference to the baseline in the same replicates, in exact integers, so that it can be gathered in any order, split and
 * merged. */

enum { TALLY_BINS = SAMPLE_BINS };
enum tally_statistic { TALLY_MEAN, TALLY_SD, TALLY_Q05, TALLY_Q25, TALLY_Q50, TALLY_Q75, TALLY_Q95, N_STATISTICS };

enum tally_moment { TALLY_DIFFERENCE_MEAN, TALLY_DIFFERENCE_VARIANCE, N_MOMENTS };

/* "mean", "sd", "q05", "q25", "q50", "q75", "q95" */
extern const char *const statistic_names[N_STATISTICS];
/* "mean", "variance" */
extern const char *const moment_names[N_MOMENTS];

struct kernel; /* engine/kernel.h */

struct tally {
    const struct kernel *kernel; /* which counts */
    int n_series, n_samples;
    int64_t *n;                  /* [n_samples], replicates counted, owned (all arrays in one allocation) */
    int64_t *sum;                /* [n_series][n_samples], value / top in units of 2^-24 */
    int64_t *sum_squares;        /* [n_series][n_samples], (value / top)^2 in units of 2^-32 */
    int64_t *n_pairs;            /* [n_samples], replicates in which the difference to the baseline was counted */
    int64_t *difference;         /* [n_series][n_samples], sum of it / top in units of 2^-24 */
    int64_t *difference_squares; /* [n_series][n_samples], sum of its square / top^2 in units of 2^-32 */
    uint32_t *bins; /* [n_series][n_samples][TALLY_BINS], of value / top in 0 .. 1; 1 and above in the last bin */
};

/* A cell of a tally: one series in one sample. */
struct tally_cell {
    int64_t n, sum, sum_squares, n_pairs, difference, difference_squares; /* as above */
    int n_used;                                                           /* bins in which something was counted */
    uint8_t used[TALLY_BINS];                                             /* [n_used], which bins, in order */
    uint32_t count[TALLY_BINS]; /* [n_used], what was counted in each of them */
};

/* An empty tally of the first `n_series` columns of the table of series; the caller frees it with tally_free, which is
 * safe on a zeroed one. */
STATUS_CHECKED dredge_status tally_init(struct tally *tally, int n_series, int n_samples);
void tally_free(struct tally *tally);

/* Bytes that tally_init allocates. */
size_t tally_bytes(int n_series, int n_samples);

/* Counts the values ([n_lanes], finite) of one series in one sample. The caller counts the replicates in n once. */
void tally_count(struct tally *tally, int series, int sample, int n_lanes, const float *values);

/* Counts the differences of the same replicates' values under the tally's regime to those under the baseline. The caller
 * counts the replicates in n_pairs once. */
void tally_count_pairs(struct tally *tally, int series, int sample, int n_lanes, const float *values,
                       const float *baseline);

/* Sets all counts to zero. */
void tally_clear(struct tally *tally);

/* Adds `part` (same n_series and n_samples) to `sum`. */
void tally_add(struct tally *sum, const struct tally *part);

void tally_get(const struct tally *tally, int series, int sample, struct tally_cell *cell);

/* A cell on its own. The bins that it needs meanwhile are zeros before: values ([n_lanes], finite) of one series are
 * counted, with their n; differences of the same replicates to the baseline, with their n_pairs; at last the bins are gathered, and
 * are zeros again. */
void tally_cell_begin(struct tally_cell *cell);
void tally_cell_count(struct tally_cell *cell, const struct kernel *kernel, int series, int n_lanes,
                      const float *values, uint32_t bins[TALLY_BINS]);
void tally_cell_count_pairs(struct tally_cell *cell, const struct kernel *kernel, int series, int n_lanes,
                            const float *values, const float *baseline);
void tally_cell_gather(struct tally_cell *cell, uint32_t bins[TALLY_BINS]);

/* The statistics of a cell of a series: N_STATISTICS of them, `stride` apart; NaN when nothing was counted. Quantiles are
 * interpolated within bins of width top / 256. */
void tally_cell_statistics(const struct tally_cell *cell, int series, size_t stride, float *out);

/* Mean and variance of the difference of the series to the baseline: N_MOMENTS numbers, `stride` apart; NaN when too few
 * pairs were counted. */
void tally_cell_moments(const struct tally_cell *cell, int series, size_t stride, float *out);

/* Both for all samples of one series: out[N_STATISTICS][n_samples], out[N_MOMENTS][n_samples]. */
void tally_statistics(const struct tally *tally, int series, float *out);
void tally_moments(const struct tally *tally, int series, float *out);

#endif
