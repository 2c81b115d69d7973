/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LAYOUT_INSIDE_H
#define STORE_FILE_LAYOUT_INSIDE_H

#include <hdf5.h>

#include "result/content.h"
#include "result/inventory.h"
#include "store/file/driver.h"
#include "store/file/hdf.h"
#include "store/file/labels.h"
#include "store/file/layout.h"
#include "store/file/packing.h"

enum layout_axis {
    LAYOUT_POINT,
    LAYOUT_REGIME,
    LAYOUT_REPLICATE,
    LAYOUT_MONTH,
    LAYOUT_STATISTIC,
    LAYOUT_MOMENT,
    LAYOUT_SECTOR,
    LAYOUT_SECTOR_PAIR,
    LAYOUT_PHASE,
    N_LAYOUT_AXES
};

struct layout {
    const struct study *study; /* borrowed */
    const struct head *head;   /* borrowed */
    struct driver driver;
    hid_t file;
    hid_t scalar, uncached; /* property lists: of datasets in one piece; without a cache, as chunks are whole blocks */
    int has_failed;         /* an HDF5 call failed */
    struct shape shape;
    struct layout_blocks blocks;
    hid_t scale[N_LAYOUT_AXES];           /* 0: not made */
    hid_t *outcome, *series, *difference; /* by row of the catalogue, owned */
    hid_t status, message;
    int next_message; /* the point from which on messages are not written yet */
    hid_t own, message_bytes, tally_size, tally_byte, tallies; /* of dredge's own group; 0: not made */
    hsize_t n_tally_bytes;
    unsigned char
        *waiting; /* the last `n_waiting_bytes` of these, until they make a chunk; owned; NULL without tallies */
    size_t n_waiting_bytes;
    struct layout_use *uses; /* [use_capacity], of scales by variables (layout_scales.c), owned */
    int n_uses, use_capacity;
    struct packing *packing; /* owned; NULL where the machine has not the byte order of the file */
    struct content content;
    struct digest message_digest, text_digest, tally_digest, size_digest; /* text: of `message` as others read it */
    struct inventory inventory;
    struct labels labels; /* of all objects so far */
    void *scratch;        /* owned: a block of the row with the most columns, in the order of the file */
    size_t scratch_bytes;
};

/* ---- variables (layout_variables.c) ---- */

enum layout_missing { MISSING_NONE, MISSING_DOUBLE, MISSING_FLOAT };

/* A variable to be made. */
struct layout_variable {
    const char *name;
    hid_t type;
    int rank;
    enum layout_axis axis[HDF_MOST_RANK];
    int chunk[HDF_MOST_RANK]; /* 0 in the first: in one piece, not compressed */
    enum layout_missing missing;
};

/* Makes the property lists that the variables share; closed with the layout. */
void layout_make_lists(struct layout *layout);

/* Makes it and attaches its dimension scales; the dataset stays open until the file is closed. */
hid_t layout_make_variable(struct layout *layout, const struct layout_variable *variable);

/* Makes a dimension scale, whose name is that of the axis; the values are the caller's. */
hid_t layout_make_scale(struct layout *layout, enum layout_axis axis, hid_t type, const char *name);

/* Makes a group, which the caller closes. */
hid_t layout_make_group(struct layout *layout, const char *name);

/* Attributes of an object: a text, or `n` numbers of a type of the file. `name` outlives the layout. */
void layout_text(struct layout *layout, hid_t object, const char *name, const char *text);
void layout_numbers(struct layout *layout, hid_t object, const char *name, hid_t type, int n, const double *numbers);

/* Labels; NULL for none. */
void layout_put_labels(struct layout *layout, hid_t dataset, const char *unit, const char *long_name,
                       const char *description);
void layout_put_flags(struct layout *layout, hid_t dataset, int n_flags, const char *meanings);

/* A type of texts of variable length, which the caller closes. */
hid_t layout_text_type(void);

/* Writes values from `start` on, `count` along each axis. */
void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values);

/* Writes a block of the runs' values, of `size` bytes each, that is a chunk of the dataset. */
void layout_put_block(struct layout *layout, hid_t dataset, hid_t memory_type, size_t size, int rank, const int *start,
                      const int *count, const void *values);

/* Its digest as an attribute. */
void layout_put_digest(struct layout *layout, hid_t dataset, const struct digest *digest);

/* Remembers that an HDF5 call failed. */
void layout_note(struct layout *layout, int is_done);

int layout_extent(const struct layout *layout, enum layout_axis axis);

/* ---- dimension scales (layout_scales.c) ---- */

/* Makes these the scales of the dataset's axes: the scales stay open until layout_finish_scales, which lists in each who uses
 * it. */
void layout_attach(struct layout *layout, hid_t dataset, int rank, const hid_t *scales);
void layout_finish_scales(struct layout *layout);

/* ---- dredge's own group (layout_own.c) ---- */

/* Makes the list of tallies. */
void layout_make_tallies(struct layout *layout);

/* Writes the names of what the file holds; completes the lists and gives them their digests. */
STATUS_CHECKED dredge_status layout_finish_own(struct layout *layout);

/* Writes the digests of all labels, once there are no more to come. */
void layout_finish_labels(struct layout *layout);

/* ---- settings (layout_settings.c) ---- */

/* Writes factors, parameters, seed and design. */
STATUS_CHECKED dredge_status layout_put_settings(struct layout *layout);

#endif
