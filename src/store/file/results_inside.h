/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_RESULTS_INSIDE_H
#define STORE_FILE_RESULTS_INSIDE_H

#include <hdf5.h>

#include "model/outcomes.h"
#include "store/file/results_file.h"

/* What only dredge needs, in the group `merging`, when there is any. The message of each point whose runs failed, [point]
 * [PARCEL_MESSAGE_BYTES] (the variable `message` is for others). In a file that is not complete (a shard): how many bytes
 * the tallies of each point take, [point], and these bytes, one point after the other: for each regime its size, then the
 * tallies, as in a segment. */
#define RESULTS_MERGING "merging"
#define RESULTS_MESSAGES "merging/message"
#define RESULTS_TALLY_SIZE "merging/tally_size"
#define RESULTS_TALLIES "merging/tallies"

/* An open results file. */
struct results_file {
    char *path;
    hid_t hdf;
    unsigned long long n_bytes;
    struct shape shape;
    char *text[N_RESULTS_TEXTS]; /* "" when absent */
    struct results results;      /* texts of its info are borrowed from `text`, arrays are owned */
    hid_t outcome[N_OUTCOMES], status, series[N_SERIES];
    int *replicates_done;   /* [n_points], owned */
    hid_t tallies;          /* 0 until results_file_tallies is called */
    uint64_t *tally_offset; /* [n_points + 1], where the tallies of each point stand, owned */
};

/* The functions behind results_file_results. */
extern const struct results_functions results_file_functions;

/* The names and lists of the info, for results_file_open. */
STATUS_CHECKED dredge_status results_file_load_lists(struct results_file *file);

/* Computes the digest of the content again. */
STATUS_CHECKED dredge_status results_file_digest(struct results_file *file, char digest[33]);

/* The whole points [first, first + n_points) of an outcome or of the statuses. */
STATUS_CHECKED dredge_status results_file_outcome(struct results_file *file, int outcome, int first, int n_points,
                                                  double *out);
STATUS_CHECKED dredge_status results_file_status(struct results_file *file, int first, int n_points, uint8_t *out);

#endif
