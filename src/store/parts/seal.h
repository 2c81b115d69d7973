/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_SEAL_H
#define STORE_PARTS_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/status.h"

/* The end of segments and checkpoints: how long the file is before it, and the digest of that. A file that was cut
 * off or damaged does not match its seal. */

enum { SEAL_BYTES = 48 };

/* The seal of a file of `n_bytes` with this digest. */
void seal_put(uint64_t n_bytes, const struct digest *digest, unsigned char bytes[SEAL_BYTES]);

/* Adds a piece of a file that is written to a digest: files_writer.on_piece, whose context is the digest. */
void seal_see_piece(void *digest, size_t n_bytes, const unsigned char *bytes);

/* Adds the first `n_bytes` of an open file to a digest. */
STATUS_CHECKED dredge_status seal_digest(int descriptor, const char *path, uint64_t n_bytes, struct digest *digest);

/* Compares an open file with its seal; `*n_bytes`: how long it is before the seal, at least `n_least`. A failure because
 * of the content sets `*is_damaged` and names `what` (a segment, a checkpoint) that the file is. */
STATUS_CHECKED dredge_status seal_check(int descriptor, const char *path, const char *what, uint64_t n_least,
                                        uint64_t *n_bytes, int *is_damaged);

#endif
