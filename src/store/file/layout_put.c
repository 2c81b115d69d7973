/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "result/tally.h"
#include "store/file/layout_inside.h"

/* Values go to the file and into the digests of their variables. */

const struct shape *layout_shape(const struct layout *layout)
{
    return &layout->shape;
}

const struct layout_blocks *layout_blocks(const struct layout *layout)
{
    return &layout->blocks;
}

int layout_has_failed(const struct layout *layout)
{
    return layout->driver.error != 0;
}

/* The columns of a row, n * size bytes each and `stride` bytes apart, in the order of the file: place by place for each
 * `size` bytes. A row of one column is that already. NULL when out of memory, which counts as a failure. */
static const void *interleave(struct layout *layout, int n_places, size_t n, size_t size, const void *values,
                              size_t stride)
{
    if (n_places == 1) {
        return values;
    }
    size_t n_bytes = n * size * (size_t)n_places;
    if (n_bytes > layout->scratch_bytes) {
        free(layout->scratch);
        layout->scratch = malloc(n_bytes);
        layout->scratch_bytes = layout->scratch != NULL ? n_bytes : 0;
        layout_note(layout, layout->scratch != NULL);
    }
    unsigned char *out = layout->scratch;
    for (size_t i = 0; i < n && out != NULL; i++) {
        for (size_t place = 0; place < (size_t)n_places; place++, out += size) {
            memcpy(out, (const unsigned char *)values + place * stride + i * size, size);
        }
    }
    return layout->scratch;
}

void layout_put_block(struct layout *layout, hid_t dataset, hid_t memory_type, size_t size, int rank, const int *start,
                      const int *count, const void *values)
{
    if (layout->packing == NULL) {
        layout_put(layout, dataset, memory_type, rank, start, count, values);
    } else {
        hsize_t from[HDF_MOST_RANK];
        for (int axis = 0; axis < rank; axis++) {
            from[axis] = (hsize_t)start[axis];
        }
        layout_note(layout, packing_put(layout->packing, dataset, size, rank, from, count, values));
    }
}

void layout_put_status(struct layout *layout, const struct swath *at, const uint8_t *status)
{
    const int start[3] = {at->point, 0, at->first};
    const int count[3] = {at->n_points, layout->shape.n_regimes, at->n_replicates};
    content_status(&layout->content, at, status);
    layout_put_block(layout, layout->status, H5T_NATIVE_UINT8, sizeof *status, 3, start, count, status);
}

void layout_put_outcome(struct layout *layout, int row, const struct swath *at, const uint8_t *status,
                        const double *values, size_t stride)
{
    int n_places = layout->head->catalogue.outcome[row].n_columns;
    const int start[4] = {at->point, 0, at->first, 0};
    const int count[4] = {at->n_points, layout->shape.n_regimes, at->n_replicates, n_places};
    size_t n_runs = (size_t)count[0] * (size_t)count[1] * (size_t)count[2];
    const void *ordered = interleave(layout, n_places, n_runs, sizeof *values, values, stride * sizeof *values);
    content_outcome(&layout->content, row, at, status, values, stride);
    if (ordered != NULL) {
        layout_put_block(layout, layout->outcome[row], H5T_NATIVE_DOUBLE, sizeof *values, n_places > 1 ? 4 : 3, start,
                         count, ordered);
    }
}

/* Writes trajectories [n][n_months] of a row: `third` of its extents begins at `start[2]`. */
static void put_series(struct layout *layout, hid_t dataset, int row, const int start[3], const int count[3],
                       const float *values, size_t stride)
{
    int n_places = layout->head->catalogue.series[row].n_columns, rank = 3;
    int from[HDF_MOST_RANK] = {start[0], start[1], start[2]}, n[HDF_MOST_RANK] = {count[0], count[1], count[2]};
    size_t n_rows = (size_t)count[0] * (size_t)count[1] * (size_t)count[2];
    size_t size = (size_t)layout->shape.n_months * sizeof *values;
    const void *ordered = interleave(layout, n_places, n_rows, size, values, stride * sizeof *values);
    if (n_places > 1) {
        n[rank++] = n_places;
    }
    n[rank++] = layout->shape.n_months;
    if (ordered != NULL) {
        layout_put_block(layout, dataset, H5T_NATIVE_FLOAT, sizeof *values, rank, from, n, ordered);
    }
}

void layout_put_runs(struct layout *layout, int row, const struct swath *at, const uint8_t *status, const float *values,
                     size_t stride)
{
    const int start[3] = {at->point, 0, at->first};
    const int count[3] = {at->n_points, layout->shape.n_regimes, at->n_replicates};
    content_runs(&layout->content, row, at, status, values, stride);
    put_series(layout, layout->series[row], row, start, count, values, stride);
}

void layout_put_summaries(struct layout *layout, int row, int first, int n_points, const float *values, size_t stride)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, layout->shape.n_regimes, N_STATISTICS};
    size_t per_point = (size_t)count[1] * N_STATISTICS * (size_t)layout->shape.n_months;
    for (int i = 0; i < n_points; i++) {
        content_summary(&layout->content, row, first + i, values + (size_t)i * per_point, stride);
    }
    put_series(layout, layout->series[row], row, start, count, values, stride);
}

void layout_put_differences(struct layout *layout, int row, int first, int n_points, const float *values, size_t stride)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, layout->shape.n_regimes, N_MOMENTS};
    size_t per_point = (size_t)count[1] * N_MOMENTS * (size_t)layout->shape.n_months;
    for (int i = 0; i < n_points; i++) {
        content_difference(&layout->content, row, first + i, values + (size_t)i * per_point, stride);
    }
    put_series(layout, layout->difference[row], row, start, count, values, stride);
}
