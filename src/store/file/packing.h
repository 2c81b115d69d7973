/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_PACKING_H
#define STORE_FILE_PACKING_H

#include <hdf5.h>
#include <stddef.h>

#include "base/status.h"

/* Chunks on their way into a file: HDF5's own filters, shuffle and gzip, would take them one by one in one thread. Here
 * several wait until they are shuffled and compressed by all threads at once, and are written in the order in which they
 * came. HDF5 reads them as if it had made them, with the filters that the dataset declares: shuffle, then deflate. */

struct packing; /* opaque */

/* A packing that works with so many threads, at least 1. Freed with packing_free, also when this fails. */
STATUS_CHECKED dredge_status packing_new(struct packing **packing, int n_threads);

/* Takes the chunk of the dataset that begins at `start`: `count` values of `size` bytes along each of `rank` axes, in the
 * byte order of the file; beyond them, at the edge of the dataset, it holds zeros. The values are copied. Returns 1, or 0
 * when HDF5 failed or memory ran out, for this or an earlier chunk. */
int packing_put(struct packing *packing, hid_t dataset, size_t size, int rank, const hsize_t *start, const int *count,
                const void *values);

/* Writes what waits. Returns 1, or 0 when HDF5 failed. */
int packing_flush(struct packing *packing);

/* What waits is lost. Safe on NULL. */
void packing_free(struct packing *packing);

/* Bytes of memory of a packing whose largest chunk has `n_bytes`. */
double packing_bytes(double n_bytes);

#endif
