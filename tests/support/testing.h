/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TESTING_H
#define TESTS_TESTING_H

/* cmocka with the headers that it needs before it; and what it lacks: a comparison of doubles, and one of ranges that has the
 * same name in each of its versions. */

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline void close_check(double got, double expected, double tolerance, const char *file, int line)
{
    if (!(fabs(got - expected) <= tolerance)) {
        print_error("%.17g is not within %g of %.17g\n", got, tolerance, expected);
        _fail(file, line);
    }
}

static inline void between_check(intmax_t got, intmax_t low, intmax_t high, const char *file, int line)
{
    if (got < low || got > high) {
        print_error("%" PRIdMAX " is not from %" PRIdMAX " to %" PRIdMAX "\n", got, low, high);
        _fail(file, line);
    }
}

#define assert_close(got, expected, tolerance) close_check(got, expected, tolerance, __FILE__, __LINE__)
#define assert_between(got, low, high)                                                                                 \
    between_check((intmax_t)(got), (intmax_t)(low), (intmax_t)(high), __FILE__, __LINE__)

#endif
