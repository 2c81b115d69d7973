/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/results_inside.h"
#include "store/file/unpacking.h"

/* Chunks of statuses and outcomes as they stand in the file, compressed. */

/* Larger chunks than dredge makes are left to HDF5. */
enum { MOST_GROWTH = 2, MOST_VALUES = 1 << 25 };

static hid_t dataset_of(const struct results_file *file, int row)
{
    return row < 0 ? file->status : file->outcome[row];
}

/* Shuffle, then deflate, and chunks at the edge no exception. */
static int has_filters(hid_t list)
{
    static const H5Z_filter_t filters[] = {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE};
    unsigned options = 0;
    int fits = H5Pget_nfilters(list) == 2 && H5Pget_chunk_opts(list, &options) >= 0 && options == 0;
    for (unsigned i = 0; fits && i < 2; i++) {
        unsigned flags, settings;
        size_t n_values = 0;
        fits = H5Pget_filter2(list, i, &flags, &n_values, NULL, 0, NULL, &settings) == filters[i];
    }
    return fits;
}

/* Is the row stored in chunks of this size, all regimes and places in each? A chunk of 0 points: takes the size. */
static int has_chunks(const struct results_file *file, int row, struct results_chunks *chunks)
{
    hid_t list = H5Dget_create_plist(dataset_of(file, row)), type = H5Dget_type(dataset_of(file, row));
    int n_places = row < 0 ? 1 : file->results.info.catalogue.outcome[row].n_columns, rank = n_places > 1 ? 4 : 3;
    hsize_t extent[HDF_MOST_RANK] = {0};
    int fits = list >= 0 && H5Pget_layout(list) == H5D_CHUNKED && H5Pget_chunk(list, HDF_MOST_RANK, extent) == rank &&
               H5Tequal(type, row < 0 ? H5T_STD_U8LE : H5T_IEEE_F64LE) > 0 && has_filters(list) &&
               extent[1] == (hsize_t)file->shape.n_regimes && (rank == 3 || extent[3] == (hsize_t)n_places) &&
               extent[0] * extent[1] * extent[2] * (hsize_t)n_places <= MOST_VALUES;
    if (fits && chunks->n_points == 0) {
        chunks->n_points = (int)extent[0];
        chunks->n_replicates = (int)extent[2];
    }
    fits = fits && extent[0] == (hsize_t)chunks->n_points && extent[2] == (hsize_t)chunks->n_replicates;
    (void)H5Tclose(type);
    (void)H5Pclose(list);
    return fits;
}

void results_file_find_chunks(struct results_file *file)
{
    struct results_chunks found = {.n_points = 0};
    int has = 1;
    hdf_quiet();
    for (int row = -1; has && row < file->results.info.catalogue.n_outcomes; row++) {
        has = has_chunks(file, row, &found);
    }
    has = has && (found.n_points == 1 || found.n_replicates >= file->shape.n_replicates);
    file->chunks = has ? found : (struct results_chunks){.n_points = 0};
}

int results_file_has_chunks(const struct results_file *file, struct results_chunks *chunks)
{
    *chunks = file->chunks;
    return chunks->n_points > 0;
}

dredge_status results_file_chunk(struct results_file *file, int row, const struct results_chunks *chunks, int point,
                                 int replicate, struct unpacking *unpacking, struct results_chunk *chunk)
{
    const struct catalogue_row *about = row < 0 ? NULL : &file->results.info.catalogue.outcome[row];
    hsize_t n_bytes = 0, start[HDF_MOST_RANK] = {(hsize_t)(point / chunks->n_points * chunks->n_points), 0,
                                                 (hsize_t)(replicate / chunks->n_replicates * chunks->n_replicates), 0};
    size_t n_whole = (size_t)chunks->n_points * (size_t)file->shape.n_regimes * (size_t)chunks->n_replicates;
    n_whole *= about != NULL ? sizeof(double) * (size_t)about->n_columns : 1;
    uint32_t mask = 0;
    hdf_quiet();
    *chunk = (struct results_chunk){.n_bytes = 0};
    int is_read = H5Dget_chunk_storage_size(dataset_of(file, row), start, &n_bytes) >= 0 &&
                  n_bytes <= MOST_GROWTH * (hsize_t)n_whole;
    if (is_read && n_bytes == 0) {
        return DREDGE_OK;
    }
    unsigned char *bytes = is_read ? unpacking_room(unpacking, (size_t)n_bytes) : NULL;
    if (is_read && bytes == NULL) {
        return status_no_memory(n_bytes);
    }
    is_read = is_read && H5Dread_chunk(dataset_of(file, row), H5P_DEFAULT, start, &mask, bytes) >= 0;
    chunk->n_bytes = (size_t)n_bytes;
    chunk->bytes = bytes;
    chunk->stored |= (mask & HDF_WITHOUT_SHUFFLE) == 0 ? STORED_SHUFFLED : 0;
    chunk->stored |= (mask & HDF_WITHOUT_DEFLATE) == 0 ? STORED_DEFLATED : 0;
    return is_read ? DREDGE_OK : results_file_unreadable(file, about != NULL ? about->name : "status");
}
