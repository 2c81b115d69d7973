/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "result/tally.h"
#include "store/file/hdf.h"
#include "store/file/own.h"
#include "store/file/results_inside.h"

/* A part of a variable: `start` and `count` along its first three axes; then, for rows by sector or pair, places
 * [place, place + n_places); then, for series, all months. */
struct part {
    hid_t dataset;
    const struct catalogue_row *row;
    int start[3], count[3];
    int place, n_places;
    int n_months; /* 0: not a series */
    size_t room;  /* along the third axis in memory; 0: count */
};

/* Reads places of a part into memory where they stand as in the file, between the third axis and the months. */
static int read_part(const struct part *part, hid_t type, void *out)
{
    hsize_t from[HDF_MOST_RANK] = {0}, n[HDF_MOST_RANK] = {0};
    int rank = 3;
    for (int i = 0; i < 3; i++) {
        from[i] = (hsize_t)part->start[i];
        n[i] = (hsize_t)part->count[i];
    }
    if (part->row->dimension != DIMENSION_NONE) {
        from[rank] = (hsize_t)part->place;
        n[rank++] = (hsize_t)part->n_places;
    }
    if (part->n_months > 0) {
        n[rank++] = (hsize_t)part->n_months;
    }
    return hdf_get(part->dataset, type, rank, from, n, 2, part->room, out);
}

/* Reads all places of a part into columns that stand `stride` bytes apart. */
static dredge_status read_columns(const struct results_file *file, struct part *part, hid_t type, size_t stride,
                                  void *out)
{
    int n_places = part->row->n_columns;
    size_t size = H5Tget_size(type) * (size_t)(part->n_months > 0 ? part->n_months : 1);
    size_t n_outer = (size_t)part->count[0] * (size_t)part->count[1], n_inner = (size_t)part->count[2];
    size_t room = part->room > 0 ? part->room : n_inner;
    hdf_quiet();
    if (n_outer * n_inner == 0) {
        return DREDGE_OK;
    }
    part->n_places = n_places;
    if (n_places == 1) {
        return read_part(part, type, out) ? DREDGE_OK : results_file_unreadable(file, part->row->name);
    }
    part->room = 0;
    unsigned char *mixed = malloc(n_outer * n_inner * (size_t)n_places * size);
    if (mixed == NULL) {
        return status_no_memory(n_outer * n_inner * (size_t)n_places * size);
    }
    int is_read = read_part(part, type, mixed);
    const unsigned char *next = mixed;
    for (size_t i = 0; is_read && i < n_outer * n_inner; i++) {
        for (size_t place = 0; place < (size_t)n_places; place++, next += size) {
            size_t at = i / n_inner * room + i % n_inner;
            memcpy((unsigned char *)out + place * stride + at * size, next, size);
        }
    }
    free(mixed);
    return is_read ? DREDGE_OK : results_file_unreadable(file, part->row->name);
}

dredge_status results_file_row(struct results_file *file, int row, int first, int n_points, size_t stride, double *out)
{
    struct part part = {.dataset = file->outcome[row],
                        .row = &file->results.info.catalogue.outcome[row],
                        .start = {first, 0, 0},
                        .count = {n_points, file->shape.n_regimes, file->shape.n_replicates}};
    const struct results_whole whole = {.row = row,
                                        .first = first,
                                        .n_points = n_points,
                                        .n_places = part.row->n_columns,
                                        .stride = stride,
                                        .out = out};
    if (results_file_whole(file, &whole)) {
        return DREDGE_OK;
    }
    return read_columns(file, &part, H5T_NATIVE_DOUBLE, stride * sizeof *out, out);
}

dredge_status results_file_part(struct results_file *file, int row, int point, int first, int n, size_t room,
                                size_t stride, double *out)
{
    struct part part = {.dataset = file->outcome[row],
                        .row = &file->results.info.catalogue.outcome[row],
                        .start = {point, 0, first},
                        .count = {1, file->shape.n_regimes, n},
                        .room = room};
    return read_columns(file, &part, H5T_NATIVE_DOUBLE, stride * sizeof *out, out);
}

static dredge_status read_status(const struct results_file *file, const int start[3], const int count[3], size_t room,
                                 uint8_t *out)
{
    hsize_t from[3], n[3];
    hdf_quiet();
    for (int i = 0; i < 3; i++) {
        from[i] = (hsize_t)start[i];
        n[i] = (hsize_t)count[i];
    }
    if (count[0] == 0 || count[2] == 0) {
        return DREDGE_OK;
    }
    return hdf_get(file->status, H5T_NATIVE_UINT8, 3, from, n, 2, room, out) ? DREDGE_OK
                                                                             : results_file_unreadable(file, "status");
}

dredge_status results_file_status(struct results_file *file, int first, int n_points, uint8_t *out)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, file->shape.n_regimes, file->shape.n_replicates};
    return read_status(file, start, count, 0, out);
}

dredge_status results_file_status_part(struct results_file *file, int point, int first, int n, size_t room,
                                       uint8_t *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, file->shape.n_regimes, n};
    return read_status(file, start, count, room, out);
}

/* A part of a series. */
static struct part series_part(const struct results_file *file, int row, int is_difference, const int start[3],
                               const int count[3])
{
    return (struct part){.dataset = is_difference ? file->difference[row] : file->series[row],
                         .row = &file->results.info.catalogue.series[row],
                         .start = {start[0], start[1], start[2]},
                         .count = {count[0], count[1], count[2]},
                         .n_months = file->shape.n_months};
}

dredge_status results_file_summaries(struct results_file *file, int row, int is_difference, int first, int n_points,
                                     size_t stride, float *out)
{
    const int start[3] = {first, 0, 0};
    const int count[3] = {n_points, file->shape.n_regimes, is_difference ? (int)N_MOMENTS : (int)N_STATISTICS};
    struct part part = series_part(file, row, is_difference, start, count);
    return read_columns(file, &part, H5T_NATIVE_FLOAT, stride * sizeof *out, out);
}

dredge_status results_file_runs_part(struct results_file *file, int row, int point, int first, int n, size_t room,
                                     size_t stride, float *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, file->shape.n_regimes, n};
    struct part part = series_part(file, row, 0, start, count);
    part.room = room;
    return read_columns(file, &part, H5T_NATIVE_FLOAT, stride * sizeof *out, out);
}

/* Messages stand in rows of bytes, filled up with zeros. */
dredge_status results_file_message(struct results_file *file, int point, char message[PARCEL_MESSAGE_BYTES])
{
    const char *name = file->format == 1 ? OWN_MESSAGES_1 : OWN_MESSAGES;
    hsize_t n_points = (hsize_t)file->shape.n_points, start[2] = {(hsize_t)point, 0},
            count[2] = {1, PARCEL_MESSAGE_BYTES};
    const struct hdf_want want = {name, H5T_INTEGER, 1, 2, {n_points, PARCEL_MESSAGE_BYTES}};
    hid_t dataset = -1;
    hdf_quiet();
    message[0] = '\0';
    if (!hdf_is_here_all(file->hdf, name)) {
        return DREDGE_OK;
    }
    const char *trouble = hdf_open(file->hdf, &want, file->n_bytes, 0, &dataset);
    if (trouble != NULL) {
        return results_file_unfit(file, name, trouble);
    }
    int is_read = hdf_get(dataset, H5T_NATIVE_CHAR, 2, start, count, 0, 0, message);
    message[PARCEL_MESSAGE_BYTES - 1] = '\0';
    (void)H5Dclose(dataset);
    return is_read ? DREDGE_OK : results_file_unreadable(file, name);
}

/* ---- for results ---- */

/* The row of a column, and its place in it. */
static const struct catalogue_row *find_column(int n_rows, const struct catalogue_row *rows, int column, int *place)
{
    const struct catalogue_row *row = rows;
    while (row + 1 < rows + n_rows && row[1].column <= column) {
        row++;
    }
    *place = column - row->column;
    return row;
}

dredge_status results_file_read_outcome(void *source, int column, int first, int n_points, double *out)
{
    struct results_file *file = source;
    const struct catalogue *catalogue = &file->results.info.catalogue;
    struct part part = {
        .start = {first, 0, 0}, .count = {n_points, file->shape.n_regimes, file->shape.n_replicates}, .n_places = 1};
    hdf_quiet();
    part.row = find_column(catalogue->n_outcomes, catalogue->outcome, column, &part.place);
    const struct results_whole whole = {.row = (int)(part.row - catalogue->outcome),
                                        .first = first,
                                        .n_points = n_points,
                                        .place = part.place,
                                        .n_places = 1,
                                        .out = out};
    part.dataset = file->outcome[whole.row];
    return n_points == 0 || results_file_whole(file, &whole) || read_part(&part, H5T_NATIVE_DOUBLE, out)
               ? DREDGE_OK
               : results_file_unreadable(file, part.row->name);
}

/* In blocks of points, which hold few values twice. */
dredge_status results_file_read_row(void *source, int row, int first, int n_points, double *out)
{
    enum { BLOCK_VALUES = 1 << 22 };
    struct results_file *file = source;
    size_t n_each = (size_t)file->shape.n_regimes * (size_t)file->shape.n_replicates;
    size_t n_values = n_each * (size_t)file->results.info.catalogue.outcome[row].n_columns;
    int n_block = n_values < BLOCK_VALUES ? (int)(BLOCK_VALUES / (n_values + 1)) : 1;
    dredge_status status = DREDGE_OK;
    for (int done = 0; status == DREDGE_OK && done < n_points; done += n_block) {
        int n = n_points - done < n_block ? n_points - done : n_block;
        status = results_file_row(file, row, first + done, n, n_each * (size_t)n_points, out + (size_t)done * n_each);
    }
    return status;
}

dredge_status results_file_read_status(void *source, int first, int n_points, uint8_t *out)
{
    return results_file_status(source, first, n_points, out);
}

/* Which trajectory. */
struct trajectory {
    int column, point, regime;
};

/* `n` rows of months. */
static dredge_status read_trajectory(const struct results_file *file, int is_difference, const struct trajectory *which,
                                     int n, float *out)
{
    const struct catalogue *catalogue = &file->results.info.catalogue;
    const int start[3] = {which->point, which->regime, 0}, count[3] = {1, 1, n};
    int place = 0;
    const struct catalogue_row *row = find_column(catalogue->n_series, catalogue->series, which->column, &place);
    struct part part = series_part(file, (int)(row - catalogue->series), is_difference, start, count);
    part.place = place;
    part.n_places = 1;
    hdf_quiet();
    return read_part(&part, H5T_NATIVE_FLOAT, out) ? DREDGE_OK : results_file_unreadable(file, row->name);
}

dredge_status results_file_read_summary(void *source, int column, int point, int regime, float *out)
{
    return read_trajectory(source, 0, &(struct trajectory){column, point, regime}, N_STATISTICS, out);
}

dredge_status results_file_read_difference(void *source, int column, int point, int regime, float *out)
{
    return read_trajectory(source, 1, &(struct trajectory){column, point, regime}, N_MOMENTS, out);
}

dredge_status results_file_read_runs(void *source, int column, int point, int regime, float *out)
{
    const struct results_file *file = source;
    return read_trajectory(file, 0, &(struct trajectory){column, point, regime}, file->shape.n_replicates, out);
}

dredge_status results_file_read_message(void *source, int point, char message[PARCEL_MESSAGE_BYTES])
{
    return results_file_message(source, point, message);
}
