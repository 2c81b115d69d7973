/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_RESULTS_FILE_H
#define STORE_FILE_RESULTS_FILE_H

#include "result/parcel.h"
#include "result/results.h"
#include "result/shape.h"

/* A results file as the store reads it: the results that everyone sees, and what is needed to go on with a file or to
 * merge it. */

enum { RESULTS_FORMAT_VERSION = 1 };

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
    RESULTS_REGIMES,      /* names, each on a line; the variable `regime` is for others */
    RESULTS_FACTORS,      /* keys with dots, each on a line */
    RESULTS_SHARDS,       /* "1,3/8": which shards the file holds; absent when the study was not divided */
    N_RESULTS_TEXTS
};
extern const char *const results_text_names[N_RESULTS_TEXTS];
extern const char *const results_trajectories[3]; /* by enum trajectories */

struct results_file; /* opaque */

/* Opens a file and checks it. Its results are closed with the file, or close it. */
STATUS_CHECKED dredge_status results_file_open(struct results_file **file, const char *path);
void results_file_close(struct results_file *file); /* safe on NULL */
struct results *results_file_results(struct results_file *file);

/* Borrowed from the file: its path, a text ("" when absent), its extents, the finished replicates of each point
 * [n_points]. */
const char *results_file_path(const struct results_file *file);
const char *results_file_text(const struct results_file *file, enum results_text which);
const struct shape *results_file_shape(const struct results_file *file);
const int *results_file_replicates_done(const struct results_file *file);

/* Records that a part of the file is not as it should be. */
dredge_status results_file_unfit(const struct results_file *file, const char *name, const char *trouble);

/* The message of the failed runs of a point, "" when there is none. */
STATUS_CHECKED dredge_status results_file_message(struct results_file *file, int point,
                                                  char message[PARCEL_MESSAGE_BYTES]);

/* Does the file hold tallies, so that its summaries can be merged with others? */
int results_file_has_tallies(const struct results_file *file);

/* The coded tallies of a point as they stand in a file that can be merged; the caller frees `*bytes`. */
STATUS_CHECKED dredge_status results_file_tallies(struct results_file *file, int point, unsigned char **bytes,
                                                  size_t *n_bytes);

/* Parts smaller than a point: replicates [first, first + n) of all regimes. `row`, if not 0, is how many replicates of
 * room each regime has in `out`; otherwise n. */
STATUS_CHECKED dredge_status results_file_part(struct results_file *file, int outcome, int point, int first, int n,
                                               size_t row, double *out);
STATUS_CHECKED dredge_status results_file_status_part(struct results_file *file, int point, int first, int n,
                                                      size_t row, uint8_t *out);
STATUS_CHECKED dredge_status results_file_runs_part(struct results_file *file, int series, int point, int first, int n,
                                                    size_t row, float *out);

/* The summaries of points [first, first + n_points): out[n_points][n_regimes][N_STATISTICS][n_months]. */
STATUS_CHECKED dredge_status results_file_summaries(struct results_file *file, int series, int first, int n_points,
                                                    float *out);

#endif
