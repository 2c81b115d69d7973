/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"
#include "result/content.h"
#include "store/file/results_inside.h"

/* Statuses, outcomes and runs of a file, block by block, into the digests of a content. */

enum { BLOCK_VALUES = 1 << 16 };

/* Room for a block of runs: some points, or some replicates of one point. */
struct blocks {
    int n_points, n_replicates; /* at once */
    uint8_t *status;
    double *reals; /* of the row of outcomes with the most columns */
    float *floats; /* of the row of series with the most columns */
    size_t stride; /* runs of a block */
};

static void free_blocks(struct blocks *blocks)
{
    free(blocks->status);
    free(blocks->reals);
    free(blocks->floats);
}

/* Blocks of about BLOCK_VALUES values, `n_per_run` for each run. */
static dredge_status init_blocks(struct blocks *blocks, const struct shape *shape, int n_per_run)
{
    double per_replicate = (double)shape->n_regimes * n_per_run, per_point = per_replicate * shape->n_replicates;
    memset(blocks, 0, sizeof *blocks);
    blocks->n_points = per_point < BLOCK_VALUES ? numbers_smaller((int)(BLOCK_VALUES / per_point), shape->n_points) : 1;
    blocks->n_replicates =
        per_point < BLOCK_VALUES ? shape->n_replicates : 1 + (int)((BLOCK_VALUES - 1) / per_replicate);
    blocks->n_replicates = numbers_smaller(blocks->n_replicates, shape->n_replicates);
    blocks->stride = (size_t)blocks->n_points * (size_t)shape->n_regimes * (size_t)blocks->n_replicates;
    size_t n_values = blocks->stride * N_SECTOR_PAIRS;
    blocks->status = malloc(blocks->stride);
    if (n_per_run == 1) {
        blocks->reals = malloc(n_values * sizeof *blocks->reals);
    } else {
        blocks->floats = malloc(n_values * (size_t)n_per_run * sizeof *blocks->floats);
    }
    return blocks->status == NULL || (blocks->reals == NULL && blocks->floats == NULL)
               ? status_no_memory(n_values * (size_t)n_per_run * sizeof(float))
               : DREDGE_OK;
}

/* Statuses and outcomes of a block. */
static dredge_status digest_outcomes(struct results_file *file, struct content *content, struct blocks *blocks,
                                     int point, int n_points, int first, int n)
{
    int is_whole = n == file->shape.n_replicates;
    const struct swath at = {point, n_points, first, n};
    dredge_status status = is_whole ? results_file_status(file, point, n_points, blocks->status)
                                    : results_file_status_part(file, point, first, n, 0, blocks->status);
    if (status == DREDGE_OK) {
        content_status(content, &at, blocks->status);
    }
    for (int row = 0; status == DREDGE_OK && row < content->catalogue->n_outcomes; row++) {
        status = is_whole ? results_file_row(file, row, point, n_points, blocks->stride, blocks->reals)
                          : results_file_part(file, row, point, first, n, 0, blocks->stride, blocks->reals);
        if (status == DREDGE_OK) {
            content_outcome(content, row, &at, blocks->status, blocks->reals, blocks->stride);
        }
    }
    return status;
}

/* Trajectories of replicates of one point. */
static dredge_status digest_runs(struct results_file *file, struct content *content, struct blocks *blocks, int point,
                                 int first, int n)
{
    size_t stride = blocks->stride * (size_t)file->shape.n_months;
    const struct swath at = {point, 1, first, n};
    dredge_status status = results_file_status_part(file, point, first, n, 0, blocks->status);
    for (int row = 0; status == DREDGE_OK && row < content->catalogue->n_series; row++) {
        status = results_file_runs_part(file, row, point, first, n, 0, stride, blocks->floats);
        if (status == DREDGE_OK) {
            content_runs(content, row, &at, blocks->status, blocks->floats, stride);
        }
    }
    return status;
}

dredge_status results_file_digest_runs(struct results_file *file, struct content *content)
{
    const struct shape *shape = &file->shape;
    int has_runs = shape->trajectories == TRAJECTORIES_RUNS;
    struct blocks blocks;
    dredge_status status = init_blocks(&blocks, shape, 1);
    for (int point = 0; status == DREDGE_OK && point < shape->n_points; point += blocks.n_points) {
        for (int first = 0; status == DREDGE_OK && first < shape->n_replicates; first += blocks.n_replicates) {
            status = digest_outcomes(file, content, &blocks, point,
                                     numbers_smaller(blocks.n_points, shape->n_points - point), first,
                                     numbers_smaller(blocks.n_replicates, shape->n_replicates - first));
        }
    }
    free_blocks(&blocks);
    if (status != DREDGE_OK || !has_runs) {
        return status;
    }
    status = init_blocks(&blocks, shape, shape->n_months);
    for (int point = 0; status == DREDGE_OK && point < shape->n_points; point++) {
        for (int first = 0; status == DREDGE_OK && first < shape->n_replicates; first += blocks.n_replicates) {
            status = digest_runs(file, content, &blocks, point, first,
                                 numbers_smaller(blocks.n_replicates, shape->n_replicates - first));
        }
    }
    free_blocks(&blocks);
    return status;
}
