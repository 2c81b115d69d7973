/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/layout.h"

#include <stdlib.h>
#include <string.h>

#include "store/file/layout_inside.h"

/* The runs of a part are scattered: smaller chunks, of which fewer are stored. */
enum { PART_ELEMENTS = 1 << 11 };

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

static void make_numbers(struct layout *layout, enum layout_axis axis, const char *name, const char *unit,
                         const char *long_name, int step)
{
    hid_t dataset = layout_make_scale(layout, axis, H5T_STD_I32LE, name);
    layout_put_labels(layout, dataset, unit, long_name, NULL);
    put_numbers(layout, dataset, layout_extent(layout, axis), step);
}

/* No content, as the steering that has it. */
static void make_phases(struct layout *layout)
{
    struct digest digest;
    make_numbers(layout, LAYOUT_PHASE, "phase", NULL, "phase of a regime, counted from 0", 1);
    digest_begin(&digest);
    for (int phase = 0; phase < layout_extent(layout, LAYOUT_PHASE); phase++) {
        digest_whole(&digest, phase);
    }
    layout_put_digest(layout, layout->scale[LAYOUT_PHASE], &digest);
}

static hid_t make_texts(struct layout *layout, enum layout_axis axis, const char *name, const char *long_name,
                        const char *const *texts)
{
    hid_t type = layout_text_type(), dataset = layout_make_scale(layout, axis, type, name);
    layout_put_labels(layout, dataset, NULL, long_name, NULL);
    layout_note(layout, hdf_put_texts(dataset, 0, (hsize_t)layout_extent(layout, axis), texts));
    (void)H5Tclose(type);
    return dataset;
}

/* Texts that are the same in every file: no content, but other readers go by them. */
static void make_words(struct layout *layout, enum layout_axis axis, const char *name, const char *long_name,
                       const char *const *words)
{
    struct digest digest;
    hid_t dataset = make_texts(layout, axis, name, long_name, words);
    digest_begin(&digest);
    for (int i = 0; i < layout_extent(layout, axis); i++) {
        digest_text(&digest, words[i]);
    }
    layout_put_digest(layout, dataset, &digest);
}

static dredge_status make_regimes(struct layout *layout)
{
    size_t n = (size_t)layout->shape.n_regimes;
    const char **names = malloc(n * sizeof *names);
    if (names == NULL) {
        return status_no_memory(n * sizeof *names);
    }
    for (size_t regime = 0; regime < n; regime++) {
        names[regime] = layout->study->regimes[regime].name;
    }
    (void)make_texts(layout, LAYOUT_REGIME, "regime", "how the collaboration is steered; the first is the baseline",
                     names);
    free(names);
    return DREDGE_OK;
}

/* Does a row of the catalogue have this dimension? */
static int has_dimension(const struct layout *layout, enum dimension dimension)
{
    const struct catalogue *catalogue = &layout->head->catalogue;
    int n_series = layout->shape.n_months > 0 ? catalogue->n_series : 0, has = 0;
    for (int row = 0; row < catalogue->n_outcomes; row++) {
        has |= catalogue->outcome[row].dimension == dimension;
    }
    for (int row = 0; row < n_series; row++) {
        has |= catalogue->series[row].dimension == dimension;
    }
    return has;
}

static dredge_status make_coordinates(struct layout *layout)
{
    make_numbers(layout, LAYOUT_POINT, "point", NULL, "design point, counted from 0", 1);
    dredge_status status = make_regimes(layout);
    make_numbers(layout, LAYOUT_REPLICATE, "replicate", NULL, "replicate, counted from 0; each has its own luck", 1);
    make_phases(layout);
    if (layout->shape.n_months > 0) {
        make_numbers(layout, LAYOUT_MONTH, "month", "months", "month, counted from 0", layout->study->every);
    }
    if (layout->shape.trajectories == TRAJECTORIES_SUMMARY) {
        make_words(layout, LAYOUT_STATISTIC, "statistic", "statistic over the replicates", statistic_names);
        make_words(layout, LAYOUT_MOMENT, "moment", "moment of the difference to the baseline over the replicates",
                   moment_names);
    }
    if (has_dimension(layout, DIMENSION_SECTOR)) {
        make_words(layout, LAYOUT_SECTOR, "sector", "sector of the organisations", sector_names);
    }
    if (has_dimension(layout, DIMENSION_SECTOR_PAIR)) {
        make_words(layout, LAYOUT_SECTOR_PAIR, "sector_pair", "sectors of both ends of a tie", sector_pair_names);
    }
    return status;
}

/* Gives a variable the axis of a row's dimension, if it has one. */
static void add_dimension(const struct catalogue_row *row, struct layout_variable *variable)
{
    if (row->dimension != DIMENSION_NONE) {
        variable->axis[variable->rank] = row->dimension == DIMENSION_SECTOR ? LAYOUT_SECTOR : LAYOUT_SECTOR_PAIR;
        variable->chunk[variable->rank++] = row->n_columns;
    }
}

/* Labels of a row, and the coordinate that is no dimension. */
static void label_row(struct layout *layout, hid_t dataset, const struct catalogue_row *row, const char *description)
{
    layout_put_labels(layout, dataset, row->unit, row->long_name, description);
    layout_text(layout, dataset, "coordinates", "seed");
}

static void make_outcomes(struct layout *layout)
{
    const struct catalogue *catalogue = &layout->head->catalogue;
    const struct layout_variable plain = {
        .type = H5T_IEEE_F64LE,
        .rank = 3,
        .axis = {LAYOUT_POINT, LAYOUT_REGIME, LAYOUT_REPLICATE},
        .chunk = {layout->blocks.run_points, layout->shape.n_regimes, layout->blocks.run_replicates},
        .missing = MISSING_DOUBLE};
    for (int i = 0; i < catalogue->n_outcomes; i++) {
        const struct catalogue_row *row = &catalogue->outcome[i];
        struct layout_variable variable = plain;
        variable.name = row->name;
        add_dimension(row, &variable);
        layout->outcome[i] = layout_make_variable(layout, &variable);
        label_row(layout, layout->outcome[i], row, row->description);
    }
    struct layout_variable status = plain;
    status.name = "status";
    status.type = H5T_STD_U8LE;
    status.missing = MISSING_NONE;
    layout->status = layout_make_variable(layout, &status);
    layout_put_labels(layout, layout->status, NULL, "status of the run", NULL);
    layout_put_flags(layout, layout->status, 3, "not_run done failed");
}

/* A series: its months last. */
static hid_t make_series_variable(struct layout *layout, const struct catalogue_row *row, int is_difference)
{
    int is_summary = layout->shape.trajectories == TRAJECTORIES_SUMMARY;
    int n_third = is_difference ? N_MOMENTS : is_summary ? N_STATISTICS : layout->blocks.series_replicates;
    char name[INVENTORY_NAME_BYTES];
    content_series_name(row, is_difference, name);
    struct layout_variable variable = {.name = name,
                                       .type = H5T_IEEE_F32LE,
                                       .rank = 3,
                                       .axis = {LAYOUT_POINT, LAYOUT_REGIME,
                                                is_difference ? LAYOUT_MOMENT
                                                : is_summary  ? LAYOUT_STATISTIC
                                                              : LAYOUT_REPLICATE},
                                       .chunk = {layout->blocks.series_points, layout->shape.n_regimes, n_third},
                                       .missing = MISSING_FLOAT};
    add_dimension(row, &variable);
    variable.axis[variable.rank] = LAYOUT_MONTH;
    variable.chunk[variable.rank++] = layout->shape.n_months;
    hid_t dataset = layout_make_variable(layout, &variable);
    label_row(layout, dataset, row,
              is_difference
                  ? "difference to the baseline in the same replicates: its mean, and its variance in squares of "
                    "the units"
                  : row->description);
    return dataset;
}

static void make_series(struct layout *layout)
{
    const struct catalogue *catalogue = &layout->head->catalogue;
    for (int i = 0; i < catalogue->n_series && layout->shape.n_months > 0; i++) {
        layout->series[i] = make_series_variable(layout, &catalogue->series[i], 0);
        if (layout->shape.trajectories == TRAJECTORIES_SUMMARY) {
            layout->difference[i] = make_series_variable(layout, &catalogue->series[i], 1);
        }
    }
}

static void make_message(struct layout *layout)
{
    hid_t text = layout_text_type();
    const struct layout_variable message = {.name = "message", .type = text, .rank = 1, .axis = {LAYOUT_POINT}};
    layout->message = layout_make_variable(layout, &message);
    layout_put_labels(layout, layout->message, NULL, "why runs of this point failed", NULL);
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

static void choose_blocks(struct layout *layout, int is_part)
{
    const struct shape *shape = &layout->shape;
    struct layout_blocks *blocks = &layout->blocks;
    block_of(shape, 1, is_part ? PART_ELEMENTS : LAYOUT_OUTCOME_ELEMENTS, &blocks->run_points, &blocks->run_replicates);
    if (shape->trajectories == TRAJECTORIES_SUMMARY) {
        struct shape of_statistics = *shape;
        of_statistics.n_replicates = N_STATISTICS;
        block_of(&of_statistics, shape->n_months, LAYOUT_SERIES_ELEMENTS, &blocks->series_points,
                 &blocks->series_replicates);
    } else if (shape->n_months > 0) {
        block_of(shape, shape->n_months, LAYOUT_SERIES_ELEMENTS, &blocks->series_points, &blocks->series_replicates);
    }
}

static hid_t create_file(struct layout *layout, const char *path)
{
    hid_t access = driver_access(&layout->driver), creation = H5Pcreate(H5P_FILE_CREATE);
    /* The format of HDF5 1.10 has checksums on all its metadata, the index of the chunks too; netCDF-4 reads it. */
    int is_set = access >= 0 && creation >= 0 && H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110) >= 0 &&
                 H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
                 H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0;
    hid_t file = is_set ? H5Fcreate(path, H5F_ACC_TRUNC, creation, access) : -1;
    (void)H5Pclose(creation);
    (void)H5Pclose(access);
    return file;
}

static dredge_status make_room(struct layout *layout)
{
    const struct catalogue *catalogue = &layout->head->catalogue;
    size_t n_series = (size_t)catalogue->n_series;
    layout->outcome = calloc((size_t)catalogue->n_outcomes + 2 * n_series + 1, sizeof *layout->outcome);
    if (layout->outcome == NULL) {
        return status_no_memory(((size_t)catalogue->n_outcomes + 2 * n_series) * sizeof *layout->outcome);
    }
    layout->series = layout->outcome + catalogue->n_outcomes;
    layout->difference = layout->series + n_series;
    digest_begin(&layout->message_digest);
    digest_begin(&layout->text_digest);
    digest_begin(&layout->size_digest);
    digest_begin(&layout->tally_digest);
    return content_init(&layout->content, &layout->shape, catalogue);
}

static dredge_status create(struct layout *layout, const char *path, const struct layout_wish *wish)
{
    choose_blocks(layout, wish->is_part);
    dredge_status status = make_room(layout);
    if (status != DREDGE_OK) {
        return status;
    }
    layout->file = create_file(layout, path);
    if (layout->file < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot create this file: %s", path,
                           layout->driver.error != 0 ? strerror(layout->driver.error) : "HDF5 refused");
    }
    labels_object(&layout->labels, layout->file, "/");
    layout_make_lists(layout);
    status = make_coordinates(layout);
    if (status != DREDGE_OK) {
        return status;
    }
    make_outcomes(layout);
    make_series(layout);
    make_message(layout);
    if (wish->has_tallies && layout->shape.trajectories == TRAJECTORIES_SUMMARY) {
        layout_make_tallies(layout);
    }
    return DREDGE_OK;
}

dredge_status layout_create(struct layout **layout, const char *path, const struct study *study,
                            const struct head *head, const struct layout_wish *wish)
{
    hdf_quiet();
    *layout = aligned_alloc(DIGEST_ALIGNMENT, sizeof **layout);
    if (*layout == NULL) {
        return status_no_memory(sizeof **layout);
    }
    memset(*layout, 0, sizeof **layout);
    (*layout)->study = study;
    (*layout)->head = head;
    (*layout)->shape = head->shape;
    (*layout)->shape.n_replicates = wish->n_replicates > 0 ? wish->n_replicates : 1;
    dredge_status status = DREDGE_OK;
    if (H5Tget_order(H5T_NATIVE_DOUBLE) == H5Tget_order(H5T_IEEE_F64LE)) {
        status = packing_new(&(*layout)->packing, wish->n_threads);
    }
    return status == DREDGE_OK ? create(*layout, path, wish) : status;
}
