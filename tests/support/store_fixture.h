/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "store/store.h"

/* Studies and parcels for tests of the store: values made from a formula, so that no runs are needed. */

enum { FIXTURE_PATH_BYTES = 512 };

/* A new empty folder, and its removal with everything in it. */
void fixture_make_folder(char folder[FIXTURE_PATH_BYTES]);
void fixture_remove_folder(const char *folder);

/* A study of 5 design points, 2 regimes and 6 replicates with short trajectories, plus `more` lines of YAML (which may have
 * a design or replicates of their own); overrides are "" or one KEY=VALUE. */
void fixture_study(struct study *study, const char *more, const char *override);

/* What run (point, regime, replicate) gives: column `outcome` of outcomes, and column `series` of series in sample `sample`. Some are NaN. */
double fixture_outcome(int outcome, int point, int regime, int replicate);
float fixture_value(int series, int point, int regime, int replicate, int sample);

/* A finished parcel. The runs of point 3 fail when `has_failures`. */
void fixture_parcel(struct parcel *parcel, const struct study *study, int point, int first, int n_replicates,
                    int has_failures);

/* Appends replicates [first, first + n) of a point as one parcel in a segment of its own. */
dredge_status fixture_append(struct store *store, const struct study *study, int point, int first, int n);

/* Writes the whole study to `path`: parcels of `n_replicates` replicates, `n_parcels` in a segment, the last point first
 * if `is_backwards`. */
void fixture_write(const char *path, const struct study *study, int n_replicates, int n_parcels, int is_backwards);

/* The digest as the file tells it; checks that the content has that digest. */
void fixture_digest(const char *path, char digest[33]);

/* Keeps the last sentence of a warning in a buffer of FIXTURE_PATH_BYTES * 2. */
void fixture_warn(void *context, const char *sentence);

/* The number of entries of a folder, -1 when it does not exist. */
int fixture_count(const char *folder);

/* Reads and writes whole files. The caller frees what is read. */
char *fixture_read(const char *path, size_t *n_bytes);
void fixture_write_bytes(const char *path, size_t n_bytes, const void *bytes);

/* The last failure's sentence contains `part`; forgets the sentence. */
void fixture_expect_sentence(const char *part);

/* A store of a test: made and removed by these fixtures of cmocka, with its output and the folder of its parts. */
extern char fixture_folder[FIXTURE_PATH_BYTES], fixture_output[FIXTURE_PATH_BYTES * 2],
    fixture_parts[FIXTURE_PATH_BYTES * 2 + 8];
extern const struct store_options fixture_plain, fixture_resume, fixture_force;
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

#endif
