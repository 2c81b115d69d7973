/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_SAMPLES_H
#define ENGINE_KERNEL_SAMPLES_H

#include "engine/samples.h"

/* Neighbours are counted in tables of their own: equal values in a row would wait for each other in one counter. Fewer than
 * COUNT_FEW are not worth the clearing of the tables. */
enum { COUNT_PIECE = 1024, COUNT_TABLES = 4, COUNT_FEW = 96 };

/* A sample as a share of the top, in units of 2^-SAMPLE_BITS. */
static inline int32_t fix_sample(float sample, float per_top)
{
    const float unit = (float)(1 << SAMPLE_BITS);
    const float most = (float)SAMPLE_TOPS * unit - unit;
    float scaled = sample * per_top * unit;
    scaled = scaled > 0.0F ? scaled : 0.0F;
    return (int32_t)(scaled < most ? scaled : most);
}

/* The bins of a piece of at most COUNT_PIECE samples, and their sums. */
static void fix_samples(int n, const float *restrict samples, float per_top, uint8_t *restrict bin, int64_t *sum,
                        int64_t *sum_squares)
{
    const uint64_t half = (uint64_t)1 << (2 * SAMPLE_BITS - SAMPLE_SQUARE_BITS - 1);
    int64_t total = 0;
    uint64_t squares = 0;
#pragma omp simd reduction(+ : total, squares)
    for (int k = 0; k < n; k++) {
        int32_t fixed = fix_sample(samples[k], per_top);
        int32_t place = fixed >> (SAMPLE_BITS - 8);
        bin[k] = (uint8_t)(place < SAMPLE_BINS ? place : SAMPLE_BINS - 1);
        total += fixed;
        squares += ((uint64_t)(uint32_t)fixed * (uint32_t)fixed + half) >> (2 * SAMPLE_BITS - SAMPLE_SQUARE_BITS);
    }
    *sum += total;
    *sum_squares += (int64_t)squares;
}

static void count_pairs(int n, const float *restrict samples, const float *restrict others, float per_top, int64_t *sum,
                        int64_t *sum_squares)
{
    const uint64_t half = (uint64_t)1 << (2 * SAMPLE_BITS - SAMPLE_SQUARE_BITS - 1);
    int64_t total = 0;
    uint64_t squares = 0;
#pragma omp simd reduction(+ : total, squares)
    for (int k = 0; k < n; k++) {
        int32_t difference = fix_sample(samples[k], per_top) - fix_sample(others[k], per_top);
        uint32_t size = (uint32_t)(difference < 0 ? -difference : difference);
        total += difference;
        squares += ((uint64_t)size * size + half) >> (2 * SAMPLE_BITS - SAMPLE_SQUARE_BITS);
    }
    *sum += total;
    *sum_squares += (int64_t)squares;
}

/* Adds up a piece in tables. */
static void count_bins(int n, const uint8_t *bin, uint32_t bins[SAMPLE_BINS])
{
    uint16_t count[COUNT_TABLES][SAMPLE_BINS] = {{0}};
    int k = 0;
    for (; k + COUNT_TABLES <= n; k += COUNT_TABLES) {
        count[0][bin[k]]++;
        count[1][bin[k + 1]]++;
        count[2][bin[k + 2]]++;
        count[3][bin[k + 3]]++;
    }
    for (; k < n; k++) {
        count[0][bin[k]]++;
    }
#pragma omp simd
    for (int place = 0; place < SAMPLE_BINS; place++) {
        bins[place] += (uint32_t)(count[0][place] + count[1][place] + count[2][place] + count[3][place]);
    }
}

static void count_samples(int n, const float *samples, float per_top, uint32_t bins[SAMPLE_BINS], int64_t *sum,
                          int64_t *sum_squares)
{
    for (int first = 0; first < n; first += COUNT_PIECE) {
        int length = n - first < COUNT_PIECE ? n - first : COUNT_PIECE;
        uint8_t bin[COUNT_PIECE];
        fix_samples(length, samples + first, per_top, bin, sum, sum_squares);
        if (length >= COUNT_FEW) {
            count_bins(length, bin, bins);
        } else {
            for (int k = 0; k < length; k++) {
                bins[bin[k]]++;
            }
        }
    }
}

#endif
