/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FUNCTION_H
#define RUN_FUNCTION_H

#include <signal.h>

#include "base/status.h"
#include "study/study.h"

/* A study as a function: rows of factor values in, the outcomes of their runs out. All rows meet the same luck, so that
 * their difference is the factors' doing (common random numbers). */

struct function {
    const struct study *study; /* borrowed; its own design and number of replicates do not count */
    int regime;                /* the only one that runs, or -1: all */
    int n_factors;
    const char *const *factors; /* [n_factors] keys as a design has them, borrowed */
    int n_outcomes;
    const int *outcomes; /* [n_outcomes] columns of a parcel, borrowed */
    int first, n_replicates;
};

struct function_options {
    int n_threads;                     /* 0: all */
    const volatile sig_atomic_t *stop; /* NULL, or set to non-zero to stop soon: DREDGE_INTERRUPTED */
    void (*progress)(void *context, long long n_done, long long n_runs); /* NULL or called now and then */
    void *context;
};

/* Are all factors keys of the study that concern the regimes that run? DREDGE_USAGE, with the nearest key, where one is not. */
STATUS_CHECKED dredge_status function_check(const struct function *function);

/* Of a function that passes the check: runs replicates first .. first + n_replicates - 1 of the function's regimes for each row of x ([n_rows][n_factors]) into
 * out[n_rows][n_outcomes][regimes][n_replicates]; NaN where an outcome is missing. DREDGE_USAGE with the row, the factor
 * and what is allowed when a value cannot be; DREDGE_STUDY when a row is an impossible combination. */
STATUS_CHECKED dredge_status function_call(const struct function *function, int n_rows, const double *x,
                                           const struct function_options *options, double *out);

#endif
