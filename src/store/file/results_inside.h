/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_RESULTS_INSIDE_H
#define STORE_FILE_RESULTS_INSIDE_H

#include <hdf5.h>

#include "result/inventory.h"
#include "store/file/results_file.h"

/* An open results file. */
struct results_file {
    char *path;
    hid_t hdf;
    unsigned long long n_bytes;
    int format, is_sealed;
    struct shape shape;
    char *text[N_RESULTS_TEXTS];          /* "" when absent */
    struct results results;               /* texts of its info are borrowed from `text`, its arrays are owned */
    hid_t *outcome, *series, *difference; /* by row of the catalogue, owned */
    hid_t status;
    struct results_chunks chunks; /* how statuses and outcomes lie; of 0 points: in another way */
    hid_t tallies;                /* 0 until results_file_tallies is called */
    uint64_t *tally_offset;       /* [n_points + 1], where the tallies of each point stand, owned */
};

/* ---- opening (results_lists.c, results_catalogue.c) ---- */

/* Sets `chunks`, once the datasets are open (results_chunks.c). */
void results_file_find_chunks(struct results_file *file);

/* The names of regimes and factors, and the catalogue. */
STATUS_CHECKED dredge_status results_file_load_names(struct results_file *file);

/* Months, counts and values of factors, once the names are known. */
STATUS_CHECKED dredge_status results_file_load_lists(struct results_file *file);

/* The catalogue of a file of format 1: what its root holds that looks like outcomes and series. */
STATUS_CHECKED dredge_status results_file_find_catalogue(struct results_file *file);

/* Numbers of a dataset of whole numbers [n], which the caller frees; `*numbers` is NULL on failure. */
STATUS_CHECKED dredge_status results_file_numbers(struct results_file *file, const char *name, int n, int **numbers);

/* A dataset of bytes as a text, compared with its digest when the file has no seal; the caller frees it, on failure too. */
STATUS_CHECKED dredge_status results_file_text_bytes(struct results_file *file, const char *name, char **text);

/* ---- checking (results_digest.c, results_digest_1.c, results_digest_runs.c, results_labels.c) ---- */

/* What has changed in a file: a few names, for a sentence. */
struct results_changes {
    int n;
    char names[512];
};
void results_changes_add(struct results_changes *changes, const char *what,
                         const char *name); /* "", "attributes of " */

/* DREDGE_OK when nothing has changed; otherwise the sentence. */
STATUS_CHECKED dredge_status results_changes_tell(const struct results_changes *changes,
                                                  const struct results_file *file);

/* DREDGE_OK when this is the digest that the file says it has; otherwise the sentence. `whose`: "its content has". */
STATUS_CHECKED dredge_status results_file_compare_digest(const struct results_file *file, const char *whose,
                                                         const char digest[33]);

/* Compares attributes and texts of variable length with their digests. */
STATUS_CHECKED dredge_status results_file_check_labels(struct results_file *file);

/* Computes the digest of the content again, and compares every variable with its own. */
STATUS_CHECKED dredge_status results_file_digest(struct results_file *file, char digest[33]);
STATUS_CHECKED dredge_status results_file_digest_1(struct results_file *file, char digest[33]);

/* Feeds statuses, outcomes and runs of the file to the content's digests. */
struct content;
STATUS_CHECKED dredge_status results_file_digest_runs(struct results_file *file, struct content *content);

/* ---- reading (results_read.c) ---- */

/* Whole points [first, first + n_points): a row of outcomes, whose columns are [n_points][n_regimes][n_replicates] and stand
 * `stride` values apart; the statuses. */
STATUS_CHECKED dredge_status results_file_row(struct results_file *file, int row, int first, int n_points,
                                              size_t stride, double *out);
STATUS_CHECKED dredge_status results_file_status(struct results_file *file, int first, int n_points, uint8_t *out);

STATUS_CHECKED dredge_status results_file_message(struct results_file *file, int point,
                                                  char message[PARCEL_MESSAGE_BYTES]);

/* Whole points [first, first + n_points) of places [place, place + n_places) of a row of outcomes, into columns that stand
 * `stride` values apart (results_whole.c). */
struct results_whole {
    int row, first, n_points, place, n_places;
    size_t stride;
    double *out;
};

/* Reads them chunk by chunk without HDF5's filters, which take more than twice as long. Returns 0 where HDF5 has to read
 * instead: fewer points than a chunk, another way of storing, a chunk that is not there or is damaged, no memory. */
int results_file_whole(struct results_file *file, const struct results_whole *whole);

/* What results ask of their source, the file (struct results_functions). */
STATUS_CHECKED dredge_status results_file_read_outcome(void *source, int column, int first, int n_points, double *out);
STATUS_CHECKED dredge_status results_file_read_row(void *source, int row, int first, int n_points, double *out);
STATUS_CHECKED dredge_status results_file_read_status(void *source, int first, int n_points, uint8_t *out);
STATUS_CHECKED dredge_status results_file_read_summary(void *source, int column, int point, int regime, float *out);
STATUS_CHECKED dredge_status results_file_read_difference(void *source, int column, int point, int regime, float *out);
STATUS_CHECKED dredge_status results_file_read_runs(void *source, int column, int point, int regime, float *out);
STATUS_CHECKED dredge_status results_file_read_message(void *source, int point, char message[PARCEL_MESSAGE_BYTES]);

/* Records that a variable cannot be read. */
dredge_status results_file_unreadable(const struct results_file *file, const char *name);

#endif
