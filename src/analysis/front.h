/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_FRONT_H
#define ANALYSIS_FRONT_H

#include <stdint.h>

#include "base/status.h"

/* The trade-off between two outcomes: which options no other option beats on both, and how sure that is. */

struct front_option {
    double first, second; /* means */
    int on_front;         /* no option is at least as good on both and better on one */
    double share;         /* share of resamples of replicates in which it is on the front */
};

/* first, second[n_options][n_replicates]: paired replicates (NaN: the replicate is left out for all options).
 * better_*: +1 or -1. out[n_options]. */
STATUS_CHECKED dredge_status front_compute(int n_options, int n_replicates, const double *first, const double *second,
                                           int better_first, int better_second, int n_resamples, uint64_t seed,
                                           struct front_option *out);

/* The same for given means only; `share` is left alone. */
void front_mark(int n_options, int better_first, int better_second, struct front_option *options);

#endif
