/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_RATIO_H
#define ANALYSIS_RATIO_H

#include "result/results.h"

/* Outcomes that are a ratio leave out the runs in which nothing was addressed, which favours a regime that fails more
 * often. The ratio of sums counts every run. */

/* Of durability: layers addressed after aftercare over layers addressed before. Of person-months per layer: person-months
 * over layers addressed; runs without any layer count with what they cost. out[n_regimes], over all runs of a regime; NaN
 * where the sum below is 0. */
STATUS_CHECKED dredge_status ratio_read(struct results *results, int outcome, double *out);

#endif
