/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_POINTS_H
#define STUDY_POINTS_H

#include "study/study.h"

/* The same study at other design points. */

/* Fills `study` with `base` at the points values[n_points][n_factors] of the factors `keys`, in place of its own design: a
 * list. It shares everything else with `base`, which must outlive it; freed with points_free. DREDGE_USAGE with the row,
 * the key, the value and what is allowed; DREDGE_USAGE too for a key that nothing has, with the nearest that there is. */
STATUS_CHECKED dredge_status points_make(const struct study *base, int n_factors, const char *const *keys, int n_points,
                                         const double *values, struct study *study);

/* The factor that has this key in `base`; DREDGE_USAGE, with the nearest that there is, where none has. */
STATUS_CHECKED dredge_status points_factor(const struct study *base, const char *key, struct factor *factor);

/* Frees the design; safe on a zeroed study. */
void points_free(struct study *study);

#endif
