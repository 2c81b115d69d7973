/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_OUTPUT_INSIDE_H
#define STORE_OUTPUT_INSIDE_H

#include "store/donor.h"
#include "store/hold.h"
#include "store/parts/checkpoint_file.h"
#include "store/parts/manifest.h"
#include "store/parts/shards.h"
#include "store/pool.h"
#include "store/store.h"

/* The output of a run under way. */
struct store {
    char *path, *provenance;   /* owned */
    const struct study *study; /* borrowed */
    struct store_options options;
    struct hold hold;
    struct head head;
    struct pool pool;     /* what was resumed; everything, while finishing */
    struct shards shards; /* of the output that is continued */
    int continues;        /* the output exists and its runs count */
    int is_complete;      /* and it has no shards missing */
    int next_number;      /* of a segment */
    double started;       /* when this process began, by clock_seconds */
    int is_written;       /* by this process, as a whole */
    int n_segments;       /* that were resumed or written: as many must be there at the end */
    struct donor donor;   /* of the runs that are taken over */
    unsigned char
        *taken; /* [n_regimes], 1 for those that need not be run where the donor holds others; owned; NULL: none */
    int has_checkpoints; /* there may be some in the folder */
    struct checkpoint_writer checkpoint_writer;
    struct checkpoint_reader checkpoint_reader; /* of the one found last */
};

/* Goes on with what is there: checks that it is of the same study, sets damaged segments aside, and reads which runs are
 * finished. */
STATUS_CHECKED dredge_status output_take_resumed(struct store *store, store_warn *warn, void *context);

/* Writes a segment. */
STATUS_CHECKED dredge_status output_append(struct store *store, const struct segment_maker *maker, int n_parcels,
                                           const struct parcel *parcels);

/* Opens the donor, if there is one; takes over what it holds under all regimes, as segments. */
STATUS_CHECKED dredge_status output_take_over(struct store *store);

/* Checks the checkpoints of the folder as it was listed: damaged ones are set aside, those of another study or version are
 * refused. */
STATUS_CHECKED dredge_status output_check_checkpoints(struct store *store, store_warn *warn, void *context);

/* Removes the checkpoints of parcels whose segment is on disk. */
STATUS_CHECKED dredge_status output_drop_checkpoints(struct store *store, int n_parcels, const struct parcel *parcels);

#endif
