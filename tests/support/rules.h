/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_RULES_H
#define TESTS_RULES_H

/* For tests of the rules in src/model: the default rates, and the law of time in double precision. */

#include "model/parameters.h"
#include "model/rates.h"

/* Rules calculate in single precision: a few roundings of numbers around 1. */
static const double RULE_TOLERANCE = 1e-6;

static inline struct rates rules_default(void)
{
    struct parameters parameters;
    parameters_default(&parameters);
    return rates_from(&parameters);
}

/* r / (1 + r), docs/model.md 3 */
static inline double fraction(double rate)
{
    return rate / (1 + rate);
}

#endif
