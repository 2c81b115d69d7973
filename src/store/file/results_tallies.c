/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "store/file/hdf.h"
#include "store/file/results_file.h"

int results_has_tallies(const struct results *results)
{
    return hdf_is_here(results->file, RESULTS_MERGING) && hdf_is_here(results->file, RESULTS_TALLIES);
}

/* Where the tallies of each point stand: the running sum of their sizes. */
static dredge_status read_offsets(struct results *results)
{
    hsize_t start = 0, n_points = (hsize_t)results->extents.n_points;
    struct hdf_want want = {RESULTS_TALLY_SIZE, H5T_INTEGER, 4, 1, {n_points}};
    hid_t dataset = -1;
    int *sizes = NULL;
    const char *trouble = hdf_open(results->file, &want, results->n_bytes, 1, &dataset);
    if (trouble != NULL) {
        return results_unfit(results, RESULTS_TALLY_SIZE, trouble);
    }
    dredge_status status = DREDGE_OK;
    sizes = malloc((size_t)n_points * sizeof *sizes);
    results->tally_offset = calloc((size_t)n_points + 1, sizeof *results->tally_offset);
    if (sizes == NULL || results->tally_offset == NULL) {
        status = status_no_memory(n_points * sizeof *results->tally_offset);
    } else if (!hdf_get(dataset, H5T_NATIVE_INT, 1, &start, &n_points, 0, 0, sizes)) {
        status = results_unfit(results, RESULTS_TALLY_SIZE, "cannot be read");
    }
    for (hsize_t point = 0; status == DREDGE_OK && point < n_points; point++) {
        if (sizes[point] < 0) {
            status = results_unfit(results, RESULTS_TALLY_SIZE, "has negative sizes");
        } else {
            results->tally_offset[point + 1] = results->tally_offset[point] + (uint64_t)sizes[point];
        }
    }
    free(sizes);
    (void)H5Dclose(dataset);
    return status;
}

static dredge_status open_tallies(struct results *results)
{
    if (!results_has_tallies(results)) {
        return status_fail(DREDGE_FILE,
                           "%s: holds finished summaries of trajectories only, which cannot be put together with other "
                           "replicates of the same point; merge the files that its shards left instead",
                           results->path);
    }
    dredge_status status = read_offsets(results);
    if (status != DREDGE_OK) {
        return status;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): read_offsets has made them */
    struct hdf_want want = {RESULTS_TALLIES, H5T_INTEGER, 1, 1, {results->tally_offset[results->extents.n_points]}};
    const char *trouble = hdf_open(results->file, &want, results->n_bytes, 1, &results->tallies);
    if (trouble != NULL) {
        results->tallies = 0;
        return results_unfit(results, RESULTS_TALLIES, trouble);
    }
    return DREDGE_OK;
}

dredge_status results_tallies(struct results *results, int point, unsigned char **bytes, size_t *n_bytes)
{
    hdf_quiet();
    *bytes = NULL;
    if (results->tallies <= 0) {
        free(results->tally_offset);
        results->tally_offset = NULL;
        dredge_status status = open_tallies(results);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): open tallies have offsets */
    hsize_t start = results->tally_offset[point], count = results->tally_offset[point + 1] - start;
    *n_bytes = (size_t)count;
    *bytes = malloc((size_t)count + 1);
    if (*bytes == NULL) {
        return status_no_memory(count + 1);
    }
    if (count > 0 && !hdf_get(results->tallies, H5T_NATIVE_UCHAR, 1, &start, &count, 0, 0, *bytes)) {
        free(*bytes);
        *bytes = NULL;
        return results_unfit(results, RESULTS_TALLIES, "cannot be read");
    }
    return DREDGE_OK;
}
