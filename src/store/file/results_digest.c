/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result/content.h"
#include "store/file/hdf.h"
#include "store/file/own.h"
#include "store/file/results_inside.h"

enum { MOST_PARAMETERS = 4096 };

/* ---- summaries ---- */

static dredge_status digest_summaries(struct results_file *file, struct content *content)
{
    const struct shape *shape = &file->shape;
    size_t stride = (size_t)shape->n_regimes * N_STATISTICS * (size_t)shape->n_months;
    float *values = malloc(stride * N_SECTOR_PAIRS * sizeof *values);
    dredge_status status = values == NULL ? status_no_memory(stride * N_SECTOR_PAIRS * sizeof *values) : DREDGE_OK;
    for (int point = 0; point < shape->n_points; point++) {
        for (int row = 0; status == DREDGE_OK && row < content->catalogue->n_series; row++) {
            status = results_file_summaries(file, row, 0, point, 1, stride, values);
            if (status == DREDGE_OK) {
                content_summary(content, row, point, values, stride);
                status = results_file_summaries(file, row, 1, point, 1, stride, values);
            }
            if (status == DREDGE_OK) {
                content_difference(content, row, point, values, stride);
            }
        }
    }
    free(values);
    return status;
}

/* ---- the rest ---- */

/* What a variable of double numbers must be: one, or so many along points, regimes and phases. */
static struct hdf_want reals_wanted(const struct results_file *file, const char *name)
{
    struct hdf_want want = {.name = name, .type = H5T_FLOAT, .type_bytes = 8};
    hid_t dataset = hdf_is_here_all(file->hdf, name) ? H5Dopen2(file->hdf, name, H5P_DEFAULT) : -1;
    hid_t space = dataset >= 0 ? H5Dget_space(dataset) : -1;
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : 0;
    if (rank % 2 == 1) {
        want.extent[want.rank++] = (hsize_t)file->shape.n_points;
    }
    if (rank > 1) {
        want.extent[want.rank++] = (hsize_t)file->shape.n_regimes;
        want.extent[want.rank++] = hdf_extent(file->hdf, "phase");
    }
    (void)H5Sclose(space);
    (void)H5Dclose(dataset);
    return want;
}

static dredge_status list_reals(struct results_file *file, struct inventory *inventory, const char *name)
{
    const struct hdf_want want = reals_wanted(file, name);
    const char *trouble =
        want.rank > 1 && want.extent[want.rank - 1] > REGIME_MAX_PHASES ? "has too many phases" : NULL;
    int extent[3] = {0};
    size_t n = 1;
    hid_t dataset = -1;
    dredge_status status = DREDGE_OK;
    for (int axis = 0; axis < want.rank; axis++) {
        extent[axis] = (int)want.extent[axis];
        n *= (size_t)want.extent[axis];
    }
    trouble = trouble == NULL ? hdf_open(file->hdf, &want, file->n_bytes, 1, &dataset) : trouble;
    double *values = trouble == NULL ? malloc(n * sizeof *values) : NULL;
    if (trouble != NULL) {
        status = results_file_unfit(file, name, trouble);
    } else if (values == NULL) {
        status = status_no_memory(n * sizeof *values);
    } else if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        status = results_file_unfit(file, name, "cannot be read");
    } else {
        status = inventory_add_reals(inventory, name, want.rank, extent, values);
    }
    free(values);
    if (dataset >= 0) {
        (void)H5Dclose(dataset);
    }
    return status;
}

/* The variables of the group of parameters: the steering, or the rest. */
static dredge_status list_parameters(struct results_file *file, int is_steering, struct inventory *inventory)
{
    H5G_info_t about = {.nlinks = 0};
    dredge_status status = DREDGE_OK;
    if (!hdf_is_here(file->hdf, SETTINGS_PARAMETERS) ||
        H5Gget_info_by_name(file->hdf, SETTINGS_PARAMETERS, &about, H5P_DEFAULT) < 0 ||
        about.nlinks > MOST_PARAMETERS) {
        return results_file_unfit(file, SETTINGS_PARAMETERS, "is missing or too large");
    }
    for (hsize_t i = 0; status == DREDGE_OK && i < about.nlinks; i++) {
        char name[INVENTORY_NAME_BYTES] = SETTINGS_PARAMETERS "/";
        size_t start = strlen(name);
        ssize_t length = H5Lget_name_by_idx(file->hdf, SETTINGS_PARAMETERS, H5_INDEX_NAME, H5_ITER_INC, i, name + start,
                                            sizeof name - start, H5P_DEFAULT);
        if (length <= 0 || (size_t)length >= sizeof name - start) {
            status = results_file_unfit(file, SETTINGS_PARAMETERS, "cannot be read");
        } else if ((strncmp(name + start, SETTINGS_STEERING, strlen(SETTINGS_STEERING)) == 0) == is_steering) {
            status = list_reals(file, inventory, name);
        }
    }
    return status;
}

static dredge_status list_numbers(struct results_file *file, struct inventory *inventory, const char *name, int n)
{
    int *numbers = NULL;
    dredge_status status = results_file_numbers(file, name, n, &numbers);
    if (status == DREDGE_OK) {
        status = inventory_add_wholes(inventory, name, n, numbers);
    }
    free(numbers);
    return status;
}

/* Everything but what the content lists. */
static dredge_status list_rest(struct results_file *file, struct inventory *inventory)
{
    const struct results_info *info = &file->results.info;
    const struct shape *shape = &file->shape;
    dredge_status status = list_numbers(file, inventory, "point", shape->n_points);
    if (status == DREDGE_OK) {
        status = list_numbers(file, inventory, "replicate", shape->n_replicates);
    }
    if (status == DREDGE_OK && shape->n_months > 0) {
        status = inventory_add_wholes(inventory, "month", shape->n_months, info->months);
    }
    if (status == DREDGE_OK) {
        status = inventory_add_texts(inventory, "regime", shape->n_regimes, (const char *const *)info->regimes);
    }
    if (status == DREDGE_OK) {
        status = inventory_add_wholes(inventory, "replicates_done", shape->n_points, info->replicates_done);
    }
    if (status == DREDGE_OK && info->hit_max != NULL) {
        status = inventory_add_bytes(inventory, "hit_max", shape->n_points, info->hit_max);
    }
    if (status == DREDGE_OK) {
        status = list_reals(file, inventory, "seed");
    }
    for (int factor = 0; status == DREDGE_OK && factor < info->n_factors; factor++) {
        char name[SETTING_NAME_BYTES];
        settings_factor_name((const char *const *)info->factors, factor, name);
        status = list_reals(file, inventory, name);
    }
    return status == DREDGE_OK ? list_parameters(file, 0, inventory) : status;
}

/* ---- comparing ---- */

/* Is this what the variable's attribute says? */
static int has_digest(const struct results_file *file, const struct variable *variable)
{
    char *found = NULL;
    hid_t dataset = hdf_is_here_all(file->hdf, variable->name) ? H5Dopen2(file->hdf, variable->name, H5P_DEFAULT) : -1;
    int is_right =
        dataset >= 0 && hdf_get_text(dataset, "digest", 33, &found) == 1 && strcmp(found, variable->digest) == 0;
    free(found);
    (void)H5Dclose(dataset);
    return is_right;
}

static dredge_status compare_variables(const struct results_file *file, const struct inventory *inventory)
{
    struct results_changes changes = {0};
    for (int i = 0; i < inventory->n; i++) {
        if (!has_digest(file, &inventory->variable[i])) {
            results_changes_add(&changes, "", inventory->variable[i].name);
        }
    }
    return results_changes_tell(&changes, file);
}

/* The bytes behind messages, sizes and tallies are digested as they were written (layout_own.c). */
static dredge_status list_messages(struct results_file *file, struct inventory *inventory)
{
    struct digest digest;
    const int extent[2] = {file->shape.n_points, PARCEL_MESSAGE_BYTES};
    dredge_status status = DREDGE_OK;
    digest_begin(&digest);
    for (int point = 0; status == DREDGE_OK && point < file->shape.n_points; point++) {
        char message[PARCEL_MESSAGE_BYTES];
        status = results_file_message(file, point, message);
        if (status == DREDGE_OK && message[0] != '\0') {
            digest_whole(&digest, point);
            digest_text(&digest, message);
        }
    }
    return status == DREDGE_OK ? inventory_add(inventory, OWN_MESSAGES, "uint8", 2, extent, &digest) : status;
}

static dredge_status list_tallies(struct results_file *file, struct inventory *inventory)
{
    struct digest sizes, tallies;
    dredge_status status = DREDGE_OK;
    digest_begin(&sizes);
    digest_begin(&tallies);
    for (int point = 0; status == DREDGE_OK && point < file->shape.n_points; point++) {
        unsigned char *bytes = NULL;
        size_t n_bytes = 0;
        status = results_file_tallies(file, point, &bytes, &n_bytes);
        if (status == DREDGE_OK && n_bytes > 0) {
            digest_whole(&sizes, point);
            digest_whole(&sizes, (int64_t)n_bytes);
            digest_bytes(&tallies, n_bytes, bytes);
        }
        free(bytes);
    }
    if (status == DREDGE_OK) {
        status = inventory_add(inventory, OWN_TALLY_SIZE, "int32", 1, &file->shape.n_points, &sizes);
    }
    return status == DREDGE_OK ? inventory_add(inventory, OWN_TALLIES, "uint8", 0, NULL, &tallies) : status;
}

/* What only dredge reads is no part of the digest of the content, but has its own digests. */
static dredge_status check_own(struct results_file *file)
{
    struct inventory own = {0};
    int n_phases = (int)hdf_extent(file->hdf, "phase");
    dredge_status status = n_phases > 0 ? list_numbers(file, &own, "phase", n_phases) : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = list_parameters(file, 1, &own);
    }
    if (status == DREDGE_OK && hdf_is_here_all(file->hdf, OWN_MESSAGES)) {
        status = list_messages(file, &own);
    }
    if (status == DREDGE_OK && results_file_has_tallies(file)) {
        status = list_tallies(file, &own);
    }
    if (status == DREDGE_OK) {
        status = compare_variables(file, &own);
    }
    inventory_free(&own);
    return status;
}

dredge_status results_file_compare_digest(const struct results_file *file, const char *whose, const char digest[33])
{
    const char *own = file->text[RESULTS_DIGEST];
    return strcmp(digest, own) == 0
               ? DREDGE_OK
               : status_fail(DREDGE_FILE,
                             "%s: was changed after dredge wrote it: %s digest %s, the file says %s; take an unchanged "
                             "copy, or make the file again with dredge run",
                             file->path, whose, digest, own);
}

dredge_status results_file_digest(struct results_file *file, char digest[33])
{
    struct inventory inventory = {0};
    struct content content = {0};
    hdf_quiet();
    dredge_status status = content_init(&content, &file->shape, &file->results.info.catalogue);
    if (status == DREDGE_OK) {
        status = results_file_digest_runs(file, &content);
    }
    if (status == DREDGE_OK && file->shape.trajectories == TRAJECTORIES_SUMMARY) {
        status = digest_summaries(file, &content);
    }
    if (status == DREDGE_OK) {
        status = list_rest(file, &inventory);
    }
    if (status == DREDGE_OK) {
        status = content_list(&content, &inventory);
    }
    if (status == DREDGE_OK) {
        status = compare_variables(file, &inventory);
    }
    if (status == DREDGE_OK) {
        status = check_own(file);
    }
    if (status == DREDGE_OK) {
        inventory_digest(&inventory, digest);
        status = results_file_compare_digest(file, "its variables have", digest);
    }
    content_free(&content);
    inventory_free(&inventory);
    return status;
}
