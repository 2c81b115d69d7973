/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_BEGINNING_H
#define RUN_BEGINNING_H

#include "model/outcomes.h"
#include "study/study.h"

/* The series as they stand before the first month, the same under all regimes: for every design point their means over
 * replicates 0 .. n_replicates - 1, out[n_points][N_SERIES]. What a month brings (results, persons who leave) is 0. NaN where
 * the point is an impossible combination. */
STATUS_CHECKED dredge_status beginning_series(const struct study *study, int n_replicates, double *out);

#endif
