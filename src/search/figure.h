/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_FIGURE_H
#define SEARCH_FIGURE_H

#include "study/calibration.h"

/* The figure of a target from values [n_regimes][n] of its outcome and, for a correlation, of the other. Weights of regimes
 * sum to 1; a regime without values is left out. `scratch` holds 2 * n_regimes * n numbers. */
double figure_of(const struct evidence *target, int n_regimes, const double *weights, int n, const double *values,
                 const double *others, double *scratch);

#endif
