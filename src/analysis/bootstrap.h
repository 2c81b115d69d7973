/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_BOOTSTRAP_H
#define ANALYSIS_BOOTSTRAP_H

#include <stdint.h>

#include "base/status.h"

/* Bootstrap intervals. Draws come from the addressed stream with PURPOSE_RESAMPLE, so the same data give the same
 * interval. */

/* Which stream a bootstrap draws from: entity of the address. Never renumber. */
enum bootstrap_entity { BOOTSTRAP_SOBOL = 2, BOOTSTRAP_BAND = 3, BOOTSTRAP_MORRIS = 4, BOOTSTRAP_FRONT = 5 };

/* Multiplicities of `n_resamples` resamples of n units: counts[n_resamples][n]. */
STATUS_CHECKED dredge_status bootstrap_counts(int n, int n_resamples, uint64_t seed, enum bootstrap_entity entity,
                                              uint16_t *counts);

#endif
