/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SPOIL_H
#define TESTS_SPOIL_H

#include <stddef.h>
#include <stdint.h>

/* An HDF5 file in memory. */
struct image {
    size_t n_bytes;
    unsigned char *bytes; /* owned by the caller */
};

/* Makes a spoilt copy of a sound results file; the caller frees spoilt->bytes. The recipe is a row of changes: a byte that
 * says what to do, one that says to which attribute or dataset, one that says how many bytes follow, and these bytes.
 * Changes go through HDF5, so that its checksums hold; the last kinds change bytes of the file itself. */
void spoil(const struct image *sound, size_t n_bytes, const uint8_t *recipe, struct image *spoilt);

#endif
