/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_SEGMENT_FORMAT_H
#define STORE_PARTS_SEGMENT_FORMAT_H

#include "store/parts/segment.h"

/* The bytes of a segment's header and records; see store/segment.h. */

enum { SEGMENT_HEADER_BYTES = 128, SEGMENT_RECORD_BYTES = 64, SEGMENT_ALIGNMENT = 8, SEGMENT_VERSION = 1 };

static inline uint64_t segment_aligned(uint64_t n_bytes)
{
    return (n_bytes + SEGMENT_ALIGNMENT - 1) / SEGMENT_ALIGNMENT * SEGMENT_ALIGNMENT;
}

/* Computes the sizes that follow from the shape. */
void segment_measure(const struct head *head, struct segment_record *record);

void segment_record_put(const struct segment_record *record, unsigned char bytes[SEGMENT_RECORD_BYTES]);

/* Reads a record and computes all its sizes. Returns 0 when it is impossible for the shape or larger than `n_most`. */
int segment_record_get(const unsigned char bytes[SEGMENT_RECORD_BYTES], const struct head *head, uint64_t n_most,
                       struct segment_record *record);

void segment_header(const struct head *head, int n_parcels, unsigned char bytes[SEGMENT_HEADER_BYTES]);

/* Checks a header: NULL and the number of parcels, or why it does not fit the shape. */
const char *segment_header_check(const unsigned char bytes[SEGMENT_HEADER_BYTES], const struct head *head,
                                 int *n_parcels);

#endif
