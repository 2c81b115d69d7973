/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"

/* Gzip makes nothing smaller than by a factor of 1032. */
enum { MOST_COMPRESSION = 1100 };
static const hsize_t most_chunk_bytes = (hsize_t)1 << 28;

static int get_fixed_text(hid_t attribute, hid_t type, size_t n_most, char **text)
{
    size_t size = H5Tget_size(type);
    if (size == 0 || size > n_most) {
        return 0;
    }
    *text = calloc(1, size + 1);
    if (*text == NULL) {
        return -1;
    }
    return H5Aread(attribute, type, *text) >= 0;
}

int hdf_get_text(hid_t object, const char *name, size_t n_most, char **text)
{
    int result = 0;
    *text = NULL;
    if (H5Aexists(object, name) <= 0) {
        return 0;
    }
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    hid_t space = attribute >= 0 ? H5Aget_space(attribute) : -1;
    if (type >= 0 && space >= 0 && H5Tget_class(type) == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1) {
        result = H5Tis_variable_str(type) == 0 ? get_fixed_text(attribute, type, n_most, text) : 0;
    }
    if (result != 1) {
        free(*text);
        *text = NULL;
    }
    (void)H5Sclose(space);
    (void)H5Tclose(type);
    (void)H5Aclose(attribute);
    return result;
}

int hdf_get_numbers(hid_t object, const char *name, int n_most, double *numbers)
{
    int n = 0;
    if (H5Aexists(object, name) <= 0) {
        return 0;
    }
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    hid_t space = attribute >= 0 ? H5Aget_space(attribute) : -1;
    hssize_t extent = space >= 0 ? H5Sget_simple_extent_npoints(space) : 0;
    if (type >= 0 && extent > 0 && extent <= n_most &&
        (H5Tget_class(type) == H5T_FLOAT || H5Tget_class(type) == H5T_INTEGER) &&
        H5Aread(attribute, H5T_NATIVE_DOUBLE, numbers) >= 0) {
        n = (int)extent;
    }
    (void)H5Sclose(space);
    (void)H5Tclose(type);
    (void)H5Aclose(attribute);
    return n;
}

int hdf_get_number(hid_t object, const char *name, double *number)
{
    return hdf_get_numbers(object, name, 1, number) == 1;
}

/* Does the dataset lie in this file, in chunks of a sensible size, without filters that others may not have? */
static const char *check_storage(hid_t dataset)
{
    const char *trouble = NULL;
    hid_t list = H5Dget_create_plist(dataset), type = H5Dget_type(dataset);
    H5D_layout_t layout = H5Pget_layout(list);
    if (list < 0 || type < 0) {
        trouble = "cannot be read";
    } else if (layout == H5D_CHUNKED) {
        hsize_t chunk[HDF_MOST_RANK + 1] = {0};
        int rank = H5Pget_chunk(list, HDF_MOST_RANK, chunk);
        hsize_t n_bytes = H5Tget_size(type);
        for (int i = 0; i < rank && i < HDF_MOST_RANK; i++) {
            n_bytes = chunk[i] > 0 && n_bytes <= most_chunk_bytes / chunk[i] ? n_bytes * chunk[i] : most_chunk_bytes;
        }
        trouble = n_bytes >= most_chunk_bytes ? "has chunks that are too large" : NULL;
    } else if ((layout != H5D_CONTIGUOUS && layout != H5D_COMPACT) || H5Pget_external_count(list) != 0) {
        trouble = "lies outside the file";
    }
    int n_filters = trouble == NULL ? H5Pget_nfilters(list) : 0;
    for (int i = 0; i < n_filters; i++) {
        unsigned flags, settings;
        size_t n_values = 0;
        H5Z_filter_t filter = H5Pget_filter2(list, (unsigned)i, &flags, &n_values, NULL, 0, NULL, &settings);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32) {
            trouble = "needs a filter other than gzip and shuffle";
        }
    }
    (void)H5Tclose(type);
    (void)H5Pclose(list);
    return trouble;
}

int hdf_is_here(hid_t file, const char *name)
{
    H5L_info_t info;
    return H5Lexists(file, name, H5P_DEFAULT) > 0 && H5Lget_info(file, name, &info, H5P_DEFAULT) >= 0 &&
           info.type == H5L_TYPE_HARD;
}

int hdf_is_here_all(hid_t file, const char *path)
{
    enum { PATH_BYTES = 256 };
    char part[PATH_BYTES];
    size_t length = strlen(path);
    int is_here = length < PATH_BYTES;
    for (size_t i = 1; is_here && i <= length; i++) {
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            is_here = hdf_is_here(file, part);
        }
    }
    return is_here;
}

static const char *check_type(hid_t dataset, const struct hdf_want *want)
{
    hid_t type = H5Dget_type(dataset);
    H5T_class_t class = H5Tget_class(type);
    int fits = class == want->type && H5Tget_size(type) == want->type_bytes;
    (void)H5Tclose(type);
    return fits ? NULL : "has an unexpected type";
}

static const char *check_extents(hid_t dataset, const struct hdf_want *want, unsigned long long file_bytes,
                                 int is_dense)
{
    hsize_t extent[HDF_MOST_RANK];
    hid_t space = H5Dget_space(dataset);
    int fits = H5Sget_simple_extent_ndims(space) == want->rank && want->rank <= HDF_MOST_RANK &&
               H5Sget_simple_extent_dims(space, extent, NULL) == want->rank;
    hsize_t n_left = (hsize_t)MOST_COMPRESSION * (file_bytes + 1024) / want->type_bytes;
    const char *trouble = NULL;
    for (int i = 0; fits && i < want->rank; i++) {
        fits = extent[i] == want->extent[i] && extent[i] > 0;
        n_left = fits ? n_left / extent[i] : 0;
    }
    if (!fits) {
        trouble = "has unexpected dimensions";
    } else if (is_dense && n_left == 0) {
        trouble = "claims to hold more than a file of this size can";
    }
    (void)H5Sclose(space);
    return trouble;
}

const char *hdf_open(hid_t file, const struct hdf_want *want, unsigned long long file_bytes, int is_dense,
                     hid_t *dataset)
{
    *dataset = -1;
    if (!hdf_is_here_all(file, want->name)) {
        return "is missing";
    }
    *dataset = H5Dopen2(file, want->name, H5P_DEFAULT);
    if (*dataset < 0) {
        return "cannot be opened (it is damaged, or memory ran out)";
    }
    const char *trouble = check_type(*dataset, want);
    if (trouble == NULL) {
        trouble = check_extents(*dataset, want, file_bytes, is_dense);
    }
    if (trouble == NULL) {
        trouble = check_storage(*dataset);
    }
    if (trouble != NULL) {
        (void)H5Dclose(*dataset);
        *dataset = -1;
    }
    return trouble;
}

hsize_t hdf_extent(hid_t file, const char *name)
{
    hsize_t extent = 0;
    if (!hdf_is_here(file, name)) {
        return 0;
    }
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    hid_t space = dataset >= 0 ? H5Dget_space(dataset) : -1;
    if (space < 0 || H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &extent, NULL) != 1) {
        extent = 0;
    }
    (void)H5Sclose(space);
    (void)H5Dclose(dataset);
    return extent;
}

int hdf_get(hid_t dataset, hid_t memory_type, int rank, const hsize_t *start, const hsize_t *count, int row_axis,
            hsize_t row, void *values)
{
    static const hsize_t origin[HDF_MOST_RANK] = {0};
    hsize_t extent[HDF_MOST_RANK];
    memcpy(extent, count, (size_t)rank * sizeof *extent);
    extent[row_axis] = row > 0 ? row : count[row_axis];
    hid_t there = H5Dget_space(dataset), here = H5Screate_simple(rank, extent, NULL);
    int is_read = there >= 0 && here >= 0 &&
                  H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
                  H5Sselect_hyperslab(here, H5S_SELECT_SET, origin, NULL, count, NULL) >= 0 &&
                  H5Dread(dataset, memory_type, here, there, H5P_DEFAULT, values) >= 0;
    (void)H5Sclose(there);
    (void)H5Sclose(here);
    return is_read;
}
