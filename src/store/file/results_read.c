/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/results_inside.h"

static dredge_status unreadable(const struct results_file *file, const char *name)
{
    return status_fail(DREDGE_FILE,
                       "%s: `%s` cannot be read: the file is damaged; copy it again, or make it again with dredge run",
                       file->path, name);
}

static dredge_status read_runs(const struct results_file *file, hid_t dataset, hid_t type, const char *name,
                               const int start[3], const int count[3], size_t row, void *out)
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
    return hdf_get(dataset, type, 3, from, n, 2, row, out) ? DREDGE_OK : unreadable(file, name);
}

dredge_status results_file_outcome(struct results_file *file, int outcome, int first, int n_points, double *out)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, file->shape.n_regimes, file->shape.n_replicates};
    return read_runs(file, file->outcome[outcome], H5T_NATIVE_DOUBLE, outcome_infos[outcome].name, start, count, 0,
                     out);
}

dredge_status results_file_part(struct results_file *file, int outcome, int point, int first, int n, size_t row,
                                double *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, file->shape.n_regimes, n};
    return read_runs(file, file->outcome[outcome], H5T_NATIVE_DOUBLE, outcome_infos[outcome].name, start, count, row,
                     out);
}

dredge_status results_file_status(struct results_file *file, int first, int n_points, uint8_t *out)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, file->shape.n_regimes, file->shape.n_replicates};
    return read_runs(file, file->status, H5T_NATIVE_UINT8, "status", start, count, 0, out);
}

dredge_status results_file_status_part(struct results_file *file, int point, int first, int n, size_t row, uint8_t *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, file->shape.n_regimes, n};
    return read_runs(file, file->status, H5T_NATIVE_UINT8, "status", start, count, row, out);
}

static dredge_status read_series(const struct results_file *file, int series, const int start[3], const int count[3],
                                 size_t row, float *out)
{
    hsize_t from[4] = {(hsize_t)start[0], (hsize_t)start[1], (hsize_t)start[2], 0};
    hsize_t n[4] = {(hsize_t)count[0], (hsize_t)count[1], (hsize_t)count[2], (hsize_t)file->shape.n_months};
    hdf_quiet();
    if (n[0] == 0 || n[1] == 0 || n[2] == 0) {
        return DREDGE_OK;
    }
    return hdf_get(file->series[series], H5T_NATIVE_FLOAT, 4, from, n, 2, row, out)
               ? DREDGE_OK
               : unreadable(file, series_infos[series].name);
}

dredge_status results_file_summaries(struct results_file *file, int series, int first, int n_points, float *out)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, file->shape.n_regimes, N_STATISTICS};
    return read_series(file, series, start, count, 0, out);
}

dredge_status results_file_runs_part(struct results_file *file, int series, int point, int first, int n, size_t row,
                                     float *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, file->shape.n_regimes, n};
    return read_series(file, series, start, count, row, out);
}

/* Messages stand in rows of bytes, filled up with zeros. */
dredge_status results_file_message(struct results_file *file, int point, char message[PARCEL_MESSAGE_BYTES])
{
    hsize_t n_points = (hsize_t)file->shape.n_points, start[2] = {(hsize_t)point, 0},
            count[2] = {1, PARCEL_MESSAGE_BYTES};
    const struct hdf_want want = {RESULTS_MESSAGES, H5T_INTEGER, 1, 2, {n_points, PARCEL_MESSAGE_BYTES}};
    hid_t dataset = -1;
    hdf_quiet();
    message[0] = '\0';
    if (!hdf_is_here(file->hdf, RESULTS_MERGING) || !hdf_is_here(file->hdf, RESULTS_MESSAGES)) {
        return DREDGE_OK;
    }
    const char *trouble = hdf_open(file->hdf, &want, file->n_bytes, 0, &dataset);
    if (trouble != NULL) {
        return results_file_unfit(file, RESULTS_MESSAGES, trouble);
    }
    int is_read = hdf_get(dataset, H5T_NATIVE_CHAR, 2, start, count, 0, 0, message);
    message[PARCEL_MESSAGE_BYTES - 1] = '\0';
    (void)H5Dclose(dataset);
    return is_read ? DREDGE_OK : unreadable(file, RESULTS_MESSAGES);
}

/* ---- the results behind their functions ---- */

static void close_source(void *source)
{
    results_file_close(source);
}

static dredge_status outcome_of(void *source, int outcome, int first, int n_points, double *out)
{
    return results_file_outcome(source, outcome, first, n_points, out);
}

static dredge_status status_of(void *source, int first, int n_points, uint8_t *out)
{
    return results_file_status(source, first, n_points, out);
}

static dredge_status summary_of(void *source, int series, int point, int regime, float *out)
{
    const int start[3] = {point, regime, 0}, count[3] = {1, 1, N_STATISTICS};
    return read_series(source, series, start, count, 0, out);
}

static dredge_status runs_of(void *source, int series, int point, int regime, float *out)
{
    const struct results_file *file = source;
    const int start[3] = {point, regime, 0}, count[3] = {1, 1, file->shape.n_replicates};
    return read_series(file, series, start, count, 0, out);
}

static dredge_status digest_of(void *source, char digest[33])
{
    return results_file_digest(source, digest);
}

const struct results_functions results_file_functions = {close_source, outcome_of, status_of,
                                                         summary_of,   runs_of,    digest_of};
