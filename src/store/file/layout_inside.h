/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LAYOUT_INSIDE_H
#define STORE_FILE_LAYOUT_INSIDE_H

#include <hdf5.h>

#include "model/outcomes.h"
#include "store/file/driver.h"
#include "store/file/layout.h"

struct layout {
    const struct study *study; /* borrowed */
    struct driver driver;
    hid_t file;
    int has_failed; /* an HDF5 call failed */
    struct shape shape;
    struct layout_blocks blocks;
    hid_t scale[5]; /* point, regime, replicate, month, statistic */
    hid_t outcome[N_OUTCOMES], status, series[N_SERIES], message, replicates_done, hit_max;
    hid_t group, message_bytes, tally_size, tally_byte, tallies; /* of the group `merging`; 0 without */
    hsize_t n_tally_bytes;
};

enum layout_axis { LAYOUT_POINT, LAYOUT_REGIME, LAYOUT_REPLICATE, LAYOUT_MONTH, LAYOUT_STATISTIC };

/* Writes a block of a variable: values from `start` on, `count` along each axis. */
void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values);

/* Makes the list of tallies; ends it before the file is closed. */
void layout_make_tallies(struct layout *layout);
void layout_end_tallies(struct layout *layout);

enum { LAYOUT_NAME_BYTES = STUDY_KEY_BYTES + 16 };

/* The name of the variable of key `index` among `keys`, the factors: what is neither letter nor digit is an underscore;
 * made unique. Keys are shorter than STUDY_KEY_BYTES. */
void layout_factor_name(const char *const *keys, int index, char name[LAYOUT_NAME_BYTES]);

#endif
