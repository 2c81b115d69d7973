/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_PHILOX_H
#define ENGINE_KERNEL_PHILOX_H

#include <string.h>

#include "engine/lanes.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* Philox4x32-10 (Salmon et al. 2011) for all lanes at once: the same words as stream_words. Each 32-bit word of the
 * counter sits in the low half of a 64-bit element, as the multiplication wants it; what gathers in the high half is
 * never read. Compilers do not find the instruction for that multiplication by themselves, so it is named here. */

#if defined(__AVX512F__)
enum { PHILOX_WIDTH = 8 };
#elif defined(__AVX2__)
enum { PHILOX_WIDTH = 4 };
#else
enum { PHILOX_WIDTH = 2 };
#endif

typedef uint64_t philox_wide __attribute__((vector_size(8 * PHILOX_WIDTH)));
typedef uint32_t philox_half __attribute__((vector_size(4 * PHILOX_WIDTH)));

/* The products of the low halves. */
static inline philox_wide philox_multiply(philox_wide a, uint64_t factor)
{
    philox_wide b = factor - (philox_wide){0};
#if defined(__AVX512F__)
    return (philox_wide)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (philox_wide)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
    return (philox_wide)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
    return (a & 0xFFFFFFFFU) * b;
#endif
}

static inline philox_wide philox_load(const uint32_t *lanes)
{
    philox_half half;
    memcpy(&half, lanes, sizeof half);
    return __builtin_convertvector(half, philox_wide);
}

static inline void philox_store(philox_wide wide, uint32_t *lanes)
{
    philox_half half = __builtin_convertvector(wide, philox_half);
    memcpy(lanes, &half, sizeof half);
}

/* Counter (index, entity, where, replicate), key seed; words[4][LANES]. */
static inline void philox_lanes(uint64_t seed, uint32_t index, const lane_word entity, uint32_t where,
                                const lane_word replicate, lane_word words[4])
{
    for (int lane = 0; lane < LANES; lane += PHILOX_WIDTH) {
        philox_wide zero = {0};
        philox_wide c0 = zero + index;
        philox_wide c1 = philox_load(entity + lane);
        philox_wide c2 = zero + where;
        philox_wide c3 = philox_load(replicate + lane);
        uint32_t k0 = (uint32_t)seed;
        uint32_t k1 = (uint32_t)(seed >> 32);
        for (int round = 0; round < 10; round++) {
            philox_wide product0 = philox_multiply(c0, 0xD2511F53U);
            philox_wide product2 = philox_multiply(c2, 0xCD9E8D57U);
            c0 = (product2 >> 32) ^ c1 ^ k0;
            c1 = product2;
            c2 = (product0 >> 32) ^ c3 ^ k1;
            c3 = product0;
            k0 += 0x9E3779B9U;
            k1 += 0xBB67AE85U;
        }
        philox_store(c0, words[0] + lane);
        philox_store(c1, words[1] + lane);
        philox_store(c2, words[2] + lane);
        philox_store(c3, words[3] + lane);
    }
}

#endif
