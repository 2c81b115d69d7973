/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_BOOTSTRAP_H
#define ANALYSIS_BOOTSTRAP_H

#include <stdint.h>

#include "base/status.h"

/* Bootstrap intervals. Draws come from the addressed stream with PURPOSE_RESAMPLE, so the same data give the same
 * interval. */

enum { BOOTSTRAP_RESAMPLES = 2000 };

/* Which stream a bootstrap draws from: entity of the address. Never renumber. */
enum bootstrap_entity {
    BOOTSTRAP_MEAN = 1,
    BOOTSTRAP_SOBOL = 2,
    BOOTSTRAP_BAND = 3,
    BOOTSTRAP_MORRIS = 4,
    BOOTSTRAP_FRONT = 5
};

/* The BCa interval of the mean of n values (n >= 2, finite): bias-corrected and accelerated (Efron 1987,
 * doi:10.1080/01621459.1987.10478410). Equal values give that value twice. */
STATUS_CHECKED dredge_status bootstrap_mean(int n, const double *values, double confidence, int n_resamples,
                                            uint64_t seed, double *low, double *high);

/* Multiplicities of `n_resamples` resamples of n units: counts[n_resamples][n]. */
STATUS_CHECKED dredge_status bootstrap_counts(int n, int n_resamples, uint64_t seed, enum bootstrap_entity entity,
                                              uint16_t *counts);

#endif
