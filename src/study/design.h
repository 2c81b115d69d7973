/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DESIGN_H
#define STUDY_DESIGN_H

#include "base/status.h"
#include "study/study.h"

/* The points of a design. */

enum { DESIGN_MAX_POINTS = 10000000, DESIGN_MAX_VALUES = 100000000, DESIGN_MAX_TRIES = 1000 };

/* The units that a saltelli design moves: groups of factors, and the factors in none, in the order in which they begin. Their
 * number, and in `unit` ([n_factors], may be NULL) which unit each factor belongs to. */
int design_units(int n_factors, const struct factor *factors, int *unit);

/* Number of points of a method with these factors and `n_rows` (points, trajectories or bases; not used by grid and
 * list, which have as many as their factors' values make). Saturates far above DESIGN_MAX_POINTS. */
long long design_count(enum design_method method, int n_factors, const struct factor *factors, long long n_rows);

/* Is a point with these factor values kept? */
typedef int design_keeps(const void *context, const double *values);

/* Fills n_points and values from everything else, which must have been checked; only with points that are kept (`keeps`
 * is NULL: all are). A Sobol sequence goes on until there are as many as were asked for, or until DESIGN_MAX_TRIES
 * points for each of them have been tried. There may be none. */
STATUS_CHECKED dredge_status design_fill(struct design *design, design_keeps *keeps, const void *context);

void design_free(struct design *design); /* safe on a zeroed design */

#endif
