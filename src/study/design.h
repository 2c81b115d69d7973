/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DESIGN_H
#define STUDY_DESIGN_H

#include "base/status.h"
#include "study/study.h"

/* The points of a design. */

enum { DESIGN_MAX_POINTS = 10000000, DESIGN_MAX_VALUES = 100000000 };

/* "none", "grid", "list", "latin_hypercube", "sobol", "morris", "saltelli", NULL */
extern const char *const design_methods[DESIGN_SALTELLI + 2];

/* Number of points of a method with these factors and `n_rows` (points, trajectories or bases; not used by grid and
 * list, which have as many as their factors' values make). Saturates far above DESIGN_MAX_POINTS. */
long long design_count(enum design_method method, int n_factors, const struct factor *factors, long long n_rows);

/* Fills n_points and values from everything else, which must have been checked. */
STATUS_CHECKED dredge_status design_fill(struct design *design);

void design_free(struct design *design); /* safe on a zeroed design */

#endif
