/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_COMPACT_H
#define STORE_COMPACT_H

#include "store/pool.h"

/* Writes one results file from all runs of a settled pool, block by block, in memory that does not grow with the number
 * of runs; counts the pool's failed ones. */

struct compact_options {
    const char *temporary;  /* where the file is built, in the same file system as `output` */
    const char *output;     /* the name it gets when it is whole and on disk */
    const char *provenance; /* JSON */
    const char *shards;     /* which shards it holds ("1,3/8"), "" when the study was not divided */
    int n_threads;          /* that compress it */
    int is_complete;        /* otherwise the tallies are kept whatever the study says, so that it can be merged */
};

STATUS_CHECKED dredge_status compact_write(struct pool *pool, const struct study *study,
                                           const struct compact_options *options);

#endif
