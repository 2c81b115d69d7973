/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_COMPACT_PARTS_H
#define STORE_COMPACT_PARTS_H

#include "result/content.h"
#include "store/compact.h"
#include "store/file/layout.h"
#include "store/pool.h"

/* A results file being written from a pool. */
struct compaction {
    struct pool *pool;         /* borrowed */
    const struct study *study; /* borrowed */
    struct layout *layout;     /* owned */
    struct shape shape;        /* of the file */
    struct content content;
    int *replicates_done; /* [n_points], owned */
    long long n_done, n_failed;
    int last_message; /* the last point whose message was written, -1: none */
};

/* The steps of compact_write after the outcomes. Trajectories: summaries over the replicates of each point, or all runs.
 * Lists: what there is one of per point. Root: the digest of the content and the root attributes. */
STATUS_CHECKED dredge_status compact_series(struct compaction *compaction);
void compact_lists(struct compaction *compaction);
STATUS_CHECKED dredge_status compact_root(struct compaction *compaction, const struct compact_options *options);

#endif
