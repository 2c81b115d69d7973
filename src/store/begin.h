/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_BEGIN_H
#define STORE_BEGIN_H

#include "store/folder.h"
#include "store/lock.h"
#include "store/manifest.h"
#include "store/pool.h"
#include "store/shards.h"

/* The output of a run under way. */
struct store {
    char *path, *provenance;   /* owned */
    const struct study *study; /* borrowed */
    struct store_options options;
    struct folder folder;
    struct lock lock;
    struct shape shape;
    struct pool pool;     /* what was resumed; everything, while finishing */
    struct shards shards; /* of the output that is continued */
    int continues;        /* the output exists and its runs count */
    int is_complete;      /* and it has no shards missing */
    int next_number;      /* of a segment */
    int n_segments;       /* that were resumed or written: as many must be there at the end */
};

/* Goes on with what is there: checks that it is of the same study, sets damaged segments aside, and reads which runs are
 * finished. */
STATUS_CHECKED dredge_status begin_resumed(struct store *store, store_warn *warn, void *context);

#endif
