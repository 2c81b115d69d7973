/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/layout_inside.h"
#include "store/file/results_file.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "study/factor.h"

/* Elements of a chunk: 512 KB of outcomes or of trajectories. Small enough to write block by block in little memory,
 * large enough to be read at disk speed. The runs of a shard are scattered: smaller chunks, of which fewer are stored. */
enum { OUTCOME_ELEMENTS = 1 << 16, SERIES_ELEMENTS = 1 << 17, SHARD_ELEMENTS = 1 << 11 };

enum missing { MISSING_NONE, MISSING_DOUBLE, MISSING_FLOAT };

/* A variable to be made. */
struct variable {
    const char *name;
    hid_t type;
    int rank;
    enum layout_axis axis[HDF_MOST_RANK];
    int chunk[HDF_MOST_RANK]; /* 0 in the first: in one piece, not compressed */
    enum missing missing;
};

static void note(struct layout *layout, int is_done)
{
    layout->has_failed |= !is_done;
}

static int extent_of(const struct shape *shape, enum layout_axis axis)
{
    switch (axis) {
    case LAYOUT_POINT:
        return shape->n_points;
    case LAYOUT_REGIME:
        return shape->n_regimes;
    case LAYOUT_REPLICATE:
        return shape->n_replicates;
    case LAYOUT_MONTH:
        return shape->n_months;
    case LAYOUT_STATISTIC:
        return N_STATISTICS;
    }
    return 0;
}

static hid_t creation_list(const struct variable *variable, const hsize_t *chunk)
{
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    int is_set = list >= 0 && H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0;
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

static void put_fill_value(struct layout *layout, hid_t dataset, enum missing missing)
{
    double wide = (double)NAN;
    float narrow = NAN;
    if (missing == MISSING_DOUBLE) {
        note(layout, hdf_put_number(dataset, "_FillValue", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, &wide));
    } else if (missing == MISSING_FLOAT) {
        note(layout, hdf_put_number(dataset, "_FillValue", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, 1, &narrow));
    }
}

/* Chunks are always whole blocks, so they need no cache. */
static hid_t make_variable(struct layout *layout, const struct variable *variable, int is_scale)
{
    hsize_t extent[HDF_MOST_RANK], chunk[HDF_MOST_RANK];
    for (int i = 0; i < variable->rank; i++) {
        extent[i] = (hsize_t)extent_of(&layout->shape, variable->axis[i]);
        chunk[i] = (hsize_t)variable->chunk[i] < extent[i] ? (hsize_t)variable->chunk[i] : extent[i];
    }
    hid_t space = H5Screate_simple(variable->rank, extent, NULL), list = creation_list(variable, chunk);
    hid_t access = H5Pcreate(H5P_DATASET_ACCESS);
    (void)H5Pset_chunk_cache(access, 0, 0, 0);
    hid_t dataset = H5Dcreate2(layout->file, variable->name, variable->type, space, H5P_DEFAULT, list, access);
    (void)H5Pclose(access);
    (void)H5Pclose(list);
    (void)H5Sclose(space);
    note(layout, dataset >= 0);
    put_fill_value(layout, dataset, variable->missing);
    for (int i = 0; i < variable->rank && !is_scale && !layout->has_failed; i++) {
        note(layout, H5DSattach_scale(dataset, layout->scale[variable->axis[i]], (unsigned)i) >= 0);
    }
    return dataset;
}

static void put_labels(struct layout *layout, hid_t dataset, const char *unit, const char *long_name,
                       const char *description)
{
    if (unit != NULL) {
        note(layout, hdf_put_text(dataset, "units", unit));
    }
    note(layout, hdf_put_text(dataset, "long_name", long_name));
    if (description != NULL) {
        note(layout, hdf_put_text(dataset, "description", description));
    }
}

static void put_flags(struct layout *layout, hid_t dataset, int n_flags, const char *meanings)
{
    static const unsigned char flags[] = {0, 1, 2};
    note(layout, hdf_put_number(dataset, "flag_values", H5T_STD_U8LE, H5T_NATIVE_UCHAR, n_flags, flags));
    note(layout, hdf_put_text(dataset, "flag_meanings", meanings));
}

/* What the numbers of a variable of categories mean. */
static void put_categories(struct layout *layout, hid_t dataset, const char *const *names)
{
    enum { MOST = 64 };
    double values[MOST];
    char meanings[1024] = "";
    size_t used = 0;
    int n = 0;
    for (; names[n] != NULL && n < MOST && used < sizeof meanings; n++) {
        values[n] = n;
        used += (size_t)snprintf(meanings + used, sizeof meanings - used, "%s%s", n > 0 ? " " : "", names[n]);
    }
    note(layout, hdf_put_number(dataset, "flag_values", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, n, values));
    note(layout, hdf_put_text(dataset, "flag_meanings", meanings));
}

static hid_t text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    (void)H5Tset_size(type, H5T_VARIABLE);
    (void)H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

static void put_numbers(struct layout *layout, hid_t dataset, int n, int step)
{
    int numbers[1024];
    for (int first = 0; first < n; first += 1024) {
        int count = n - first < 1024 ? n - first : 1024;
        for (int i = 0; i < count; i++) {
            numbers[i] = (first + i) * step + step - 1;
        }
        layout_put(layout, dataset, H5T_NATIVE_INT, 1, &first, &count, numbers);
    }
}

static hid_t make_coordinate(struct layout *layout, enum layout_axis axis, const char *name, const char *long_name)
{
    int is_text = axis == LAYOUT_REGIME || axis == LAYOUT_STATISTIC;
    hid_t type = is_text ? text_type() : H5Tcopy(H5T_STD_I32LE);
    struct variable variable = {.name = name, .type = type, .rank = 1, .axis = {axis}};
    hid_t dataset = make_variable(layout, &variable, 1);
    note(layout, H5DSset_scale(dataset, name) >= 0);
    put_labels(layout, dataset, axis == LAYOUT_MONTH ? "months" : NULL, long_name, NULL);
    (void)H5Tclose(type);
    if (!is_text) {
        put_numbers(layout, dataset, extent_of(&layout->shape, axis), axis == LAYOUT_MONTH ? layout->study->every : 1);
    }
    return dataset;
}

static void make_coordinates(struct layout *layout)
{
    const struct study *study = layout->study;
    layout->scale[LAYOUT_POINT] = make_coordinate(layout, LAYOUT_POINT, "point", "design point, counted from 0");
    layout->scale[LAYOUT_REGIME] = make_coordinate(layout, LAYOUT_REGIME, "regime", "how the collaboration is steered");
    layout->scale[LAYOUT_REPLICATE] =
        make_coordinate(layout, LAYOUT_REPLICATE, "replicate", "replicate, counted from 0; each has its own luck");
    for (int regime = 0; regime < study->n_regimes; regime++) {
        const char *name = study->regimes[regime].name;
        note(layout, hdf_put_texts(layout->scale[LAYOUT_REGIME], (hsize_t)regime, 1, &name));
    }
    if (layout->shape.n_months > 0) {
        layout->scale[LAYOUT_MONTH] = make_coordinate(layout, LAYOUT_MONTH, "month", "month, counted from 0");
    }
    if (layout->shape.trajectories == TRAJECTORIES_SUMMARY) {
        layout->scale[LAYOUT_STATISTIC] =
            make_coordinate(layout, LAYOUT_STATISTIC, "statistic", "statistic over the replicates");
        note(layout, hdf_put_texts(layout->scale[LAYOUT_STATISTIC], 0, N_STATISTICS, statistic_names));
    }
}

static dredge_status make_factors(struct layout *layout)
{
    const struct design *design = &layout->study->design;
    double values[1024];
    const char **keys = malloc(((size_t)design->n_factors + 1) * sizeof *keys);
    if (keys == NULL) {
        return status_no_memory((unsigned long long)design->n_factors * sizeof *keys);
    }
    for (int factor = 0; factor < design->n_factors; factor++) {
        keys[factor] = design->factors[factor].key;
    }
    for (int factor = 0; factor < design->n_factors; factor++) {
        struct factor_about about = factor_about(&design->factors[factor]);
        char name[LAYOUT_NAME_BYTES];
        layout_factor_name(keys, factor, name);
        struct variable variable = {.name = name, .type = H5T_IEEE_F64LE, .rank = 1, .axis = {LAYOUT_POINT}};
        hid_t dataset = make_variable(layout, &variable, 0);
        put_labels(layout, dataset, about.unit, design->factors[factor].key, about.meaning);
        if (about.names != NULL) {
            put_categories(layout, dataset, about.names);
        }
        for (int first = 0; first < design->n_points; first += 1024) {
            int count = design->n_points - first < 1024 ? design->n_points - first : 1024;
            for (int i = 0; i < count; i++) {
                values[i] = design->values[(size_t)(first + i) * (size_t)design->n_factors + (size_t)factor];
            }
            layout_put(layout, dataset, H5T_NATIVE_DOUBLE, 1, &first, &count, values);
        }
        (void)H5Dclose(dataset);
    }
    free(keys);
    return DREDGE_OK;
}

static void make_outcomes(struct layout *layout)
{
    struct variable variable = {
        .rank = 3,
        .axis = {LAYOUT_POINT, LAYOUT_REGIME, LAYOUT_REPLICATE},
        .chunk = {layout->blocks.run_points, layout->shape.n_regimes, layout->blocks.run_replicates}};
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        const struct outcome_info *info = &outcome_infos[outcome];
        variable.name = info->name;
        variable.type = H5T_IEEE_F64LE;
        variable.missing = MISSING_DOUBLE;
        layout->outcome[outcome] = make_variable(layout, &variable, 0);
        put_labels(layout, layout->outcome[outcome], info->unit, info->long_name, info->description);
    }
    variable.name = "status";
    variable.type = H5T_STD_U8LE;
    variable.missing = MISSING_NONE;
    layout->status = make_variable(layout, &variable, 0);
    put_labels(layout, layout->status, NULL, "status of the run", NULL);
    put_flags(layout, layout->status, 3, "not_run done failed");
}

static void make_series(struct layout *layout)
{
    const struct shape *shape = &layout->shape;
    int is_summary = shape->trajectories == TRAJECTORIES_SUMMARY;
    struct variable variable = {
        .type = H5T_IEEE_F32LE,
        .rank = 4,
        .axis = {LAYOUT_POINT, LAYOUT_REGIME, is_summary ? LAYOUT_STATISTIC : LAYOUT_REPLICATE, LAYOUT_MONTH},
        .chunk = {layout->blocks.series_points, shape->n_regimes,
                  is_summary ? N_STATISTICS : layout->blocks.series_replicates, shape->n_months},
        .missing = MISSING_FLOAT};
    for (int series = 0; series < N_SERIES && shape->n_months > 0; series++) {
        const struct series_info *info = &series_infos[series];
        char name[64] = "month_";
        strncat(name, info->name, sizeof name - 1 - strlen(name));
        variable.name = name;
        layout->series[series] = make_variable(layout, &variable, 0);
        put_labels(layout, layout->series[series], info->unit, info->long_name, info->description);
    }
}

static void make_lists(struct layout *layout)
{
    hid_t text = text_type();
    struct variable done = {.name = "replicates_done", .type = H5T_STD_I32LE, .rank = 1, .axis = {LAYOUT_POINT}};
    struct variable most = {.name = "hit_max", .type = H5T_STD_U8LE, .rank = 1, .axis = {LAYOUT_POINT}};
    struct variable message = {.name = "message", .type = text, .rank = 1, .axis = {LAYOUT_POINT}};
    layout->replicates_done = make_variable(layout, &done, 0);
    put_labels(layout, layout->replicates_done, "replicates", "replicates that were run",
               "under a stopping rule points differ; the rest of the replicates is not run");
    layout->hit_max = make_variable(layout, &most, 0);
    put_labels(layout, layout->hit_max, NULL, "stopped by the maximum",
               "the stopping rule used up its replicates before the precision it asks for was certain");
    put_flags(layout, layout->hit_max, 2, "no yes");
    layout->message = make_variable(layout, &message, 0);
    put_labels(layout, layout->message, NULL, "why runs of this point failed", NULL);
    (void)H5Tclose(text);
}

/* Blocks of about `n_elements` values of n_months (or 1) per run: all replicates of some points, or some of one. */
static void block_of(const struct shape *shape, int n_per_run, int n_elements, int *points, int *replicates)
{
    double per_replicate = (double)shape->n_regimes * n_per_run, per_point = per_replicate * shape->n_replicates;
    *points = per_point < n_elements ? (int)(n_elements / per_point) : 1;
    *replicates = per_point < n_elements ? shape->n_replicates : (int)(n_elements / per_replicate);
    *points = *points < shape->n_points ? *points : shape->n_points;
    *replicates = *replicates < 1 ? 1 : *replicates < shape->n_replicates ? *replicates : shape->n_replicates;
}

static void choose_blocks(struct layout *layout, int is_shard)
{
    const struct shape *shape = &layout->shape;
    block_of(shape, 1, is_shard ? SHARD_ELEMENTS : OUTCOME_ELEMENTS, &layout->blocks.run_points,
             &layout->blocks.run_replicates);
    if (shape->trajectories == TRAJECTORIES_SUMMARY) {
        struct shape of_statistics = *shape;
        of_statistics.n_replicates = N_STATISTICS;
        block_of(&of_statistics, shape->n_months, SERIES_ELEMENTS, &layout->blocks.series_points,
                 &layout->blocks.series_replicates);
    } else if (shape->n_months > 0) {
        block_of(shape, shape->n_months, SERIES_ELEMENTS, &layout->blocks.series_points,
                 &layout->blocks.series_replicates);
    }
}

static hid_t create_file(struct layout *layout, const char *path)
{
    hid_t access = driver_access(&layout->driver), creation = H5Pcreate(H5P_FILE_CREATE);
    /* The format of HDF5 1.8 has checksums on its metadata and is what netCDF-4 reads. */
    int is_set = access >= 0 && creation >= 0 && H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0 &&
                 H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
                 H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0;
    hid_t file = is_set ? H5Fcreate(path, H5F_ACC_TRUNC, creation, access) : -1;
    (void)H5Pclose(creation);
    (void)H5Pclose(access);
    return file;
}

static dredge_status create(struct layout *layout, const char *path, int has_tallies)
{
    choose_blocks(layout, has_tallies);
    layout->file = create_file(layout, path);
    if (layout->file < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot create this file: %s", path,
                           layout->driver.error != 0 ? strerror(layout->driver.error) : "HDF5 refused");
    }
    make_coordinates(layout);
    dredge_status status = make_factors(layout);
    if (status != DREDGE_OK) {
        return status;
    }
    make_outcomes(layout);
    make_series(layout);
    make_lists(layout);
    if (has_tallies && layout->shape.trajectories == TRAJECTORIES_SUMMARY) {
        layout_make_tallies(layout);
    }
    return DREDGE_OK;
}

dredge_status layout_create(struct layout **layout, const char *path, const struct study *study, int n_replicates,
                            int has_tallies)
{
    hdf_quiet();
    *layout = calloc(1, sizeof **layout);
    if (*layout == NULL) {
        return status_no_memory(sizeof **layout);
    }
    (*layout)->study = study;
    (*layout)->shape = shape_of_study(study);
    (*layout)->shape.n_replicates = n_replicates > 0 ? n_replicates : 1;
    return create(*layout, path, has_tallies);
}
