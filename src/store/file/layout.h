/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LAYOUT_H
#define STORE_FILE_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "result/head.h"
#include "result/span.h"
#include "study/study.h"

/* A results file being written (docs/results_file.md): HDF5 that is also netCDF-4, with dimension scales, labels and units,
 * and a digest of every variable. HDF5 failures are remembered in the layout and told by layout_close. */

struct layout; /* opaque */

/* Elements of a chunk: 512 KB of outcomes or of trajectories. Small enough to write block by block in little memory, large
 * enough to be read at disk speed. */
enum { LAYOUT_OUTCOME_ELEMENTS = 1 << 16, LAYOUT_SERIES_ELEMENTS = 1 << 17 };

/* The blocks in which values are written: so many points and, of one point, so many replicates. */
struct layout_blocks {
    int run_points, run_replicates;       /* of outcomes and statuses */
    int series_points, series_replicates; /* of trajectories of runs; series_points also of summaries */
};

/* What the root of the file says in the end. */
struct layout_facts {
    long long n_done, n_failed;
    const int *replicates_done; /* [n_points] */
    const char *provenance;     /* JSON, of the program that writes the file */
    const char *parts;          /* lines of JSON, of those that made its runs */
    const char *shards;         /* "" when the study was not divided */
};

/* How the file is to be. */
struct layout_wish {
    int n_replicates;
    int is_part;     /* of a study: its runs are scattered */
    int has_tallies; /* keeps the tallies of trajectories */
    int n_threads;   /* that compress its values */
};

/* Creates the file with all its variables, empty, for `study` and its head (borrowed until layout_close). On failure the layout is closed all the same with layout_close. */
STATUS_CHECKED dredge_status layout_create(struct layout **layout, const char *path, const struct study *study,
                                           const struct head *head, const struct layout_wish *wish);

/* Borrowed from the layout. */
const struct shape *layout_shape(const struct layout *layout);
const struct layout_blocks *layout_blocks(const struct layout *layout);

/* Does it keep tallies? Has the disk refused something, so that nothing more need be written? */
int layout_has_tallies(const struct layout *layout);
int layout_has_failed(const struct layout *layout);

/* Write a swath of the statuses [n_points][n_regimes][n_replicates]; a row of outcomes, its columns the same, `stride`
 * values apart; a row of series of runs, its columns [n_points][n_regimes][n_replicates][n_months]. */
void layout_put_status(struct layout *layout, const struct swath *at, const uint8_t *status);
void layout_put_outcome(struct layout *layout, int row, const struct swath *at, const uint8_t *status,
                        const double *values, size_t stride);
void layout_put_runs(struct layout *layout, int row, const struct swath *at, const uint8_t *status, const float *values,
                     size_t stride);

/* Write a row of the summaries, or of the differences, of points [first, first + n_points): its columns are [n_points]
 * [n_regimes][N_STATISTICS or N_MOMENTS][n_months]. */
void layout_put_summaries(struct layout *layout, int row, int first, int n_points, const float *values, size_t stride);
void layout_put_differences(struct layout *layout, int row, int first, int n_points, const float *values,
                            size_t stride);

/* Writes the message of a point, which is not empty. Points come in order. */
void layout_put_message(struct layout *layout, int point, const char *message);

/* Appends the coded tallies of the next point. */
void layout_put_tallies(struct layout *layout, int point, size_t n_bytes, const unsigned char *bytes);

/* Writes what remains: lists, digests, settings, attributes. */
STATUS_CHECKED dredge_status layout_finish(struct layout *layout, const struct layout_facts *facts);

/* Closes the file and frees the layout; `output` names it in messages. Safe on NULL. Tells the first failure, but does
 * not check that the file has reached the disk. */
STATUS_CHECKED dredge_status layout_close(struct layout *layout, const char *output);

#endif
