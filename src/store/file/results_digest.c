/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "result/content.h"
#include "store/file/hdf.h"
#include "store/file/results_inside.h"

enum { BLOCK_VALUES = 1 << 18 };

/* Part of the file: all replicates of some points, or some replicates of one point. */
struct part {
    int point, n_points, first, n_replicates;
};

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Digests the values of one kind of a part; NULL values are read into. */
struct digester {
    struct results_file *file;
    struct content content;
    uint8_t *status; /* [BLOCK_VALUES] */
    double *reals;   /* [BLOCK_VALUES] */
    float *floats;   /* room for a summary of one point or a block of runs */
};

static dredge_status digest_part_outcomes(struct digester *digester, const struct part *part)
{
    struct results_file *file = digester->file;
    int is_whole = part->n_replicates == file->shape.n_replicates;
    dredge_status status =
        is_whole ? results_file_status(file, part->point, part->n_points, digester->status)
                 : results_file_status_part(file, part->point, part->first, part->n_replicates, 0, digester->status);
    if (status == DREDGE_OK) {
        content_status(&digester->content, part->point, part->n_points, part->first, part->n_replicates,
                       digester->status);
    }
    for (int outcome = 0; status == DREDGE_OK && outcome < N_OUTCOMES; outcome++) {
        status = is_whole ? results_file_outcome(file, outcome, part->point, part->n_points, digester->reals)
                          : results_file_part(file, outcome, part->point, part->first, part->n_replicates, 0,
                                              digester->reals);
        if (status == DREDGE_OK) {
            content_outcome(&digester->content, outcome, part->n_points, part->n_replicates, digester->status,
                            digester->reals);
        }
    }
    return status;
}

/* Replicates of one point. */
static dredge_status digest_part_runs(struct digester *digester, const struct part *part)
{
    struct results_file *file = digester->file;
    dredge_status status =
        results_file_status_part(file, part->point, part->first, part->n_replicates, 0, digester->status);
    for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
        status =
            results_file_runs_part(file, series, part->point, part->first, part->n_replicates, 0, digester->floats);
        if (status == DREDGE_OK) {
            content_runs(&digester->content, series, 1, part->n_replicates, digester->status, digester->floats);
        }
    }
    return status;
}

/* Calls `digest` for all parts of the file of at most `n_points` points, and of those points of which something was run;
 * parts smaller than a point have at most `n_replicates` replicates. */
static dredge_status digest_parts(struct digester *digester, int n_points, int n_replicates,
                                  dredge_status (*digest)(struct digester *, const struct part *))
{
    const struct shape *shape = &digester->file->shape;
    const int *replicates_done = digester->file->replicates_done;
    dredge_status status = DREDGE_OK;
    struct part part = {.point = 0};
    while (status == DREDGE_OK && part.point < shape->n_points) {
        if (replicates_done[part.point] == 0) {
            part.point++;
            continue;
        }
        for (part.n_points = 1; part.n_points < n_points && part.point + part.n_points < shape->n_points &&
                                replicates_done[part.point + part.n_points] != 0;) {
            part.n_points++;
        }
        for (part.first = 0; status == DREDGE_OK && part.first < shape->n_replicates; part.first += n_replicates) {
            part.n_replicates = smaller(n_replicates, shape->n_replicates - part.first);
            status = digest(digester, &part);
        }
        part.point += part.n_points;
    }
    return status;
}

static dredge_status digest_outcomes(struct digester *digester)
{
    const struct shape *shape = &digester->file->shape;
    double per_replicate = shape->n_regimes, per_point = per_replicate * shape->n_replicates;
    int is_small = per_point <= BLOCK_VALUES;
    return digest_parts(digester, is_small ? (int)(BLOCK_VALUES / per_point) : 1,
                        is_small ? shape->n_replicates : (int)(BLOCK_VALUES / per_replicate), digest_part_outcomes);
}

static dredge_status digest_summaries(struct digester *digester)
{
    struct results_file *file = digester->file;
    dredge_status status = DREDGE_OK;
    for (int point = 0; point < file->shape.n_points; point++) {
        for (int series = 0; status == DREDGE_OK && series < N_SERIES && file->replicates_done[point] != 0; series++) {
            status = results_file_summaries(file, series, point, 1, digester->floats);
            if (status == DREDGE_OK) {
                content_summary(&digester->content, series, digester->floats);
            }
        }
    }
    return status;
}

static dredge_status digest_series(struct digester *digester)
{
    const struct shape *shape = &digester->file->shape;
    if (shape->n_months == 0) {
        return DREDGE_OK;
    }
    size_t per_run = (size_t)shape->n_regimes * (size_t)shape->n_months, n_runs = BLOCK_VALUES / per_run + 1;
    size_t n_values = shape->trajectories == TRAJECTORIES_SUMMARY ? per_run * N_STATISTICS : per_run * n_runs;
    digester->floats = malloc(n_values * sizeof *digester->floats);
    if (digester->floats == NULL) {
        return status_no_memory(n_values * sizeof *digester->floats);
    }
    return shape->trajectories == TRAJECTORIES_SUMMARY ? digest_summaries(digester)
                                                       : digest_parts(digester, 1, (int)n_runs, digest_part_runs);
}

dredge_status results_file_digest(struct results_file *file, char digest[33])
{
    const struct results_info *info = &file->results.info;
    struct digester *digester = calloc(1, sizeof *digester);
    dredge_status status = DREDGE_OK;
    hdf_quiet();
    if (digester == NULL) {
        return status_no_memory(sizeof *digester);
    }
    digester->file = file;
    digester->status = malloc(BLOCK_VALUES + (size_t)info->n_regimes);
    digester->reals = malloc((BLOCK_VALUES + (size_t)info->n_regimes) * sizeof *digester->reals);
    if (digester->status == NULL || digester->reals == NULL) {
        status = status_no_memory(BLOCK_VALUES * sizeof *digester->reals);
        goto out;
    }
    content_begin(&digester->content, &file->shape);
    status = digest_outcomes(digester);
    if (status == DREDGE_OK) {
        status = digest_series(digester);
    }
    if (status == DREDGE_OK) {
        content_finish(&digester->content, (const char *const *)info->regimes, info->n_factors,
                       (const char *const *)info->factors, info->values, info->months, digest);
    }

out:
    free(digester->floats);
    free(digester->reals);
    free(digester->status);
    free(digester);
    return status;
}
