/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/file/hdf.h"
#include "store/file/results_file.h"
#include "result/stored_study.h"

dredge_status results_open(struct results **results, const char *path)
{
    hdf_quiet();
    *results = calloc(1, sizeof **results);
    if (*results == NULL) {
        return status_no_memory(sizeof **results);
    }
    (*results)->path = files_text("%s", path);
    dredge_status status = (*results)->path == NULL ? status_no_memory(strlen(path)) : results_load(*results);
    if (status != DREDGE_OK) {
        results_close(*results);
        *results = NULL;
    }
    return status;
}

/* Datasets are closed with the file. */
void results_close(struct results *results)
{
    if (results == NULL) {
        return;
    }
    if (results->file > 0) {
        (void)H5Fclose(results->file);
    }
    for (int which = 0; which < N_RESULTS_TEXTS; which++) {
        free(results->text[which]);
    }
    for (int regime = 0; results->info.regimes != NULL && regime < results->info.n_regimes; regime++) {
        free(results->info.regimes[regime]);
    }
    for (int factor = 0; results->info.factors != NULL && factor < results->info.n_factors; factor++) {
        free(results->info.factors[factor]);
    }
    free(results->info.regimes);
    free(results->info.factors);
    free(results->info.values);
    free(results->info.months);
    free(results->replicates_done);
    free(results->tally_offset);
    free(results->path);
    free(results);
}

const struct results_info *results_info(const struct results *results)
{
    return &results->info;
}

dredge_status results_study(const struct results *results, struct study *study)
{
    return stored_study_parse(results->path, results->info.study, results->info.overrides, study);
}

static dredge_status unreadable(const struct results *results, const char *name)
{
    return status_fail(DREDGE_FILE,
                       "%s: `%s` cannot be read: the file is damaged; copy it again, or make it again with dredge run",
                       results->path, name);
}

static dredge_status out_of_range(const struct results *results)
{
    return status_fail(DREDGE_FAILURE, "%s: asked for a part that the file does not have", results->path);
}

/* Does [first, first + n) lie in [0, extent)? */
static int is_within(int first, int n, int extent)
{
    return first >= 0 && n >= 0 && n <= extent && first <= extent - n;
}

static dredge_status read_runs(struct results *results, hid_t dataset, hid_t type, const char *name, const int start[3],
                               const int count[3], size_t row, void *out)
{
    hsize_t from[3], n[3];
    hdf_quiet();
    if (!is_within(start[0], count[0], results->extents.n_points) ||
        !is_within(start[2], count[2], results->extents.n_replicates)) {
        return out_of_range(results);
    }
    for (int i = 0; i < 3; i++) {
        from[i] = (hsize_t)start[i];
        n[i] = (hsize_t)count[i];
    }
    if (count[0] == 0 || count[2] == 0) {
        return DREDGE_OK;
    }
    return hdf_get(dataset, type, 3, from, n, 2, row, out) ? DREDGE_OK : unreadable(results, name);
}

dredge_status results_outcome(struct results *results, int outcome, int first, int n_points, double *out)
{
    const int start[3] = {first, 0, 0},
              count[3] = {n_points, results->extents.n_regimes, results->extents.n_replicates};
    if (outcome < 0 || outcome >= N_OUTCOMES) {
        return out_of_range(results);
    }
    return read_runs(results, results->outcome[outcome], H5T_NATIVE_DOUBLE, outcome_infos[outcome].name, start, count,
                     0, out);
}

dredge_status results_part(struct results *results, int outcome, int point, int first, int n, size_t row, double *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, results->extents.n_regimes, n};
    return read_runs(results, results->outcome[outcome], H5T_NATIVE_DOUBLE, outcome_infos[outcome].name, start, count,
                     row, out);
}

dredge_status results_status(struct results *results, int first, int n_points, uint8_t *out)
{
    const int start[3] = {first, 0, 0},
              count[3] = {n_points, results->extents.n_regimes, results->extents.n_replicates};
    return read_runs(results, results->status, H5T_NATIVE_UINT8, "status", start, count, 0, out);
}

dredge_status results_status_part(struct results *results, int point, int first, int n, size_t row, uint8_t *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, results->extents.n_regimes, n};
    return read_runs(results, results->status, H5T_NATIVE_UINT8, "status", start, count, row, out);
}

static dredge_status read_series(struct results *results, int series, enum trajectories kind, const int start[3],
                                 const int count[3], size_t row, float *out)
{
    const struct extents *extents = &results->extents;
    hdf_quiet();
    if (extents->trajectories != kind) {
        return status_fail(DREDGE_FILE, "%s: holds no %s; run the study again with `output: {trajectories: %s}`",
                           results->path,
                           kind == TRAJECTORIES_RUNS ? "trajectories of single runs" : "summaries of trajectories",
                           results_trajectories[kind]);
    }
    if (series < 0 || series >= N_SERIES || !is_within(start[0], count[0], extents->n_points) ||
        !is_within(start[1], count[1], extents->n_regimes) ||
        !is_within(start[2], count[2], kind == TRAJECTORIES_RUNS ? extents->n_replicates : N_STATISTICS)) {
        return out_of_range(results);
    }
    hsize_t from[4] = {(hsize_t)start[0], (hsize_t)start[1], (hsize_t)start[2], 0};
    hsize_t n[4] = {(hsize_t)count[0], (hsize_t)count[1], (hsize_t)count[2], (hsize_t)extents->n_months};
    if (n[0] == 0 || n[1] == 0 || n[2] == 0) {
        return DREDGE_OK;
    }
    return hdf_get(results->series[series], H5T_NATIVE_FLOAT, 4, from, n, 2, row, out)
               ? DREDGE_OK
               : unreadable(results, series_infos[series].name);
}

dredge_status results_summary(struct results *results, int series, int point, int regime, float *out)
{
    const int start[3] = {point, regime, 0}, count[3] = {1, 1, N_STATISTICS};
    return read_series(results, series, TRAJECTORIES_SUMMARY, start, count, 0, out);
}

dredge_status results_runs(struct results *results, int series, int point, int regime, float *out)
{
    const int start[3] = {point, regime, 0}, count[3] = {1, 1, results->extents.n_replicates};
    return read_series(results, series, TRAJECTORIES_RUNS, start, count, 0, out);
}

dredge_status results_summaries(struct results *results, int series, int first, int n_points, float *out)
{
    const int start[3] = {first, 0, 0}, count[3] = {n_points, results->extents.n_regimes, N_STATISTICS};
    return read_series(results, series, TRAJECTORIES_SUMMARY, start, count, 0, out);
}

dredge_status results_runs_part(struct results *results, int series, int point, int first, int n, size_t row,
                                float *out)
{
    const int start[3] = {point, 0, first}, count[3] = {1, results->extents.n_regimes, n};
    return read_series(results, series, TRAJECTORIES_RUNS, start, count, row, out);
}

/* Messages stand in rows of bytes, filled up with zeros. */
dredge_status results_message(struct results *results, int point, char message[PARCEL_MESSAGE_BYTES])
{
    hsize_t n_points = (hsize_t)results->extents.n_points, start[2] = {(hsize_t)point, 0},
            count[2] = {1, PARCEL_MESSAGE_BYTES};
    const struct hdf_want want = {RESULTS_MESSAGES, H5T_INTEGER, 1, 2, {n_points, PARCEL_MESSAGE_BYTES}};
    hid_t dataset = -1;
    hdf_quiet();
    message[0] = '\0';
    if (!hdf_is_here(results->file, RESULTS_MERGING) || !hdf_is_here(results->file, RESULTS_MESSAGES)) {
        return DREDGE_OK;
    }
    const char *trouble = hdf_open(results->file, &want, results->n_bytes, 0, &dataset);
    if (trouble != NULL) {
        return results_unfit(results, RESULTS_MESSAGES, trouble);
    }
    int is_read = hdf_get(dataset, H5T_NATIVE_CHAR, 2, start, count, 0, 0, message);
    message[PARCEL_MESSAGE_BYTES - 1] = '\0';
    (void)H5Dclose(dataset);
    return is_read ? DREDGE_OK : unreadable(results, RESULTS_MESSAGES);
}
