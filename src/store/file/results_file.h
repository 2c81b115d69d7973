/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_RESULTS_FILE_H
#define STORE_FILE_RESULTS_FILE_H

#include "result/head.h"
#include "result/parcel.h"
#include "result/results.h"
#include "result/shape.h"

/* A results file as the store reads it: the results that everyone sees, and what is needed to go on with a file or to
 * merge it. */

enum { RESULTS_FORMAT_VERSION = 2 };

/* The root attributes that are texts. */
enum results_text {
    RESULTS_FORMAT,
    RESULTS_TITLE,
    RESULTS_STUDY,
    RESULTS_OVERRIDES,
    RESULTS_PROVENANCE,
    RESULTS_DIGEST,
    RESULTS_STUDY_DIGEST,
    RESULTS_TRAJECTORIES, /* "summary", "runs" or "none" */
    RESULTS_REGIMES,      /* format 1: names, each on a line */
    RESULTS_FACTORS,      /* format 1: keys with dots, each on a line */
    RESULTS_DESIGN_DIGEST,
    RESULTS_MODEL_STAMP,
    RESULTS_SHARDS, /* "1,3/8": which shards the file holds; absent when the study was not divided */
    N_RESULTS_TEXTS
};
extern const char *const results_text_names[N_RESULTS_TEXTS];
extern const char *const results_trajectories[3]; /* by enum trajectories */

#define RESULTS_PARTS "parts" /* an attribute of dredge's own group */

struct results_file; /* opaque */

/* Opens a file and checks it. Its results are closed with the file, or close it. */
STATUS_CHECKED dredge_status results_file_open(struct results_file **file, const char *path);
void results_file_close(struct results_file *file); /* safe on NULL */
struct results *results_file_results(struct results_file *file);

/* Borrowed from the file: its path, a text ("" when absent), its extents. */
const char *results_file_path(const struct results_file *file);
const char *results_file_text(const struct results_file *file, enum results_text which);
const struct shape *results_file_shape(const struct results_file *file);

/* What the runs of the file are of. */
struct origin results_file_origin(const struct results_file *file);

/* The provenance of those that made the runs of the file, as lines of JSON; the caller frees it. */
STATUS_CHECKED dredge_status results_file_parts(struct results_file *file, char **lines);

/* Records that a part of the file is not as it should be. */
dredge_status results_file_unfit(const struct results_file *file, const char *name, const char *trouble);

/* Does the file hold tallies, so that its summaries can be merged with others? */
int results_file_has_tallies(const struct results_file *file);

/* The coded tallies of a point as they stand in a file that can be merged; the caller frees `*bytes`. */
STATUS_CHECKED dredge_status results_file_tallies(struct results_file *file, int point, unsigned char **bytes,
                                                  size_t *n_bytes);

/* Parts smaller than a point: replicates [first, first + n) of all regimes, of a row of the catalogue. `room`, if not 0, is
 * how many replicates of room each regime has in `out`; otherwise n. Columns of a row stand `stride` values apart. */
STATUS_CHECKED dredge_status results_file_part(struct results_file *file, int row, int point, int first, int n,
                                               size_t room, size_t stride, double *out);
STATUS_CHECKED dredge_status results_file_status_part(struct results_file *file, int point, int first, int n,
                                                      size_t room, uint8_t *out);
STATUS_CHECKED dredge_status results_file_runs_part(struct results_file *file, int row, int point, int first, int n,
                                                    size_t room, size_t stride, float *out);

/* How statuses and outcomes lie in a file that stores them as dredge does: in compressed chunks of so many points and
 * replicates, all regimes and all places of a row in each, [n_points][n_regimes][n_replicates][places]; of several points
 * only when they have all their replicates in one. */
struct results_chunks {
    int n_points, n_replicates;
};

/* Returns 0 when the file stores them in another way. */
int results_file_has_chunks(const struct results_file *file, struct results_chunks *chunks);

/* A chunk as it stands in the file. */
struct results_chunk {
    size_t n_bytes; /* 0: nothing was written there */
    int stored;     /* enum unpacking_stored */
    const unsigned char *bytes;
};

/* The chunk of a row of outcomes, of the statuses when `row` is -1, that holds the replicate of the point. Its bytes stand in
 * the unpacking's room. */
struct unpacking;
STATUS_CHECKED dredge_status results_file_chunk(struct results_file *file, int row, const struct results_chunks *chunks,
                                                int point, int replicate, struct unpacking *unpacking,
                                                struct results_chunk *chunk);

/* A row of the summaries, or of the differences to the baseline, of points [first, first + n_points): its columns are
 * [n_points][n_regimes][N_STATISTICS or N_MOMENTS][n_months]. */
STATUS_CHECKED dredge_status results_file_summaries(struct results_file *file, int row, int is_difference, int first,
                                                    int n_points, size_t stride, float *out);

#endif
