/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_FIXED_H
#define ENGINE_FIXED_H

#include <stdint.h>

/* Sums that several threads or ranks feed are exact integers, so that any order gives the same bits. One unit is 2^-28:
 * sums stay exact up to 3e10, and a value is off by at most 2^-29. */

static const double FIXED_UNIT = 0x1p-28;

static inline int64_t fixed_from(double value)
{
    double units = value / FIXED_UNIT;
    double most = 0x1p62;
    units = units > -most ? units : -most; /* also when it is no number */
    units = units < most ? units : most;
    return (int64_t)(units < 0 ? units - 0.5 : units + 0.5);
}

static inline double fixed_mean(int64_t sum, int64_t n)
{
    return (double)sum * FIXED_UNIT / (double)n;
}

/* A sum that wraps: only runs whose state is no longer finite come so far, and they are failed. */
static inline int64_t fixed_add(int64_t sum, int64_t part)
{
    return (int64_t)((uint64_t)sum + (uint64_t)part);
}

#endif
