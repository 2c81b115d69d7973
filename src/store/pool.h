/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_POOL_H
#define STORE_POOL_H

#include "store/file/results_file.h"
#include "store/parts/segment.h"
#include "store/spool.h"

/* All finished runs of one study, wherever they stand: in segments, in results files, in shards. What resume, compaction
 * and merge read. */

struct source {
    char *path;                    /* owned */
    int is_file, has_tallies;      /* a results file; a segment, which always has tallies */
    struct results_file *file;     /* owned; NULL: not open just now (pool_file) */
    long long last_use;            /* of the open file */
    char digest[33];               /* that the file said when it was added */
    char *parts;                   /* lines of its provenance, owned */
    long long n_runs;              /* that pool_settle kept */
    int kept_point, dropped_point; /* the last point of which pool_settle kept, or dropped, a piece; -1: none */
};

struct pool {
    const struct head *head; /* borrowed */
    int n_sources, capacity;
    struct source *source; /* [capacity], owned */
    struct pieces pieces;  /* after pool_settle in order of points and replicates, without overlap */
    int open_source;       /* the segment that is open, when segment.is_open */
    struct segment segment;
    int n_open; /* results files */
    long long n_uses;
    long long n_failed;  /* runs, counted by compact_write */
    struct spool *spool; /* owned; NULL: runs of results files are read by HDF5 */
};

/* An empty pool; freed with pool_free, which is safe on a zeroed one. */
void pool_init(struct pool *pool, const struct head *head);
void pool_free(struct pool *pool);

/* Results files that are added are spooled beside `path`, which is borrowed, so that pool_want_runs reads them side by side. */
STATUS_CHECKED dredge_status pool_spool(struct pool *pool, const char *path);

/* Adds a segment or a results file. On failure the pool is as before; `*is_damaged` then tells whether the segment's content
 * is at fault, not the reading. The pool takes over `file` if it succeeds. */
STATUS_CHECKED dredge_status pool_add_segment(struct pool *pool, const char *path, int *is_damaged);
STATUS_CHECKED dredge_status pool_add_results(struct pool *pool, struct results_file *file);

/* Puts the pieces in order. Runs that are there more than once must agree (DREDGE_FILE otherwise) and are kept once. */
STATUS_CHECKED dredge_status pool_settle(struct pool *pool);

/* The first piece of a settled pool that ends behind replicate `replicate` of `point`, or lies at a later point. */
int pool_find(const struct pool *pool, int point, int replicate);

/* Does the pool hold any of replicates [first, first + n) of points [point, point + n_points)? */
int pool_holds(const struct pool *pool, int point, int n_points, int first, int n);

/* One more than the last finished replicate of any point. */
int pool_replicates(const struct pool *pool);

/* Reads replicates [first, first + n) of a piece. */
STATUS_CHECKED dredge_status pool_read_runs(struct pool *pool, const struct piece *piece, int first, int n,
                                            const struct pool_target *target);

/* The same, at the latest with pool_read_wanted, by so many threads. The target holds NAN and RUN_NOT_RUN before. */
STATUS_CHECKED dredge_status pool_want_runs(struct pool *pool, const struct piece *piece, int first, int n,
                                            const struct pool_target *target);
STATUS_CHECKED dredge_status pool_read_wanted(struct pool *pool, int n_threads);

/* The same for one row of outcomes: column k of it to out[k * outcome_stride + g * regime_stride + r]. */
STATUS_CHECKED dredge_status pool_read_outcome(struct pool *pool, const struct piece *piece, int row, int first, int n,
                                               size_t outcome_stride, size_t regime_stride, double *out);

/* The same for the statuses: out[g * regime_stride + r]. */
STATUS_CHECKED dredge_status pool_read_status(struct pool *pool, const struct piece *piece, int first, int n,
                                              size_t regime_stride, uint8_t *out);

/* The same for one row of series of runs: column k to out[k * series_stride + (g * regime_stride + r) * n_months + month].
 */
STATUS_CHECKED dredge_status pool_read_series(struct pool *pool, const struct piece *piece, int row, int first, int n,
                                              size_t series_stride, size_t regime_stride, float *out);

/* The open file of a source that is a results file: borrowed until the next call, as few are open at once. */
STATUS_CHECKED dredge_status pool_file(struct pool *pool, int source, struct results_file **file);

/* Opens a source that is a segment, as pool->segment. */
STATUS_CHECKED dredge_status pool_open_segment(struct pool *pool, int source);

/* The message of a piece's failed runs, "" when none failed. */
STATUS_CHECKED dredge_status pool_message(struct pool *pool, const struct piece *piece,
                                          char message[PARCEL_MESSAGE_BYTES]);

/* Pieces [from, to) of a settled pool, all of one point. */
struct piece_range {
    int from, to;
};

/* A coded tally. */
struct pool_tally {
    const unsigned char *code; /* [n_bytes], in the section, or borrowed until the pool reads something else */
    size_t n_bytes;
    unsigned char *section; /* owned: the caller frees it, also on failure */
};

/* The tally of one regime that the source of a piece holds: of the piece, or if it is a results file of the point. */
STATUS_CHECKED dredge_status pool_tally(struct pool *pool, const struct piece *piece, int regime,
                                        struct pool_tally *tally);

/* Fails: the tally of this piece is none. */
STATUS_CHECKED dredge_status pool_tally_damaged(const struct pool *pool, const struct piece *piece);

/* Adds the tallies of one regime to `sum`. */
STATUS_CHECKED dredge_status pool_add_tallies(struct pool *pool, struct piece_range range, int regime,
                                              struct tally *sum);

/* The number of the results file that alone holds all runs of the point, so that its summary holds; otherwise -1. */
int pool_sole_file(const struct pool *pool, struct piece_range range);

/* Can all its tallies be read? Segments have them; results files that were told so do not. */
int pool_has_tallies(const struct pool *pool);

/* The provenance of what the pool kept: a line of JSON for each program that made runs of it, with their number and the
 * seconds that it took. The caller frees the lines. */
STATUS_CHECKED dredge_status pool_provenance(struct pool *pool, char **lines);

#endif
