/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_COMPACT_PARTS_H
#define STORE_COMPACT_PARTS_H

#include "store/compact.h"
#include "store/file/layout.h"
#include "store/pool.h"

/* A results file being written from a pool. */
struct compaction {
    struct pool *pool;         /* borrowed */
    const struct study *study; /* borrowed */
    struct layout *layout;     /* owned */
    struct shape shape;        /* of the file */
    int n_threads;
    int *replicates_done; /* [n_points], owned */
    int *runs_done;       /* [n_points][n_regimes], owned */
    long long n_done;
    int last_message; /* the last point whose message was written, -1: none */
};

/* The step of compact_write after the outcomes.: trajectories, as summaries over the replicates of each point
 * or as runs. */
STATUS_CHECKED dredge_status compact_series(struct compaction *compaction);

#endif
