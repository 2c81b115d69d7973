/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "result/checkpoint.h"
#include "result/parcel.h"
#include "study/study.h"

/* Results on disk (HDF5, valid netCDF-4). While a study runs, finished parcels are written as immutable segments in
 * the folder OUTPUT.parts/ (temporary name, fsync, rename); at the end they are compacted into OUTPUT, also by rename.
 * Shards, ranks and array tasks write the same segments, so merging and resuming are one mechanism. */

/* For a program that is about to end anyway when it has done with the store: HDF5 then frees nothing at exit, where it
 * trips over what failed before. Called before everything else, once. */
void store_leave_to_exit(void);

/* ---- writing ---- */

struct store; /* the output of a run under way */

struct store_options {
    int resume;   /* go on with the segments (or the incomplete output) that exist */
    int force;    /* replace an existing output */
    int shard;    /* 0-based */
    int n_shards; /* 1 when not sharded */
    int rank;     /* 0, or the number of a process that only appends to the output that the process with rank 0 has
                        begun and will finish, after all others have ended theirs */
    const char *provenance; /* JSON text, borrowed */
};

/* Prepares the output `path` for `study` (both borrowed, must outlive the store): checks that it can be written before
 * any run starts, takes a lock (a second process on one output is refused with DREDGE_FILE and a sentence that names
 * the other), and, on resume, checks that the study is the same (else names what changed) and reads which runs are
 * there; corrupted segments and checkpoints are reported to `warn` (may be NULL) and set aside. */
typedef void store_warn(void *context, const char *sentence);
STATUS_CHECKED dredge_status store_begin(struct store **store, const char *path, const struct study *study,
                                         const struct store_options *options, store_warn *warn, void *context);

/* Is replicate `replicate` of `point` finished (all regimes) in what was resumed? */
int store_has(const struct store *store, int point, int replicate);

/* Outcomes of the finished replicates of a point that were resumed: fills out[n_regimes][n_replicates] for outcome
 * `outcome`, replicates 0 .. n_replicates-1, NaN where missing. The stopping rule goes on from them. */
STATUS_CHECKED dredge_status store_outcomes(struct store *store, int point, int outcome, int n_replicates, double *out);

/* Writes parcels (one segment, fsync, rename). */
STATUS_CHECKED dredge_status store_append(struct store *store, int n_parcels, const struct parcel *parcels);

/* Checkpoints of parcels that are under way, as struct checkpoint_keeper says; one at a time. store_append removes those
 * of its parcels. */
STATUS_CHECKED dredge_status store_checkpoint_begin(struct store *store, const struct checkpoint *checkpoint);
STATUS_CHECKED dredge_status store_checkpoint_add(struct store *store, size_t n, const uint32_t *words);
STATUS_CHECKED dredge_status store_checkpoint_commit(struct store *store);
STATUS_CHECKED dredge_status store_checkpoint_find(struct store *store, struct checkpoint *checkpoint, int *is_found);
STATUS_CHECKED dredge_status store_checkpoint_read(struct store *store, uint64_t start, size_t n, uint32_t *words);

/* Compacts all segments into the output and removes them; or, for a shard, leaves a file that merge accepts. */
STATUS_CHECKED dredge_status store_finish(struct store *store);

/* Leaves the segments for --resume, drops the lock and frees; safe on NULL. Also called after store_finish. */
void store_end(struct store *store);

/* Merges results files and shards of one study into `path`. Overlapping runs must agree. */
STATUS_CHECKED dredge_status store_merge(const char *path, int force, int n_parts, const char *const *parts,
                                         store_warn *warn, void *context);

/* ---- reading ---- */

struct results; /* an open results file */

struct results_info {
    int n_points, n_regimes, n_replicates; /* the replicate dimension: the largest number of any point */
    int n_months;                          /* samples of trajectories, 0 when there are none */
    int n_factors;
    int trajectories_are_runs;
    char **regimes; /* [n_regimes] */
    char **factors; /* [n_factors] keys with dots, "funder.target" */
    double *values; /* [n_points][n_factors] */
    int *months;    /* [n_months] */
    const char *title, *study, *overrides, *provenance, *digest, *format_version;
    long long n_done, n_failed, n_not_run; /* runs by status */
};

STATUS_CHECKED dredge_status results_open(struct results **results, const char *path);
void results_close(struct results *results); /* safe on NULL */

/* Borrowed from the open file. */
const struct results_info *results_info(const struct results *results);

/* The study that made the file, read again from its text and overrides; the caller frees it. */
STATUS_CHECKED dredge_status results_study(const struct results *results, struct study *study);

/* Outcome `outcome` (enum outcome) of points [first, first + n_points): out[n_points][n_regimes][n_replicates]; NaN
 * where a run failed or was not run. */
STATUS_CHECKED dredge_status results_outcome(struct results *results, int outcome, int first, int n_points,
                                             double *out);

/* Statuses: out[n_points][n_regimes][n_replicates]. */
STATUS_CHECKED dredge_status results_status(struct results *results, int first, int n_points, uint8_t *out);

/* A trajectory of one point and regime. Summary files: out[N_STATISTICS][n_months]. */
STATUS_CHECKED dredge_status results_summary(struct results *results, int series, int point, int regime, float *out);
/* Files with runs: out[n_replicates][n_months]. */
STATUS_CHECKED dredge_status results_runs(struct results *results, int series, int point, int regime, float *out);

/* Computes the digest of the scientific content again from the data (32 hexadecimal digits). */
STATUS_CHECKED dredge_status results_digest(struct results *results, char digest[33]);

#endif
