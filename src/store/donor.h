/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_DONOR_H
#define STORE_DONOR_H

#include "result/head.h"
#include "result/parcel.h"
#include "store/file/results_file.h"

/* A donor: results of a study that asks for less than the study at hand (fewer replicates, design points or regimes) and is
 * otherwise the same, so that its runs are runs of this one. They are taken over as parcels. */
struct donor {
    struct results_file *file; /* owned */
    const struct head *head;   /* of the study at hand, borrowed */
    int *point;                /* [n_points] its number of each design point, -1 where it has it not; owned */
    int *regime;               /* [n_regimes] likewise; owned */
    int has_all_regimes;
    int looked_at;          /* the design point of `is_held`, -1: none */
    unsigned char *is_held; /* [n_replicates of the file], 1 where it holds the replicate under its regimes; owned */
};

/* Opens a file and checks that its runs can be taken over: DREDGE_FILE with a sentence that names what does not fit. Freed
 * with donor_free, which is safe on a zeroed one. */
STATUS_CHECKED dredge_status donor_open(struct donor *donor, const char *path, const struct study *study,
                                        const struct head *head);
void donor_free(struct donor *donor);

/* Does it hold this replicate? A file that cannot be read holds none; `donor_fill` tells why. */
int donor_holds(struct donor *donor, int point, int replicate);

/* The replicates of a design point that it holds, from `*first` on: their number, 0 when there are no more. */
int donor_next(struct donor *donor, int point, int *first);

/* Fills what the parcel lacks, and compares what it has, with the donor's runs, all of which it holds. The counts behind
 * summaries are those of all replicates of the point: the parcel with the first of them gets them. Adds to `*n_taken` the
 * runs that were taken over. */
STATUS_CHECKED dredge_status donor_fill(struct donor *donor, struct parcel *parcel, long long *n_taken);

#endif
