/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DESIGN_H
#define STUDY_DESIGN_H

#include <stdint.h>

#include "base/status.h"
#include "study/study.h"

/* The points of a design. Sampled methods place every factor on 0 .. 1 and then scale it: linearly or by its logarithm
 * between low and high, to whole numbers where the parameter is whole, or to one of its categories. */

enum { DESIGN_MAX_POINTS = 10000000, DESIGN_MAX_VALUES = 100000000, DESIGN_SOBOL_FACTORS = 40 };

/* "none", "grid", "list", "latin_hypercube", "sobol", "morris", "saltelli", NULL */
extern const char *const design_methods[DESIGN_SALTELLI + 2];

/* Number of points of a method with these factors and `n_rows` (points, trajectories or bases; not used by grid and
 * list, which have as many as their factors' values make). Saturates far above DESIGN_MAX_POINTS. */
long long design_count(enum design_method method, int n_factors, const struct factor *factors, long long n_rows);

/* Fills n_points and values from everything else, which must have been checked. The points depend on `seed`, except
 * those of grid, list and sobol. */
STATUS_CHECKED dredge_status design_fill(struct design *design, uint64_t seed);

void design_free(struct design *design); /* safe on a zeroed design */

/* The value of a factor at place `u` of 0 .. 1. */
double design_scale(const struct factor *factor, double u);

#endif
