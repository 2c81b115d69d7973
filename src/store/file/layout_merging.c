/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <hdf5_hl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/layout_inside.h"
#include "store/file/results_inside.h"

/* The group `merging`: see store/file/results_inside.h. */

enum { TALLY_CHUNK_BYTES = 1 << 18, MESSAGES_PER_CHUNK = 64 };

/* The name that netCDF gives to a dimension without values. */
static const char no_values[] = "This is a netCDF dimension but not a netCDF variable.         0";

static void note(struct layout *layout, int is_done)
{
    layout->has_failed |= !is_done;
}

static void make_group(struct layout *layout)
{
    if (layout->group > 0) {
        return;
    }
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    note(layout, H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0);
    layout->group = H5Gcreate2(layout->file, RESULTS_MERGING, H5P_DEFAULT, creation, H5P_DEFAULT);
    note(layout, layout->group >= 0);
    (void)H5Pclose(creation);
}

/* A dataset of bytes or whole numbers; `chunk` NULL: in one piece. */
static hid_t make_dataset(struct layout *layout, const char *name, hid_t type, int rank, const hsize_t *extent,
                          const hsize_t *most, const hsize_t *chunk)
{
    hid_t space = H5Screate_simple(rank, extent, most), list = H5Pcreate(H5P_DATASET_CREATE);
    int is_set = H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0;
    if (chunk != NULL) {
        is_set = is_set && H5Pset_chunk(list, rank, chunk) >= 0 && H5Pset_deflate(list, 1) >= 0;
    }
    hid_t dataset = H5Dcreate2(layout->file, name, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    note(layout, is_set && dataset >= 0);
    (void)H5Pclose(list);
    (void)H5Sclose(space);
    return dataset;
}

static void attach(struct layout *layout, hid_t dataset, hid_t scale, unsigned axis)
{
    note(layout, !layout->has_failed && H5DSattach_scale(dataset, scale, axis) >= 0);
}

void layout_make_tallies(struct layout *layout)
{
    const hsize_t none = 0, unlimited = H5S_UNLIMITED, chunk = TALLY_CHUNK_BYTES;
    hsize_t n_points = (hsize_t)layout->shape.n_points;
    make_group(layout);
    layout->tally_size = make_dataset(layout, RESULTS_TALLY_SIZE, H5T_STD_I32LE, 1, &n_points, NULL, NULL);
    layout->tally_byte = make_dataset(layout, RESULTS_MERGING "/byte", H5T_STD_U8LE, 1, &none, &unlimited, &chunk);
    layout->tallies = make_dataset(layout, RESULTS_TALLIES, H5T_STD_U8LE, 1, &none, &unlimited, &chunk);
    note(layout, H5DSset_scale(layout->tally_byte, no_values) >= 0);
    attach(layout, layout->tally_size, layout->scale[LAYOUT_POINT], 0);
    attach(layout, layout->tallies, layout->tally_byte, 0);
    note(layout, hdf_put_text(layout->tally_size, "units", "bytes") &&
                     hdf_put_text(layout->tally_size, "long_name", "size of the tallies of the point") &&
                     hdf_put_text(layout->tallies, "long_name", "tallies of trajectories"));
}

void layout_put_tallies(struct layout *layout, int point, size_t n_bytes, const unsigned char *bytes)
{
    hsize_t start = layout->n_tally_bytes, count = n_bytes, extent = start + count;
    int size = n_bytes < INT_MAX ? (int)n_bytes : 0, one = 1;
    layout_put(layout, layout->tally_size, H5T_NATIVE_INT, 1, &point, &one, &size);
    layout->n_tally_bytes = extent;
    note(layout, n_bytes < INT_MAX && H5Dset_extent(layout->tallies, &extent) >= 0 &&
                     hdf_put(layout->tallies, H5T_NATIVE_UCHAR, 1, &start, &count, bytes));
}

void layout_end_tallies(struct layout *layout)
{
    hsize_t extent = layout->n_tally_bytes;
    if (layout->tallies > 0) {
        note(layout, H5Dset_extent(layout->tally_byte, &extent) >= 0);
    }
}

static void make_messages(struct layout *layout)
{
    hsize_t extent[2] = {(hsize_t)layout->shape.n_points, PARCEL_MESSAGE_BYTES};
    hsize_t chunk[2] = {extent[0] < MESSAGES_PER_CHUNK ? extent[0] : MESSAGES_PER_CHUNK, PARCEL_MESSAGE_BYTES};
    make_group(layout);
    layout->message_bytes = make_dataset(layout, RESULTS_MESSAGES, H5T_STD_U8LE, 2, extent, NULL, chunk);
    hid_t scale = make_dataset(layout, RESULTS_MERGING "/message_byte", H5T_STD_U8LE, 1, &extent[1], NULL, NULL);
    note(layout, H5DSset_scale(scale, no_values) >= 0);
    attach(layout, layout->message_bytes, layout->scale[LAYOUT_POINT], 0);
    attach(layout, layout->message_bytes, scale, 1);
}

void layout_put_message(struct layout *layout, int point, const char *message)
{
    char row[PARCEL_MESSAGE_BYTES] = {0}; /* all of it is written to the file */
    const int start[2] = {point, 0}, count[2] = {1, PARCEL_MESSAGE_BYTES};
    if (layout->message_bytes == 0) {
        make_messages(layout);
    }
    (void)snprintf(row, sizeof row, "%s", message);
    layout_put(layout, layout->message_bytes, H5T_NATIVE_UCHAR, 2, start, count, row);
    note(layout, hdf_put_texts(layout->message, (hsize_t)point, 1, &message));
}
