/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_NUMBERS_H
#define BASE_NUMBERS_H

#include <math.h>

/* What C has no operator for. */

static inline int numbers_smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Equal to the last bit, which is meant where == would be a mistake; NaN equals nothing. */
static inline int numbers_equal(double a, double b)
{
    return a <= b && a >= b;
}

/* The same, or missing (NaN) both. */
static inline int numbers_agree(double a, double b)
{
    return numbers_equal(a, b) || (isnan(a) && isnan(b));
}

#endif
