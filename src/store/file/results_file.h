/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_RESULTS_FILE_H
#define STORE_FILE_RESULTS_FILE_H

#include <hdf5.h>

#include "result/content.h"
#include "store/store.h"

/* What the writer and the reader of results files agree on. */

enum { RESULTS_FORMAT_VERSION = 1, RESULTS_MOST_TEXT_BYTES = 1 << 26 };

/* What only dredge needs, in the group `merging`, when there is any. The message of each point whose runs failed, [point]
 * [PARCEL_MESSAGE_BYTES] (the variable `message` is for others). In a file that is not complete (a shard): how many bytes
 * the tallies of each point take, [point], and these bytes, one point after the other: for each regime its size, then the
 * tallies, as in a segment. */
#define RESULTS_MERGING "merging"
#define RESULTS_MESSAGES "merging/message"
#define RESULTS_TALLY_SIZE "merging/tally_size"
#define RESULTS_TALLIES "merging/tallies"

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

/* An open results file. */
struct results {
    char *path;
    hid_t file;
    unsigned long long n_bytes;
    struct extents extents;
    char *text[N_RESULTS_TEXTS]; /* "" when absent */
    struct results_info info;    /* its texts are borrowed from `text`, its arrays are owned */
    hid_t outcome[N_OUTCOMES], status, series[N_SERIES];
    int *replicates_done;   /* [n_points], owned */
    hid_t tallies;          /* 0 until results_tallies is called */
    uint64_t *tally_offset; /* [n_points + 1], where the tallies of each point stand, owned */
};

/* Opens and checks everything for results_open; on failure the caller frees with results_close. */
STATUS_CHECKED dredge_status results_load(struct results *results);

/* The names and lists of results->info, for results_load. */
STATUS_CHECKED dredge_status results_load_lists(struct results *results);

/* Records that a part of the file is not as it should be. */
dredge_status results_unfit(const struct results *results, const char *name, const char *trouble);

/* The message of the failed runs of a point, "" when there is none. */
STATUS_CHECKED dredge_status results_message(struct results *results, int point, char message[PARCEL_MESSAGE_BYTES]);

/* Does the file hold tallies, so that its summaries can be merged with others? */
int results_has_tallies(const struct results *results);

/* The coded tallies of a point as they stand in the file; the caller frees `*bytes`. */
STATUS_CHECKED dredge_status results_tallies(struct results *results, int point, unsigned char **bytes,
                                             size_t *n_bytes);

/* Parts smaller than a point: replicates [first, first + n) of all regimes. `row`, if not 0, is how many replicates of
 * room each regime has in `out`; otherwise n. */
STATUS_CHECKED dredge_status results_part(struct results *results, int outcome, int point, int first, int n, size_t row,
                                          double *out);
STATUS_CHECKED dredge_status results_status_part(struct results *results, int point, int first, int n, size_t row,
                                                 uint8_t *out);
STATUS_CHECKED dredge_status results_runs_part(struct results *results, int series, int point, int first, int n,
                                               size_t row, float *out);

/* The summaries of points [first, first + n_points): out[n_points][n_regimes][N_STATISTICS][n_months]. */
STATUS_CHECKED dredge_status results_summaries(struct results *results, int series, int first, int n_points,
                                               float *out);

#endif
