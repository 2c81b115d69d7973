/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_SEGMENT_H
#define STORE_PARTS_SEGMENT_H

#include <stdint.h>

#include "base/status.h"
#include "result/head.h"
#include "result/parcel.h"

/* Segments: finished parcels in one immutable file, cheap to write, each proven whole by a digest.
 *
 *     header    192 bytes: "DREDGSEG", version, counts, digests of the study and of its design, stamp of the model
 *     texts     the catalogue (result/catalogue.h) and who made the runs, as JSON (both filled up to 8 bytes)
 *     parcels   each a record of 64 bytes (point, first replicate, sizes) and its sections: message, status [regime]
 *               [replicate] (both filled up to 8 bytes), outcomes [outcome][regime][replicate], runs [series][regime]
 *               [replicate][sample], sizes of the tallies [regime], the tallies (result/tally_code.h)
 *     seal      48 bytes: "DREDGEND", bytes before the seal, their digest (store/parts/seal.h)
 *
 * Numbers are little-endian. */

/* A span of runs as it stands in one source. */
struct piece {
    struct span span;
    int source;      /* number of the source */
    uint64_t offset; /* in a segment: of the parcel's record; otherwise 0 */
};

struct pieces {
    int n, capacity;
    struct piece *piece; /* [capacity], owned; freed by pieces_free, safe on a zeroed list */
};

STATUS_CHECKED dredge_status pieces_add(struct pieces *pieces, const struct piece *piece);
void pieces_free(struct pieces *pieces);

/* Who makes runs: JSON, the seconds since it began, and how many of the segment's runs it took over from others. Of a segment
 * of which it took over all: lines of JSON, each ended, of those that made them. */
struct segment_maker {
    const char *by;
    double seconds;
    long long n_taken;
};

STATUS_CHECKED dredge_status segment_write(const char *path, const struct head *head, const struct segment_maker *maker,
                                           int n_parcels, const struct parcel *parcels);

/* Checks the whole segment and appends its parcels to `pieces` with source number `source`. DREDGE_FILE with a sentence
 * when it is cut off, damaged or of another study (`*is_damaged` is then 1), or of another model or design, or cannot be
 * read (then 0); the pieces are then as before. */
STATUS_CHECKED dredge_status segment_scan(const char *path, const struct head *head, int source, struct pieces *pieces,
                                          int *is_damaged);

/* A parcel's record. Sizes are in bytes and, but for tally_bytes, without what fills them up. */
struct segment_record {
    struct span span;
    uint64_t message_bytes, tally_bytes;             /* given; tally_bytes includes the sizes of the tallies */
    uint64_t status_bytes, outcome_bytes, run_bytes; /* follow from the shape */
    uint64_t total_bytes;                            /* with the record and what fills up */
};

/* An opened segment, and what was read from it last. */
struct segment {
    int descriptor, is_open;
    const char *path;     /* borrowed */
    unsigned char *bytes; /* the section that was read last, owned */
    size_t capacity;
    uint64_t offset, size; /* where it stands; size 0: none */
    struct segment_record record;
    uint64_t record_offset; /* where it stands; 0: none */
};

STATUS_CHECKED dredge_status segment_open(struct segment *segment, const char *path);
void segment_close(struct segment *segment); /* safe on a zeroed one */

/* The record of the parcel that stands at `offset`: borrowed until the next call. */
STATUS_CHECKED dredge_status segment_record(struct segment *segment, const struct head *head, uint64_t offset,
                                            const struct segment_record **record);

/* Sections of that parcel, borrowed until the next call: status [n_regimes][n_replicates] and outcomes [N_OUTCOME_COLUMNS]
 * [n_regimes][n_replicates] as doubles in little-endian bytes; one series of runs [n_regimes][n_replicates][n_months] as
 * floats in little-endian bytes; the tally of one regime, coded. */
STATUS_CHECKED dredge_status segment_runs(struct segment *segment, const struct head *head, uint64_t offset,
                                          const unsigned char **status, const unsigned char **outcomes);
STATUS_CHECKED dredge_status segment_series(struct segment *segment, const struct head *head, uint64_t offset,
                                            int series, const unsigned char **values);
STATUS_CHECKED dredge_status segment_tally(struct segment *segment, const struct head *head, uint64_t offset,
                                           int regime, const unsigned char **code, size_t *n_bytes);

/* Who made the runs; the caller frees `by`. */
STATUS_CHECKED dredge_status segment_provenance(struct segment *segment, char **by, struct segment_maker *maker);

/* The parcel's message. */
STATUS_CHECKED dredge_status segment_message(struct segment *segment, const struct head *head, uint64_t offset,
                                             char message[PARCEL_MESSAGE_BYTES]);

/* Finds the coded tally of one of n_regimes regimes in the section of tallies. Returns 0 when it does not fit. */
int segment_find_tally(size_t n_bytes, const unsigned char *section, int n_regimes, int regime, size_t *start,
                       size_t *size);

#endif
