/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DISTRIBUTION_H
#define STUDY_DISTRIBUTION_H

#include "study/study.h"

/* How the values of a factor are spread over its range: the quantile at place u of 0 .. 1. Made of exact operations like
 * base/exact.h, so that design points are the same bits on every machine. */

/* The value of a factor at place `u`: one of its categories, or the quantile of its distribution between low and high,
 * rounded where the key takes whole numbers. */
double distribution_value(const struct factor *factor, double u);

/* The share of the distribution, as it is without a range, that lies between low and high. */
double distribution_inside(const struct factor *factor);

#endif
