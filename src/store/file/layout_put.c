/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "result/tally.h"
#include "store/file/layout_inside.h"

void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values)
{
    hsize_t from[HDF_MOST_RANK], n[HDF_MOST_RANK];
    for (int i = 0; i < rank; i++) {
        from[i] = (hsize_t)start[i];
        n[i] = (hsize_t)count[i];
    }
    layout->has_failed |= !hdf_put(dataset, memory_type, rank, from, n, values);
}

void layout_put_text(struct layout *layout, const char *name, const char *text)
{
    layout->has_failed |= !hdf_put_text(layout->file, name, text);
}

void layout_put_number(struct layout *layout, const char *name, double number)
{
    layout->has_failed |= !hdf_put_number(layout->file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, &number);
}

const struct shape *layout_shape(const struct layout *layout)
{
    return &layout->shape;
}

const struct layout_blocks *layout_blocks(const struct layout *layout)
{
    return &layout->blocks;
}

int layout_has_tallies(const struct layout *layout)
{
    return layout->tallies > 0;
}

int layout_has_failed(const struct layout *layout)
{
    return layout->driver.error != 0;
}

static void put_runs(struct layout *layout, hid_t dataset, hid_t type, const struct layout_block *block,
                     const void *values)
{
    const int start[3] = {block->point, 0, block->first};
    const int count[3] = {block->n_points, layout->shape.n_regimes, block->n_replicates};
    layout_put(layout, dataset, type, 3, start, count, values);
}

void layout_put_outcome(struct layout *layout, int outcome, const struct layout_block *block, const double *values)
{
    put_runs(layout, layout->outcome[outcome], H5T_NATIVE_DOUBLE, block, values);
}

void layout_put_status(struct layout *layout, const struct layout_block *block, const uint8_t *status)
{
    put_runs(layout, layout->status, H5T_NATIVE_UINT8, block, status);
}

void layout_put_runs(struct layout *layout, int series, const struct layout_block *block, const float *values)
{
    const int start[4] = {block->point, 0, block->first, 0};
    const int count[4] = {block->n_points, layout->shape.n_regimes, block->n_replicates, layout->shape.n_months};
    layout_put(layout, layout->series[series], H5T_NATIVE_FLOAT, 4, start, count, values);
}

void layout_put_summaries(struct layout *layout, int series, int first, int n_points, const float *values)
{
    const int start[4] = {first, 0, 0, 0};
    const int count[4] = {n_points, layout->shape.n_regimes, N_STATISTICS, layout->shape.n_months};
    layout_put(layout, layout->series[series], H5T_NATIVE_FLOAT, 4, start, count, values);
}

void layout_put_done(struct layout *layout, int first, int n_points, const int *done, const uint8_t *hit_max)
{
    layout_put(layout, layout->replicates_done, H5T_NATIVE_INT, 1, &first, &n_points, done);
    layout_put(layout, layout->hit_max, H5T_NATIVE_UINT8, 1, &first, &n_points, hit_max);
}

/* Datasets are closed with the file. */
static dredge_status close_file(struct layout *layout, const char *output)
{
    if (layout->file <= 0) {
        driver_release(&layout->driver);
        return DREDGE_OK;
    }
    layout_end_tallies(layout);
    layout->has_failed |= H5Fclose(layout->file) < 0;
    driver_release(&layout->driver);
    if (layout->driver.error != 0) {
        return status_fail(DREDGE_FILE,
                           "%s: cannot write this file: %s; all finished runs are kept: make room, then continue with "
                           "--resume",
                           output, strerror(layout->driver.error));
    }
    return layout->has_failed ? status_fail(DREDGE_FILE, "%s: HDF5 could not write this file", output) : DREDGE_OK;
}

dredge_status layout_close(struct layout *layout, const char *output)
{
    dredge_status status = layout == NULL ? DREDGE_OK : close_file(layout, output);
    free(layout);
    return status;
}

/* What a netCDF name may hold without trouble in any language: letters, digits, underscores, and UTF-8. */
static void plain_name(const char *key, char name[STUDY_KEY_BYTES])
{
    size_t length = 0;
    for (; key[length] != '\0' && length < STUDY_KEY_BYTES - 1; length++) {
        char c = key[length];
        int is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
        name[length] = c;
        if (!is_plain) {
            name[length] = '_';
        }
    }
    name[length] = '\0';
}

void layout_factor_name(const char *const *keys, int index, char name[LAYOUT_NAME_BYTES])
{
    char plain[STUDY_KEY_BYTES], other[STUDY_KEY_BYTES];
    int n_same = 1;
    plain_name(keys[index], plain);
    for (int before = 0; before < index; before++) {
        plain_name(keys[before], other);
        n_same += strcmp(plain, other) == 0;
    }
    if (n_same == 1) {
        memcpy(name, plain, strlen(plain) + 1);
    } else {
        (void)snprintf(name, LAYOUT_NAME_BYTES, "%s_%d", plain, n_same);
    }
}

int layout_month(const struct study *study, int sample)
{
    return (sample + 1) * study->every - 1;
}
