/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <hdf5_hl.h>
#include <math.h>

#include "result/settings.h"
#include "result/tally.h"
#include "store/file/layout_inside.h"

void layout_note(struct layout *layout, int is_done)
{
    layout->has_failed |= !is_done;
}

int layout_extent(const struct layout *layout, enum layout_axis axis)
{
    const int extents[N_LAYOUT_AXES] = {[LAYOUT_POINT] = layout->shape.n_points,
                                        [LAYOUT_REGIME] = layout->shape.n_regimes,
                                        [LAYOUT_REPLICATE] = layout->shape.n_replicates,
                                        [LAYOUT_MONTH] = layout->shape.n_months,
                                        [LAYOUT_STATISTIC] = N_STATISTICS,
                                        [LAYOUT_MOMENT] = N_MOMENTS,
                                        [LAYOUT_SECTOR] = N_SECTORS,
                                        [LAYOUT_SECTOR_PAIR] = N_SECTOR_PAIRS,
                                        [LAYOUT_PHASE] = settings_n_phases(layout->study)};
    return extents[axis];
}

void layout_make_lists(struct layout *layout)
{
    layout->scalar = H5Pcreate(H5P_DATASET_CREATE);
    layout->uncached = H5Pcreate(H5P_DATASET_ACCESS);
    layout_note(layout,
                H5Pset_attr_creation_order(layout->scalar, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
                    H5Pset_chunk_cache(layout->uncached, 0, 0, 0) >= 0);
}

static hid_t creation_list(const struct layout *layout, const struct layout_variable *variable, const hsize_t *chunk)
{
    hid_t list = H5Pcopy(layout->scalar);
    int is_set = list >= 0;
    if (variable->missing == MISSING_DOUBLE) {
        double missing = (double)NAN;
        is_set = is_set && H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &missing) >= 0;
    } else if (variable->missing == MISSING_FLOAT) {
        float missing = NAN;
        is_set = is_set && H5Pset_fill_value(list, H5T_NATIVE_FLOAT, &missing) >= 0;
    }
    if (variable->chunk[0] > 0) {
        is_set = is_set && H5Pset_chunk(list, variable->rank, chunk) >= 0 && H5Pset_shuffle(list) >= 0 &&
                 H5Pset_deflate(list, 1) >= 0;
    }
    if (!is_set) {
        (void)H5Pclose(list);
        return -1;
    }
    return list;
}

static void put_fill_value(struct layout *layout, hid_t dataset, enum layout_missing missing)
{
    double none = (double)NAN;
    if (missing != MISSING_NONE) {
        hid_t type = missing == MISSING_DOUBLE ? H5T_IEEE_F64LE : H5T_IEEE_F32LE;
        layout_numbers(layout, dataset, "_FillValue", type, 1, &none);
    }
}

static hid_t make_dataset(struct layout *layout, const struct layout_variable *variable)
{
    hsize_t extent[HDF_MOST_RANK], chunk[HDF_MOST_RANK];
    for (int i = 0; i < variable->rank; i++) {
        extent[i] = (hsize_t)layout_extent(layout, variable->axis[i]);
        chunk[i] = (hsize_t)variable->chunk[i] < extent[i] ? (hsize_t)variable->chunk[i] : extent[i];
    }
    hid_t space = variable->rank > 0 ? H5Screate_simple(variable->rank, extent, NULL) : H5Screate(H5S_SCALAR);
    int is_plain = variable->chunk[0] == 0 && variable->missing == MISSING_NONE;
    hid_t list = is_plain ? layout->scalar : creation_list(layout, variable, chunk);
    hid_t access = variable->chunk[0] == 0 ? H5P_DEFAULT : layout->uncached;
    hid_t dataset = H5Dcreate2(layout->file, variable->name, variable->type, space, H5P_DEFAULT, list, access);
    if (!is_plain) {
        (void)H5Pclose(list);
    }
    (void)H5Sclose(space);
    layout_note(layout, dataset >= 0);
    labels_object(&layout->labels, dataset, variable->name);
    put_fill_value(layout, dataset, variable->missing);
    return dataset;
}

hid_t layout_make_variable(struct layout *layout, const struct layout_variable *variable)
{
    hid_t dataset = make_dataset(layout, variable), scales[HDF_MOST_RANK];
    for (int i = 0; i < variable->rank; i++) {
        scales[i] = layout->scale[variable->axis[i]];
    }
    layout_attach(layout, dataset, variable->rank, scales);
    return dataset;
}

hid_t layout_make_scale(struct layout *layout, enum layout_axis axis, hid_t type, const char *name)
{
    const struct layout_variable variable = {.name = name, .type = type, .rank = 1, .axis = {axis}};
    hid_t dataset = make_dataset(layout, &variable);
    layout_note(layout, H5DSset_scale(dataset, name) >= 0);
    layout->scale[axis] = dataset;
    return dataset;
}

hid_t layout_make_group(struct layout *layout, const char *name)
{
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    layout_note(layout, H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0);
    hid_t group = H5Gcreate2(layout->file, name, H5P_DEFAULT, creation, H5P_DEFAULT);
    layout_note(layout, group >= 0);
    labels_object(&layout->labels, group, name);
    (void)H5Pclose(creation);
    return group;
}

void layout_text(struct layout *layout, hid_t object, const char *name, const char *text)
{
    layout_note(layout, hdf_put_text(object, name, text));
    labels_text(&layout->labels, object, name, text);
}

void layout_numbers(struct layout *layout, hid_t object, const char *name, hid_t type, int n, const double *numbers)
{
    layout_note(layout, hdf_put_number(object, name, type, H5T_NATIVE_DOUBLE, n, numbers));
    labels_numbers(&layout->labels, object, name, n, numbers);
}

void layout_put_labels(struct layout *layout, hid_t dataset, const char *unit, const char *long_name,
                       const char *description)
{
    if (unit != NULL) {
        layout_text(layout, dataset, "units", unit);
    }
    if (long_name != NULL) {
        layout_text(layout, dataset, "long_name", long_name);
    }
    if (description != NULL) {
        layout_text(layout, dataset, "description", description);
    }
}

void layout_put_flags(struct layout *layout, hid_t dataset, int n_flags, const char *meanings)
{
    static const double flags[] = {0, 1, 2};
    layout_numbers(layout, dataset, "flag_values", H5T_STD_U8LE, n_flags, flags);
    layout_text(layout, dataset, "flag_meanings", meanings);
}

void layout_put_digest(struct layout *layout, hid_t dataset, const struct digest *digest)
{
    char hex[33];
    digest_hex(digest, hex);
    layout_text(layout, dataset, "digest", hex);
}

hid_t layout_text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    (void)H5Tset_size(type, H5T_VARIABLE);
    (void)H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values)
{
    hsize_t from[HDF_MOST_RANK], n[HDF_MOST_RANK];
    for (int i = 0; i < rank; i++) {
        from[i] = (hsize_t)start[i];
        n[i] = (hsize_t)count[i];
    }
    layout_note(layout, hdf_put(dataset, memory_type, rank, from, n, values));
}
