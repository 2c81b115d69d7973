/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LAYOUT_H
#define STORE_FILE_LAYOUT_H

#include <hdf5.h>

#include "store/file/results_file.h"
#include "store/file/driver.h"

/* A results file being written: HDF5 that is also netCDF-4, with dimension scales, labels and units. HDF5 failures are
 * remembered in the layout and told by layout_close. */

struct layout {
    const struct study *study; /* borrowed */
    struct sink sink;
    hid_t file;
    int has_failed; /* an HDF5 call failed */
    struct extents extents;
    /* Chunks, the blocks in which values are written: so many points and, of one point, so many replicates. */
    int run_points, run_replicates;       /* of outcomes and statuses */
    int series_points, series_replicates; /* of trajectories of runs; series_points also of summaries */
    hid_t scale[5];                       /* point, regime, replicate, month, statistic */
    hid_t outcome[N_OUTCOMES], status, series[N_SERIES], message, replicates_done, hit_max;
    hid_t group, message_bytes, tally_size, tally_byte, tallies; /* of the group `merging`; 0 without */
    hsize_t n_tally_bytes;
};

enum layout_axis { LAYOUT_POINT, LAYOUT_REGIME, LAYOUT_REPLICATE, LAYOUT_MONTH, LAYOUT_STATISTIC };

/* Creates the file with all its variables, empty, for `study` (borrowed until layout_close). */
STATUS_CHECKED dredge_status layout_create(struct layout *layout, const char *path, const struct study *study,
                                           int n_replicates, int has_tallies);

/* Writes a block of a variable: values from `start` on, `count` along each axis. */
void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values);

/* Writes the message of a point. */
void layout_put_message(struct layout *layout, int point, const char *message);

/* The list of tallies, for files that are not complete: layout_create makes it, layout_close ends it; layout_put_tallies
 * appends the coded tallies of the next point. */
void layout_make_tallies(struct layout *layout);
void layout_end_tallies(struct layout *layout);
void layout_put_tallies(struct layout *layout, int point, size_t n_bytes, const unsigned char *bytes);

/* Writes a text or a number as a root attribute. */
void layout_put_text(struct layout *layout, const char *name, const char *text);
void layout_put_number(struct layout *layout, const char *name, double number);

/* Closes the file; `output` names it in messages. Safe on a zeroed layout. Tells the first failure, but does not check
 * that the file has reached the disk. */
STATUS_CHECKED dredge_status layout_close(struct layout *layout, const char *output);

enum { LAYOUT_NAME_BYTES = STUDY_KEY_BYTES + 16 };

/* The name of the variable of key `index` among `keys`, the factors: what is neither letter nor digit is an underscore;
 * made unique. Keys are shorter than STUDY_KEY_BYTES. */
void layout_factor_name(const char *const *keys, int index, char name[LAYOUT_NAME_BYTES]);

/* The month, counted from 0, of a sample. */
int layout_month(const struct study *study, int sample);

#endif
