/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_LAW_H
#define MODEL_LAW_H

/* The one law of time: a rate per month becomes a fraction of a month (docs/model.md 3). */

/* phi(r) = r / (1 + r): one implicit Euler step, in [0, 1) for every rate r >= 0. */
static inline float phi(float rate)
{
    return rate / (1.0F + rate);
}

/* Does an event of rate r happen, given a uniform u? True with probability phi(r): u < r / (1 + r), without the
 * division. */
static inline int happens(float u, float rate)
{
    return u * (1.0F + rate) < rate;
}

static inline float clamp(float x, float low, float high)
{
    float at_least = x < low ? low : x;
    return at_least > high ? high : at_least;
}

/* max(0, x) */
static inline float positive(float x)
{
    return x > 0 ? x : 0.0F;
}

#endif
