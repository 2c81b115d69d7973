/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_CHECKPOINT_H
#define RESULT_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "result/span.h"

/* A checkpoint: a parcel of a programme that is under way, saved between two months of a world. It is a sequence of words
 * in three sections: the results so far, the organisations, and one record for each collaboration. */
struct checkpoint {
    struct span span;         /* the parcel */
    int task, month;          /* the run that is under way, and the months that it has behind it */
    uint64_t n_results;       /* words */
    uint64_t n_organisations; /* words */
    uint64_t n_collaborations, record_words;
    const char *file; /* for sentences; set by `find`, borrowed until the next */
};

/* Where checkpoints are kept. A parcel has one at most; a new one takes the place of the old one when it is complete. */
struct checkpoint_keeper {
    void *context;
    /* Begins a checkpoint; takes its words, in order, in any number of pieces; completes it. */
    dredge_status (*begin)(void *context, const struct checkpoint *checkpoint);
    dredge_status (*add)(void *context, size_t n, const uint32_t *words);
    dredge_status (*commit)(void *context);
    /* Looks for the checkpoint of the parcel that `checkpoint` names and fills in the rest of it. */
    dredge_status (*find)(void *context, struct checkpoint *checkpoint, int *is_found);
    /* Reads n words of the checkpoint found last, from word `start` on. */
    dredge_status (*read)(void *context, uint64_t start, size_t n, uint32_t *words);
};

#endif
