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

/* Which way is better: +1 more, -1 less. */
struct front_ways {
    int first, second;
};

/* first, second[n_options][n_replicates]: paired replicates (NaN: the replicate is left out for all options).
 * out[n_options]. */
STATUS_CHECKED dredge_status front_compute(int n_options, int n_replicates, const double *first, const double *second,
                                           struct front_ways better, int n_resamples, uint64_t seed,
                                           struct front_option *out);

/* The same for given means only; `share` is left alone. */
void front_mark(int n_options, struct front_ways better, struct front_option *options);

#endif
