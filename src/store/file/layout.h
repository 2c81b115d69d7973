/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LAYOUT_H
#define STORE_FILE_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "result/shape.h"
#include "study/study.h"

/* A results file being written: HDF5 that is also netCDF-4, with dimension scales, labels and units. HDF5 failures are
 * remembered in the layout and told by layout_close. */

struct layout; /* opaque */

/* The blocks in which values are written: so many points and, of one point, so many replicates. */
struct layout_blocks {
    int run_points, run_replicates;       /* of outcomes and statuses */
    int series_points, series_replicates; /* of trajectories of runs; series_points also of summaries */
};

/* A block: all replicates of some points, or some replicates of one point. */
struct layout_block {
    int point, n_points, first, n_replicates;
};

/* Creates the file with all its variables, empty, for `study` (borrowed until layout_close). On failure the layout is
 * closed all the same with layout_close. */
STATUS_CHECKED dredge_status layout_create(struct layout **layout, const char *path, const struct study *study,
                                           int n_replicates, int has_tallies);

/* Borrowed from the layout. */
const struct shape *layout_shape(const struct layout *layout);
const struct layout_blocks *layout_blocks(const struct layout *layout);

/* Does it keep tallies? Has writing failed, so that nothing more need be written? */
int layout_has_tallies(const struct layout *layout);
int layout_has_failed(const struct layout *layout);

/* Write a block: an outcome or the statuses [n_points][n_regimes][n_replicates], one series of runs [n_points][n_regimes]
 * [n_replicates][n_months]. */
void layout_put_outcome(struct layout *layout, int outcome, const struct layout_block *block, const double *values);
void layout_put_status(struct layout *layout, const struct layout_block *block, const uint8_t *status);
void layout_put_runs(struct layout *layout, int series, const struct layout_block *block, const float *values);

/* Writes the summaries of points [first, first + n_points): values [n_points][n_regimes][N_STATISTICS][n_months]. */
void layout_put_summaries(struct layout *layout, int series, int first, int n_points, const float *values);

/* Writes for points [first, first + n_points) how many replicates are done, and whether that is all the stopping rule
 * allows. */
void layout_put_done(struct layout *layout, int first, int n_points, const int *done, const uint8_t *hit_max);

/* Writes the message of a point. */
void layout_put_message(struct layout *layout, int point, const char *message);

/* Appends the coded tallies of the next point. */
void layout_put_tallies(struct layout *layout, int point, size_t n_bytes, const unsigned char *bytes);

/* Writes a text or a number as a root attribute. */
void layout_put_text(struct layout *layout, const char *name, const char *text);
void layout_put_number(struct layout *layout, const char *name, double number);

/* Closes the file and frees the layout; `output` names it in messages. Safe on NULL. Tells the first failure, but does
 * not check that the file has reached the disk. */
STATUS_CHECKED dredge_status layout_close(struct layout *layout, const char *output);

/* The month, counted from 0, of a sample. */
int layout_month(const struct study *study, int sample);

#endif
