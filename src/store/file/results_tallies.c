/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "store/file/hdf.h"
#include "store/file/own.h"
#include "store/file/results_inside.h"

enum { MOST_PARTS_BYTES = 1 << 26 };

int results_file_has_tallies(const struct results_file *file)
{
    return hdf_is_here_all(file->hdf, OWN_TALLIES);
}

/* Where the tallies of each point stand: the running sum of their sizes. */
static dredge_status read_offsets(struct results_file *file)
{
    hsize_t start = 0, n_points = (hsize_t)file->shape.n_points;
    struct hdf_want want = {OWN_TALLY_SIZE, H5T_INTEGER, 4, 1, {n_points}};
    hid_t dataset = -1;
    int *sizes = NULL;
    const char *trouble = hdf_open(file->hdf, &want, file->n_bytes, 1, &dataset);
    if (trouble != NULL) {
        return results_file_unfit(file, OWN_TALLY_SIZE, trouble);
    }
    dredge_status status = DREDGE_OK;
    sizes = malloc((size_t)n_points * sizeof *sizes);
    file->tally_offset = calloc((size_t)n_points + 1, sizeof *file->tally_offset);
    if (sizes == NULL || file->tally_offset == NULL) {
        status = status_no_memory(n_points * sizeof *file->tally_offset);
    } else if (!hdf_get(dataset, H5T_NATIVE_INT, 1, &start, &n_points, 0, 0, sizes)) {
        status = results_file_unfit(file, OWN_TALLY_SIZE, "cannot be read");
    }
    for (hsize_t point = 0; status == DREDGE_OK && point < n_points; point++) {
        if (sizes[point] < 0) {
            status = results_file_unfit(file, OWN_TALLY_SIZE, "has negative sizes");
        } else {
            file->tally_offset[point + 1] = file->tally_offset[point] + (uint64_t)sizes[point];
        }
    }
    free(sizes);
    (void)H5Dclose(dataset);
    return status;
}

static dredge_status open_tallies(struct results_file *file)
{
    if (!results_file_has_tallies(file)) {
        return status_fail(DREDGE_FILE,
                           "%s: holds finished summaries of trajectories only, which cannot be put together with other "
                           "replicates of the same point; merge the files that its shards left instead",
                           file->path);
    }
    dredge_status status = read_offsets(file);
    if (status != DREDGE_OK) {
        return status;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): read_offsets has made them */
    struct hdf_want want = {OWN_TALLIES, H5T_INTEGER, 1, 1, {file->tally_offset[file->shape.n_points]}};
    const char *trouble = NULL;
    if (want.extent[0] > 0) { /* a shard may have had nothing to run */
        trouble = hdf_open(file->hdf, &want, file->n_bytes, 1, &file->tallies);
    }
    if (trouble != NULL) {
        file->tallies = 0;
        return results_file_unfit(file, OWN_TALLIES, trouble);
    }
    return DREDGE_OK;
}

dredge_status results_file_tallies(struct results_file *file, int point, unsigned char **bytes, size_t *n_bytes)
{
    hdf_quiet();
    *bytes = NULL;
    if (file->tally_offset == NULL) {
        dredge_status status = open_tallies(file);
        if (status != DREDGE_OK) {
            free(file->tally_offset);
            file->tally_offset = NULL;
            return status;
        }
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): open tallies have offsets */
    hsize_t start = file->tally_offset[point], count = file->tally_offset[point + 1] - start;
    *n_bytes = (size_t)count;
    *bytes = malloc((size_t)count + 1);
    if (*bytes == NULL) {
        return status_no_memory(count + 1);
    }
    if (count > 0 && !hdf_get(file->tallies, H5T_NATIVE_UCHAR, 1, &start, &count, 0, 0, *bytes)) {
        free(*bytes);
        *bytes = NULL;
        return results_file_unfit(file, OWN_TALLIES, "cannot be read");
    }
    return DREDGE_OK;
}

dredge_status results_file_parts(struct results_file *file, char **lines)
{
    hdf_quiet();
    *lines = NULL;
    hid_t group = hdf_is_here(file->hdf, OWN_GROUP) ? H5Gopen2(file->hdf, OWN_GROUP, H5P_DEFAULT) : -1;
    int result = group >= 0 ? hdf_get_text(group, RESULTS_PARTS, MOST_PARTS_BYTES, lines) : 0;
    if (group >= 0) {
        (void)H5Gclose(group);
    }
    if (result == 0) {
        *lines = calloc(1, 1);
    }
    return *lines != NULL ? DREDGE_OK : status_no_memory(MOST_PARTS_BYTES);
}
