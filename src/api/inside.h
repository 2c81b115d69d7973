/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef API_INSIDE_H
#define API_INSIDE_H

#include <signal.h>

#include "dredge/dredge.h"
#include "study/study.h"

/* What stands behind the public names. */

struct dredge_study {
    struct study inner;
};

/* A caller who is told of progress, and may wish to stop. */
struct caller {
    const struct dredge_run_options *options;
    volatile sig_atomic_t stop;
};

/* Tells the caller and remembers a wish to stop. */
void caller_tell(struct caller *caller, long long n_done, long long n_runs);

#endif
