/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_POSTERIOR_FILE_H
#define STUDY_POSTERIOR_FILE_H

#include <stdint.h>

#include "base/status.h"

/* A posterior as the points of a design. Its file is HDF5, which a study does not know: who can read it says so. */

/* Draws at most `n_most` different particles of the file at `path`, by their weights, with luck `seed`: a table as a list of
 * points has it, in *table (the caller frees it): the keys in the first line, then a line per particle, commas between.
 * DREDGE_FILE when that cannot be. */
typedef dredge_status posterior_reader(const char *path, int n_most, uint64_t seed, char **table);

/* From now on, posteriors are read by this function; the same for all threads. */
void posterior_read_by(posterior_reader *reader);

/* Calls it; DREDGE_FILE when there is none. */
STATUS_CHECKED dredge_status posterior_table(const char *path, int n_most, uint64_t seed, char **table);

#endif
