/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "result/checkpoint.h"
#include "result/parcel.h"
#include "result/results.h"
#include "store/parts/aside.h"
#include "study/study.h"

/* Results on disk (HDF5, valid netCDF-4). While a study runs, finished parcels are written as immutable segments in
 * the folder OUTPUT.parts/ (temporary name, fsync, rename); at the end they are compacted into OUTPUT, also by rename.
 * Shards, ranks and array tasks write the same segments, so merging and resuming are one mechanism. */

/* For a program that is about to end anyway when it has done with the store: HDF5 then frees nothing at exit, where it
 * trips over what failed before. Called before everything else, once. */
void store_leave_to_exit(void);

/* For a program that others built around this one: between the two, HDF5 tells nobody of its errors in this thread, and
 * afterwards whom it told before. One thread at a time. */
void store_hush(void);
void store_unhush(void);

/* ---- writing ---- */

/* The results file of a study has at most so many bytes, whatever its runs give. */
double store_most_bytes(const struct study *study);

/* What bringing all its runs into one file takes in memory. */
double store_compacting_bytes(const struct study *study);

struct store; /* the output of a run under way */

struct store_options {
    int resume;    /* go on with the segments (or the incomplete output) that exist */
    int force;     /* replace an existing output */
    int shard;     /* 0-based */
    int n_shards;  /* 1 when not sharded */
    int rank;      /* 0, or the number of a process that only appends to the output that the process with rank 0 has
                        begun and will finish, after all others have ended theirs */
    int64_t sign;  /* where `rank` is not 0: what store_sign gave that process */
    int n_threads; /* that compress the output (base/threads.h); 0: all */
    const char *provenance; /* JSON text, borrowed */
    const char *extends;    /* results whose runs are taken over (store/donor.h), borrowed; NULL: none */
};

/* Prepares the output `path` for `study` (both borrowed, must outlive the store): checks that it can be written before
 * any run starts, takes a lock (a second process on one output is refused with DREDGE_FILE and a sentence that names
 * the other), and, on resume, checks that the study is the same (else names what changed) and reads which runs are
 * there; corrupted segments and checkpoints are reported to `warn` (may be NULL) and set aside. */
STATUS_CHECKED dredge_status store_begin(struct store **store, const char *path, const struct study *study,
                                         const struct store_options *options, store_warn *warn, void *context);

/* Signs the output that this process has begun as rank 0, so that others know it from one of the same name elsewhere: they find
 * `*sign` in it, or are refused with DREDGE_FILE. */
STATUS_CHECKED dredge_status store_sign(struct store *store, int64_t *sign);

/* Are there runs of this replicate of `point` to take over, though not under all regimes? Those under the regimes that
 * store_taken marks, [n_regimes], need not be run, except the baseline, to which the others are compared. */
int store_takes(struct store *store, int point, int replicate);
const unsigned char *store_taken(const struct store *store);

/* Is replicate `replicate` of `point` finished (all regimes) in what was resumed? */
int store_has(const struct store *store, int point, int replicate);

/* Outcomes of the finished replicates of `span` (from replicate 0 on) that were resumed: fills
 * out[n_regimes][span->n_replicates] for outcome `outcome`, NaN where missing. The stopping rule goes on from them. */
STATUS_CHECKED dredge_status store_outcomes(struct store *store, const struct span *span, int outcome, double *out);

/* Writes parcels (one segment, fsync, rename), with the runs that they lack taken over. */
STATUS_CHECKED dredge_status store_append(struct store *store, int n_parcels, struct parcel *parcels);

/* Checkpoints of parcels that are under way, as struct checkpoint_keeper says; one at a time. store_append removes those
 * of its parcels. */
STATUS_CHECKED dredge_status store_checkpoint_begin(struct store *store, const struct checkpoint *checkpoint);
STATUS_CHECKED dredge_status store_checkpoint_add(struct store *store, size_t n, const uint32_t *words);
STATUS_CHECKED dredge_status store_checkpoint_commit(struct store *store);
STATUS_CHECKED dredge_status store_checkpoint_find(struct store *store, struct checkpoint *checkpoint, int *is_found);
STATUS_CHECKED dredge_status store_checkpoint_read(struct store *store, uint64_t start, size_t n, uint32_t *words);

/* Compacts all segments into the output and removes them; or, for a shard, leaves a file that merge accepts. */
STATUS_CHECKED dredge_status store_finish(struct store *store);

/* Whether failed runs may be in the output; 0 when store_finish has written it and there are none. */
int store_may_hold_failures(const struct store *store);

/* Leaves the segments for --resume, drops the lock and frees; safe on NULL. Also called after store_finish. */
void store_end(struct store *store);

/* Merges results files and shards of one study into `path`. Overlapping runs must agree. */
STATUS_CHECKED dredge_status store_merge(const char *path, int force, int n_parts, const char *const *parts,
                                         store_warn *warn, void *context);

/* ---- reading ---- */

/* Opens a results file; closed with results_close. */
STATUS_CHECKED dredge_status results_open(struct results **results, const char *path);

#endif
