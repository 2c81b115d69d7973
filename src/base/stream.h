/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include <math.h>
#include <stdint.h>

#include "base/exact.h"

/* Addressed random numbers: Philox4x32-10 (Salmon et al. 2011) turns an address into four words; nothing is stored or
 * advanced. What each address means stands in model/purpose.h. */

enum { STREAM_PURPOSE_SHIFT = 20 }; /* months of an address are below 2^20, purposes below 2^12 */

struct stream_address {
    uint64_t seed;
    uint32_t replicate, purpose, entity, month, index;
};

/* The four words at an address. */
void stream_words(const struct stream_address *address, uint32_t words[4]);

/* A word as a uniform number inside (0, 1): 23 bits, centred, so that neither 0 nor 1 occurs; exact in float. */
static inline float stream_uniform(uint32_t word)
{
    return ((float)(int32_t)(word >> 9) + 0.5F) * 0x1p-23F;
}

/* Two uniform numbers inside (0, 1) from one word, independent of each other: of its upper 20 bits, and of its lower 12. */
static inline float stream_uniform_upper(uint32_t word)
{
    return ((float)(int32_t)(word >> 12) + 0.5F) * 0x1p-20F;
}

static inline float stream_uniform_lower(uint32_t word)
{
    return ((float)(int32_t)(word & 0xFFFU) + 0.5F) * 0x1p-12F;
}

/* A word as an integer uniform on 0 .. n-1 (multiply and shift; bias below n / 2^32). */
static inline uint32_t stream_choice(uint32_t word, uint32_t n)
{
    return (uint32_t)(((uint64_t)word * n) >> 32);
}

/* The standard normal quantile of a stream_uniform u: Wichura 1988, algorithm AS 241 (PPND7). Its third range (beyond
 * exp(-25)) cannot occur with 23 bits. Both ranges are computed and one is chosen, so that lanes need no branch. */
static inline float stream_normal(float u)
{
    float q = u - 0.5F;
    float r = 0.180625F - q * q;
    float centre = q * (((59.109374720F * r + 159.29113202F) * r + 50.434271938F) * r + 3.3871327179F) /
                   (((67.187563600F * r + 78.757757664F) * r + 17.895169469F) * r + 1.0F);
    float nearest = q < 0 ? u : 1.0F - u;
    float t = sqrtf(-exact_logf(nearest)) - 1.6F;
    float tail = (((0.17023821103F * t + 1.3067284816F) * t + 2.7568153900F) * t + 1.4234372777F) /
                 ((0.12021132975F * t + 0.73700164250F) * t + 1.0F);
    float signed_tail = q < 0 ? -tail : tail;
    return r >= 0 ? centre : signed_tail;
}

#endif
