/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_EXACT_H
#define BASE_EXACT_H

#include <float.h>
#include <stdint.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0
#error "float and double must be computed as such; on 32-bit x86 this takes -msse2 -mfpmath=sse"
#endif
#if defined __FAST_MATH__ || defined __ASSOCIATIVE_MATH__ || defined __RECIPROCAL_MATH__ || __FINITE_MATH_ONLY__ + 0
#error "the compiler may not change arithmetic: no -ffast-math, no -Ofast"
#endif

/* Logarithm and exponential made of additions, multiplications, divisions and bit patterns only, so that every
 * compiler, vector level and C library computes the same bits, and so that loops over lanes become vector code. */

/* Natural logarithm of a positive normal float: x = m 2^e with m in [sqrt(1/2), sqrt(2)), and
 * log m = 2 atanh((m - 1) / (m + 1)) as a power series. Relative error below 2^-22. */
static inline float exact_logf(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint32_t shifted = bits - 0x3F3504F3U; /* relative to sqrt(1/2) */
    int32_t exponent = (int32_t)shifted >> 23;
    uint32_t mantissa = (shifted & 0x007FFFFFU) + 0x3F3504F3U;
    float m;
    memcpy(&m, &mantissa, sizeof m);
    float s = (m - 1.0F) / (m + 1.0F);
    float s2 = s * s;
    float series = 1.0F + s2 * (1.0F / 3 + s2 * (1.0F / 5 + s2 * (1.0F / 7 + s2 * (1.0F / 9))));
    return (float)exponent * 0.693147180559945F + 2.0F * s * series;
}

/* The same for a double; relative error below 2^-48. */
static inline double exact_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t shifted = bits - 0x3FE6A09E667F3BCDU;
    int64_t exponent = (int64_t)shifted >> 52;
    uint64_t mantissa = (shifted & 0x000FFFFFFFFFFFFFU) + 0x3FE6A09E667F3BCDU;
    double m;
    memcpy(&m, &mantissa, sizeof m);
    double s = (m - 1.0) / (m + 1.0);
    double s2 = s * s;
    double series = 0;
    for (int k = 21; k >= 1; k -= 2) {
        series = series * s2 + 1.0 / k;
    }
    return (double)exponent * 0.69314718055994530942 + 2.0 * s * series;
}

/* exp(-x) for x in [0, 80]: -x = -n log 2 + r with |r| <= log(2) / 2, Taylor series in r. Relative error below
 * 2^-21. */
static inline float exact_exp_minus(float x)
{
    int32_t n = (int32_t)(x * 1.44269504088896F + 0.5F);
    float r = (float)n * 0.693145751953125F - x + (float)n * 1.42860682e-6F; /* log 2 in two parts */
    float series = 1.0F + r * (1.0F + r * (1.0F / 2 + r * (1.0F / 6 + r * (1.0F / 24 + r * (1.0F / 120 + r / 720)))));
    uint32_t bits = (uint32_t)(127 - n) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return series * power;
}

#endif
