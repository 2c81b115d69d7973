/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "result/content.h"

/* Results being digested, with room for the values of one point. */
struct reading {
    struct results *results;
    const struct results_info *info;
    struct content content;
    struct swath at; /* the point that is being read */
    uint8_t *status;
    double *outcomes; /* [columns of a row][n_regimes][n_replicates] */
    float *values;    /* [columns of a row][n_regimes][rows of months][n_months] */
};

static dredge_status read_outcomes(struct reading *reading, int point)
{
    const struct results_info *info = reading->info;
    size_t stride = (size_t)info->n_regimes * (size_t)info->n_replicates;
    dredge_status status = results_status(reading->results, point, 1, reading->status);
    if (status == DREDGE_OK) {
        content_status(&reading->content, &reading->at, reading->status);
    }
    for (int row = 0; status == DREDGE_OK && row < info->catalogue.n_outcomes; row++) {
        const struct catalogue_row *about = &info->catalogue.outcome[row];
        for (int place = 0; status == DREDGE_OK && place < about->n_columns; place++) {
            status = results_outcome(reading->results, about->column + place, point, 1,
                                     reading->outcomes + (size_t)place * stride);
        }
        if (status == DREDGE_OK) {
            content_outcome(&reading->content, row, &reading->at, reading->status, reading->outcomes, stride);
        }
    }
    return status;
}

/* Reads the trajectories of a row at the point: `n` rows of months for each regime. */
static dredge_status read_row(struct reading *reading, int row, int n,
                              dredge_status (*read)(struct results *, int, int, int, float *), size_t *stride)
{
    const struct catalogue_row *about = &reading->info->catalogue.series[row];
    size_t n_values = (size_t)n * (size_t)reading->info->n_months;
    dredge_status status = DREDGE_OK;
    *stride = (size_t)reading->info->n_regimes * n_values;
    for (int place = 0; place < about->n_columns; place++) {
        for (int regime = 0; status == DREDGE_OK && regime < reading->info->n_regimes; regime++) {
            status = read(reading->results, about->column + place, reading->at.point, regime,
                          reading->values + (size_t)place * *stride + (size_t)regime * n_values);
        }
    }
    return status;
}

static dredge_status read_series(struct reading *reading, int point)
{
    const struct results_info *info = reading->info;
    dredge_status status = DREDGE_OK;
    size_t stride = 0;
    for (int row = 0; status == DREDGE_OK && row < info->catalogue.n_series; row++) {
        if (info->trajectories_are_runs) {
            status = read_row(reading, row, info->n_replicates, results_runs, &stride);
            content_runs(&reading->content, row, &reading->at, reading->status, reading->values, stride);
            continue;
        }
        status = read_row(reading, row, N_STATISTICS, results_summary, &stride);
        content_summary(&reading->content, row, point, reading->values, stride);
        if (status == DREDGE_OK) {
            status = read_row(reading, row, N_MOMENTS, results_difference, &stride);
            content_difference(&reading->content, row, point, reading->values, stride);
        }
    }
    return status;
}

static dredge_status make_room(struct reading *reading, const struct shape *shape)
{
    size_t n_runs = (size_t)shape->n_regimes * (size_t)shape->n_replicates;
    size_t n_rows = shape->trajectories == TRAJECTORIES_SUMMARY ? (size_t)N_STATISTICS : (size_t)shape->n_replicates;
    size_t n_values = (size_t)shape->n_regimes * n_rows * (size_t)shape->n_months;
    reading->status = calloc(n_runs + 1, 1);
    reading->outcomes = calloc(N_SECTOR_PAIRS * n_runs + 1, sizeof *reading->outcomes);
    reading->values = calloc(N_SECTOR_PAIRS * n_values + 1, sizeof *reading->values);
    return reading->status == NULL || reading->outcomes == NULL || reading->values == NULL
               ? status_no_memory(N_SECTOR_PAIRS * (n_runs * sizeof(double) + n_values * sizeof(float)))
               : content_init(&reading->content, shape, &reading->info->catalogue);
}

dredge_status content_digest(struct results *results, const struct study *study, char digest[33])
{
    struct reading reading = {.results = results, .info = results_info(results)};
    struct inventory inventory = {0};
    struct shape shape = shape_of_study(study);
    shape.n_replicates = reading.info->n_replicates;
    dredge_status status = make_room(&reading, &shape);
    for (int point = 0; status == DREDGE_OK && point < shape.n_points; point++) {
        reading.at = (struct swath){.point = point, .n_points = 1, .n_replicates = shape.n_replicates};
        status = read_outcomes(&reading, point);
        if (status == DREDGE_OK && shape.n_months > 0) {
            status = read_series(&reading, point);
        }
    }
    if (status == DREDGE_OK) {
        status = content_list(&reading.content, &inventory);
    }
    if (status == DREDGE_OK) {
        status = content_list_study(&inventory, study, &shape, reading.info->replicates_done);
    }
    if (status == DREDGE_OK) {
        inventory_digest(&inventory, digest);
    }
    content_free(&reading.content);
    inventory_free(&inventory);
    free(reading.status);
    free(reading.outcomes);
    free(reading.values);
    return status;
}
