/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_ADJUST_H
#define SEARCH_CALIBRATE_ADJUST_H

#include <gsl/gsl_rng.h>

#include "search/calibrate.h"

/* Regression adjustment (Beaumont, Zhang & Balding 2002) from the posterior's tolerance to 1. The fitted figures get the error that
 * is left between the two, drawn from `rng`, as the data have it: what normal scores of the keys' places follow of that distance to
 * the targets, by weighted least squares within each theory, is taken off. Exact where scores and figures are normal. */
STATUS_CHECKED dredge_status posterior_adjust(struct posterior *posterior, gsl_rng *rng);

#endif
