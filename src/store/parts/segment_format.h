/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_SEGMENT_FORMAT_H
#define STORE_PARTS_SEGMENT_FORMAT_H

#include "store/parts/segment.h"

/* The bytes of a segment's header and records; see store/parts/segment.h. */

enum { SEGMENT_HEADER_BYTES = 192, SEGMENT_RECORD_BYTES = 64, SEGMENT_ALIGNMENT = 8, SEGMENT_VERSION = 2 };

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

/* What a header says beside what follows from the head. */
struct segment_header {
    int n_parcels;
    uint64_t catalogue_bytes, maker_bytes; /* of the texts, without what fills them up */
    double seconds;
    uint64_t n_taken;
};

void segment_header_put(const struct head *head, const struct segment_header *header,
                        unsigned char bytes[SEGMENT_HEADER_BYTES]);

/* Checks a header: NULL and what it says, or why it does not fit the head. A header of another model is not compared further. */
const char *segment_header_get(const unsigned char bytes[SEGMENT_HEADER_BYTES], const struct head *head,
                               struct segment_header *header, struct origin *origin);

/* Where the parcels begin. */
static inline uint64_t segment_parcels(const struct segment_header *header)
{
    return SEGMENT_HEADER_BYTES + segment_aligned(header->catalogue_bytes) + segment_aligned(header->maker_bytes);
}

#endif
