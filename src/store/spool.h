/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_SPOOL_H
#define STORE_SPOOL_H

#include "store/file/results_file.h"
#include "store/parts/segment.h"

/* Runs of results files on their way into another one: the compressed chunks of each file, copied to one scratch file as they
 * are. So the files need not be open side by side, however many they are, and threads can read and decompress at once what
 * HDF5 would read chunk by chunk in one. */

/* Where the values of a piece go: column c of outcomes of regime g and replicate `first` + r to
 * out[c * outcome_stride + g * regime_stride + r]. */
struct pool_target {
    size_t outcome_stride, regime_stride;
    double *outcomes;
    uint8_t *status; /* [g * regime_stride + r] */
};

struct spool; /* opaque */

/* An empty spool, its scratch file beside `path`. Freed with spool_free, which is safe on NULL, also when this fails. Both are
 * borrowed. */
STATUS_CHECKED dredge_status spool_new(struct spool **spool, const char *path, const struct head *head);
void spool_free(struct spool *spool);

/* Copies what the file, which becomes source number `source`, stores of these pieces of it, in their order. A file that
 * stores its runs in another way than dredge does is left out. `name` is borrowed, for messages. */
STATUS_CHECKED dredge_status spool_add(struct spool *spool, int source, const char *name, struct results_file *file,
                                       int n_pieces, const struct piece *pieces);

/* Are the runs of the source there? */
int spool_holds(const struct spool *spool, int source);

/* Asks for replicates [first, first + n) of a piece that is held, or was; spool_read gets all that were asked for since it
 * was called last, by so many threads. What was never written to the file is left as it is. */
STATUS_CHECKED dredge_status spool_want(struct spool *spool, const struct piece *piece, int first, int n,
                                        const struct pool_target *target);
STATUS_CHECKED dredge_status spool_read(struct spool *spool, int n_threads);

#endif
