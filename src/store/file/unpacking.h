/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_UNPACKING_H
#define STORE_FILE_UNPACKING_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Chunks on their way out of a file, the way back of store/file/packing.h: a chunk that was taken from a file as it stands is
 * decompressed without HDF5, which would do so in one thread only. */

enum unpacking_stored { STORED_SHUFFLED = 1, STORED_DEFLATED = 2 }; /* what was done to a chunk */

struct unpacking; /* opaque; for one thread */

/* Freed with unpacking_free, which is safe on NULL; also when this fails. */
STATUS_CHECKED dredge_status unpacking_new(struct unpacking **unpacking);
void unpacking_free(struct unpacking *unpacking);

/* The room for `n_bytes` of a chunk as it is stored, borrowed until the next call; NULL when out of memory. */
unsigned char *unpacking_room(struct unpacking *unpacking, size_t n_bytes);

/* The chunk that stands in the room and has `n_whole` bytes when it is whole. */
enum unpacked { UNPACKED, UNPACKED_DAMAGED, UNPACKED_NO_MEMORY };
enum unpacked unpacking_open(struct unpacking *unpacking, int stored, size_t n_bytes, size_t n_whole);

/* Takes `n` values, `step` apart, of the chunk that was opened last, from number `first` on: values of 8 bytes as doubles,
 * values of one byte. */
void unpacking_reals(const struct unpacking *unpacking, size_t first, size_t step, size_t n, double *out);
void unpacking_bytes(const struct unpacking *unpacking, size_t first, size_t step, size_t n, uint8_t *out);

#endif
