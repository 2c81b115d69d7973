/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_DRAWS_H
#define ENGINE_KERNEL_DRAWS_H

#include "base/stream.h"
#include "base/stream_gsl.h"
#include "engine/block.h"
#include "engine/kernel/philox.h"
#include "model/purpose.h"

/* The addressed stream in bulk: the same words as stream_words, for all lanes of a block at once. */

/* The four words of every lane at (seed, lane's replicate, purpose, lane's entity, month, index). */
static inline void draw_words(const struct block *block, uint64_t seed, uint32_t purpose, int month, uint32_t index,
                              lane_word words[4])
{
    uint32_t where = (purpose << STREAM_PURPOSE_SHIFT) | (uint32_t)month;
    philox_lanes(seed, index, block->entity, where, block->replicate, words);
}

/* The same as uniform numbers. */
static inline void draw_uniforms(const struct block *block, uint64_t seed, uint32_t purpose, int month, uint32_t index,
                                 lane_real uniforms[4])
{
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    draw_words(block, seed, purpose, month, index, words);
    for (int word = 0; word < 4; word++) {
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            uniforms[word][lane] = stream_uniform(words[word][lane]);
        }
    }
}

/* Poisson numbers by inversion of one uniform each: the number of k >= 0 with u > P(N <= k). Means above the limit,
 * which only unusual parameters reach, are drawn by GSL from a stream of their own. */
static const float POISSON_INVERSION_LIMIT = 16.0F;

/* Where the terms have fallen below this, the sum stands still in single precision, perhaps short of the largest u. The
 * first term is larger for every mean up to the limit. */
static const float POISSON_LAST_TERM = 0x1p-26F;

static inline void draw_poisson(const struct block *block, uint64_t seed, int month, uint32_t index,
                                const lane_real mean, const lane_real uniform, lane_whole number)
{
    _Alignas(LANE_ALIGNMENT) lane_real term;
    lane_real cumulated;
    int rest = 0;
    int many = 0;
#pragma omp simd reduction(| : rest, many)
    for (int lane = 0; lane < LANES; lane++) {
        int small = mean[lane] <= POISSON_INVERSION_LIMIT;
        term[lane] = exact_exp_minus(small ? mean[lane] : 0.0F);
        cumulated[lane] = term[lane];
        number[lane] = 0;
        rest |= uniform[lane] > cumulated[lane];
        many |= !small;
    }
    for (int k = 1; rest && k < 128; k++) {
        float inverse = 1.0F / (float)k;
        rest = 0;
#pragma omp simd reduction(| : rest)
        for (int lane = 0; lane < LANES; lane++) {
            int more = (uniform[lane] > cumulated[lane]) & (term[lane] > POISSON_LAST_TERM);
            number[lane] += more;
            term[lane] *= mean[lane] * inverse;
            cumulated[lane] += term[lane];
            rest |= more & (uniform[lane] > cumulated[lane]);
        }
    }
    for (int lane = 0; many && lane < LANES; lane++) {
        if (mean[lane] > POISSON_INVERSION_LIMIT) {
            struct stream_address address = {
                seed, block->replicate[lane], PURPOSE_MANY, block->entity[lane], (uint32_t)month, index};
            number[lane] = (int32_t)stream_gsl_poisson(&address, mean[lane]);
        }
    }
}

#endif
