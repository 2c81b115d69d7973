/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_PROCESSES_H
#define SEARCH_PROCESSES_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Several processes that calibrate together, each in step with the others: they divide the rows, and add up their results. */
struct processes {
    int rank, n_ranks;
    /* Replaces values[n] by their sums over all processes. */
    void (*all_sum)(void *context, size_t n, int64_t *values);
    void *context;
};

/* What all processes of a crew (NULL: this one) come to: the own status where that is no success; DREDGE_OK where all have it;
 * otherwise what another one ended with, without a sentence. */
STATUS_CHECKED dredge_status processes_agree(const struct processes *crew, dredge_status own);

/* Have all processes of a crew (NULL: this one) the digest of the first one? Those that have not fail with `code` and this
 * sentence, and the others without one. */
STATUS_CHECKED dredge_status processes_match(const struct processes *crew, const char hex[33], dredge_status code,
                                             const char *sentence);

/* Gives all processes of a crew values[n], each of which one of them has and which are 0 in the others, bit by bit. Where one has
 * failed, as its `status` says, all fail, so that none waits for it. */
STATUS_CHECKED dredge_status processes_share(const struct processes *crew, dredge_status status, size_t n,
                                             double *values);

#endif
