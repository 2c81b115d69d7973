/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_HDF_H
#define STORE_FILE_HDF_H

#include <hdf5.h>
#include <stddef.h>

#include "base/status.h"

/* Small steps with HDF5 that the writer and the reader of results files share. */

enum { HDF_MOST_RANK = 5 };

/* The mask with which HDF5 says which filters of a dataset, shuffle and then deflate, one of its chunks went without. */
enum { HDF_WITHOUT_SHUFFLE = 1 << 0, HDF_WITHOUT_DEFLATE = 1 << 1 };

/* Stops HDF5 from printing its errors; every entry to the store calls it (the setting belongs to the thread). */
void hdf_quiet(void);

/* The innermost sentence on HDF5's stack of errors ("truncated file"), for messages; at most n_bytes. */
void hdf_reason(size_t n_bytes, char *reason);

/* ---- writing; each returns 1, or 0 when HDF5 failed ---- */

/* Attributes of `object`: a UTF-8 text, one value or several. */
int hdf_put_text(hid_t object, const char *name, const char *text);
int hdf_put_number(hid_t object, const char *name, hid_t file_type, hid_t memory_type, int n, const void *values);

/* Values of the part of a dataset that begins at `start` and has `count` elements along each of `rank` axes. */
int hdf_put(hid_t dataset, hid_t memory_type, int rank, const hsize_t *start, const hsize_t *count, const void *values);

/* Texts, one per element of the part of a one-dimensional dataset that begins at `start`. */
int hdf_put_texts(hid_t dataset, hsize_t start, hsize_t n, const char *const *texts);

/* ---- reading; nothing in the file is trusted. Texts of variable length are never read: HDF5 1.10 writes beyond its own
 * memory when they are damaged. ---- */

/* A text attribute of fixed length and at most `n_most` bytes, which the caller frees. Returns 1, 0 when there is none or it is no text
 * or too long, -1 when out of memory. */
int hdf_get_text(hid_t object, const char *name, size_t n_most, char **text);

/* At most `n_most` numbers of an attribute. Returns how many, 0 when there are none or more, or they are no numbers. */
int hdf_get_numbers(hid_t object, const char *name, int n_most, double *numbers);

/* One number of an attribute. Returns 0 when there is none or it is no number. */
int hdf_get_number(hid_t object, const char *name, double *number);

/* What a dataset must be. */
struct hdf_want {
    const char *name;
    H5T_class_t type;
    size_t type_bytes;
    int rank;
    hsize_t extent[HDF_MOST_RANK];
};

/* Opens a dataset of the file and checks it: its type and extents, and that it lies in this file and needs no filters
 * but gzip and shuffle. `file_bytes` bounds what it can hold when `is_dense`. NULL, or what is wrong with it. */
const char *hdf_open(hid_t file, const struct hdf_want *want, unsigned long long file_bytes, int is_dense,
                     hid_t *dataset);

/* Is this name in the file itself, not a link to elsewhere? */
int hdf_is_here(hid_t file, const char *name);

/* The same for a name with a path, and all groups on it. */
int hdf_is_here_all(hid_t file, const char *path);

/* The extent of a one-dimensional dataset that lies in this file; 0 when there is none. */
hsize_t hdf_extent(hid_t file, const char *name);

/* Reads a part as hdf_put writes it. `row`, if not 0, is how many elements along axis `row_axis` lie between rows in
 * memory, more than are read. */
int hdf_get(hid_t dataset, hid_t memory_type, int rank, const hsize_t *start, const hsize_t *count, int row_axis,
            hsize_t row, void *values);

#endif
