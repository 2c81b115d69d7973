/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/content.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result/settings.h"

enum { GATHERED = 512 };

dredge_status content_init(struct content *content, const struct shape *shape, const struct catalogue *catalogue)
{
    size_t n = 1 + (size_t)catalogue->n_outcomes + 2 * (size_t)catalogue->n_series;
    memset(content, 0, sizeof *content);
    content->shape = *shape;
    content->catalogue = catalogue;
    struct digest *digests = aligned_alloc(DIGEST_ALIGNMENT, n * sizeof *digests);
    if (digests == NULL) {
        return status_no_memory(n * sizeof *digests);
    }
    for (size_t i = 0; i < n; i++) {
        digest_begin(&digests[i]);
    }
    content->status = digests;
    content->outcome = content->status + 1;
    content->series = content->outcome + catalogue->n_outcomes;
    content->difference = content->series + catalogue->n_series;
    return DREDGE_OK;
}

void content_free(struct content *content)
{
    free(content->status);
    memset(content, 0, sizeof *content);
}

/* Was the replicate run under any regime? status: of its point. */
static int was_run(const uint8_t *status, size_t n_regimes, size_t n_replicates, size_t replicate)
{
    for (size_t regime = 0; regime < n_regimes; regime++) {
        if (status[regime * n_replicates + replicate] != RUN_NOT_RUN) {
            return 1;
        }
    }
    return 0;
}

static int are_missing(size_t n, const float *values)
{
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            return 0;
        }
    }
    return 1;
}

void content_status(struct content *content, const struct swath *at, const uint8_t *status)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, stride = (size_t)at->n_replicates;
    for (int i = 0; i < at->n_points; i++) {
        const uint8_t *of_point = status + (size_t)i * n_regimes * stride;
        for (size_t replicate = 0; replicate < stride; replicate++) {
            if (!was_run(of_point, n_regimes, stride, replicate)) {
                continue;
            }
            digest_whole(content->status, at->point + i);
            digest_whole(content->status, at->first + (int)replicate);
            for (size_t regime = 0; regime < n_regimes; regime++) {
                digest_bytes(content->status, 1, of_point + regime * stride + replicate);
            }
        }
    }
}

/* Does a replicate that was not run hold a value all the same? values: of its point. */
static int has_value(const double *values, int n_places, size_t stride, size_t n_regimes, size_t n_replicates,
                     size_t replicate)
{
    for (size_t place = 0; place < (size_t)n_places; place++) {
        for (size_t regime = 0; regime < n_regimes; regime++) {
            if (!isnan(values[place * stride + regime * n_replicates + replicate])) {
                return 1;
            }
        }
    }
    return 0;
}

void content_outcome(struct content *content, int row, const struct swath *at, const uint8_t *status,
                     const double *values, size_t stride)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, n_runs = (size_t)at->n_replicates, n = 0;
    int n_places = content->catalogue->outcome[row].n_columns;
    double gathered[GATHERED];
    for (size_t point = 0; point < (size_t)at->n_points; point++) {
        const double *of_point = values + point * n_regimes * n_runs;
        for (size_t replicate = 0; replicate < n_runs; replicate++) {
            if (!was_run(status + point * n_regimes * n_runs, n_regimes, n_runs, replicate) &&
                !has_value(of_point, n_places, stride, n_regimes, n_runs, replicate)) {
                continue;
            }
            for (size_t i = 0; i < n_regimes * (size_t)n_places; i++) {
                size_t regime = i / (size_t)n_places, place = i % (size_t)n_places;
                gathered[n++] = of_point[place * stride + regime * n_runs + replicate];
                if (n == GATHERED) {
                    digest_reals(&content->outcome[row], n, gathered);
                    n = 0;
                }
            }
        }
    }
    digest_reals(&content->outcome[row], n, gathered);
}

void content_runs(struct content *content, int row, const struct swath *at, const uint8_t *status, const float *values,
                  size_t stride)
{
    size_t n_regimes = (size_t)content->shape.n_regimes, n_runs = (size_t)at->n_replicates;
    size_t n_months = (size_t)content->shape.n_months, n_places = (size_t)content->catalogue->series[row].n_columns;
    for (size_t point = 0; point < (size_t)at->n_points; point++) {
        for (size_t replicate = 0; replicate < n_runs; replicate++) {
            int is_run = was_run(status + point * n_regimes * n_runs, n_regimes, n_runs, replicate);
            for (size_t i = 0; i < n_regimes * n_places; i++) {
                size_t run = (point * n_regimes + i / n_places) * n_runs + replicate;
                const float *months = values + i % n_places * stride + run * n_months;
                if (is_run || !are_missing(n_months, months)) {
                    digest_floats(&content->series[row], n_months, months);
                }
            }
        }
    }
}

static void add_columns(struct digest *digest, int point, int n_places, size_t n, const float *values, size_t stride)
{
    int is_missing = 1;
    for (size_t place = 0; is_missing && place < (size_t)n_places; place++) {
        is_missing = are_missing(n, values + place * stride);
    }
    if (is_missing) {
        return;
    }
    digest_whole(digest, point);
    for (size_t place = 0; place < (size_t)n_places; place++) {
        digest_floats(digest, n, values + place * stride);
    }
}

void content_summary(struct content *content, int row, int point, const float *values, size_t stride)
{
    size_t n = (size_t)content->shape.n_regimes * N_STATISTICS * (size_t)content->shape.n_months;
    add_columns(&content->series[row], point, content->catalogue->series[row].n_columns, n, values, stride);
}

void content_difference(struct content *content, int row, int point, const float *values, size_t stride)
{
    size_t n = (size_t)content->shape.n_regimes * N_MOMENTS * (size_t)content->shape.n_months;
    add_columns(&content->difference[row], point, content->catalogue->series[row].n_columns, n, values, stride);
}

/* ---- the inventory ---- */

void content_series_name(const struct catalogue_row *row, int is_difference, char name[INVENTORY_NAME_BYTES])
{
    (void)snprintf(name, INVENTORY_NAME_BYTES, "month_%s%s", is_difference ? "difference_" : "", row->name);
}

/* Adds a variable of these extents; rows by sector or pair have an axis for them, before the months or at the end. */
static dredge_status add_row(struct inventory *inventory, const char *name, const struct catalogue_row *row,
                             const struct shape *shape, int third, const struct digest *digest)
{
    int extent[INVENTORY_MOST_RANK] = {shape->n_points, shape->n_regimes, third}, rank = 3;
    int is_series = row->top > 0;
    if (row->dimension != DIMENSION_NONE) {
        extent[rank++] = row->n_columns;
    }
    if (is_series) {
        extent[rank++] = shape->n_months;
    }
    return inventory_add(inventory, name, is_series ? "float32" : "float64", rank, extent, digest);
}

dredge_status content_list(const struct content *content, struct inventory *inventory)
{
    const struct shape *shape = &content->shape;
    const struct catalogue *catalogue = content->catalogue;
    const int runs[3] = {shape->n_points, shape->n_regimes, shape->n_replicates};
    dredge_status status = inventory_add(inventory, "status", "uint8", 3, runs, content->status);
    for (int row = 0; status == DREDGE_OK && row < catalogue->n_outcomes; row++) {
        status = add_row(inventory, catalogue->outcome[row].name, &catalogue->outcome[row], shape, shape->n_replicates,
                         &content->outcome[row]);
    }
    int is_summary = shape->trajectories == TRAJECTORIES_SUMMARY;
    for (int row = 0; status == DREDGE_OK && shape->n_months > 0 && row < catalogue->n_series; row++) {
        char name[INVENTORY_NAME_BYTES];
        content_series_name(&catalogue->series[row], 0, name);
        status = add_row(inventory, name, &catalogue->series[row], shape,
                         is_summary ? N_STATISTICS : shape->n_replicates, &content->series[row]);
        if (status == DREDGE_OK && is_summary) {
            content_series_name(&catalogue->series[row], 1, name);
            status = add_row(inventory, name, &catalogue->series[row], shape, N_MOMENTS, &content->difference[row]);
        }
    }
    return status;
}

/* Adds 0, 1, 2, ... */
static dredge_status add_numbers(struct inventory *inventory, const char *name, int n)
{
    struct digest digest;
    digest_begin(&digest);
    for (int i = 0; i < n; i++) {
        digest_whole(&digest, i);
    }
    return inventory_add(inventory, name, "int32", 1, &n, &digest);
}

static dredge_status list_axes(struct inventory *inventory, const struct study *study, const struct shape *shape)
{
    size_t n_regimes = (size_t)shape->n_regimes, n_months = (size_t)shape->n_months;
    const char **names = malloc(n_regimes * sizeof *names);
    int *months = malloc((n_months + 1) * sizeof *months);
    double seed = (double)study->seed;
    dredge_status status = names == NULL || months == NULL ? status_no_memory(n_regimes * sizeof *names)
                                                           : add_numbers(inventory, "point", shape->n_points);
    for (size_t i = 0; status == DREDGE_OK && i < n_regimes; i++) {
        names[i] = study->regimes[i].name;
    }
    for (size_t i = 0; status == DREDGE_OK && i < n_months; i++) {
        months[i] = settings_month(study, (int)i);
    }
    if (status == DREDGE_OK) {
        status = inventory_add_texts(inventory, "regime", shape->n_regimes, names);
    }
    if (status == DREDGE_OK) {
        status = add_numbers(inventory, "replicate", shape->n_replicates);
    }
    if (status == DREDGE_OK && n_months > 0) {
        status = inventory_add_wholes(inventory, "month", shape->n_months, months);
    }
    if (status == DREDGE_OK) {
        status = inventory_add_reals(inventory, "seed", 0, NULL, &seed);
    }
    free(names);
    free(months);
    return status;
}

int content_hit_max(const struct study *study, int replicates_done)
{
    return study->replication.outcome >= 0 && replicates_done >= study->replication.max;
}

static dredge_status list_done(struct inventory *inventory, const struct study *study, int n_points, const int *done)
{
    uint8_t *hit_max = malloc((size_t)n_points);
    if (hit_max == NULL) {
        return status_no_memory((unsigned long long)n_points);
    }
    for (int point = 0; point < n_points; point++) {
        hit_max[point] = (uint8_t)content_hit_max(study, done[point]);
    }
    dredge_status status = inventory_add_wholes(inventory, "replicates_done", n_points, done);
    if (status == DREDGE_OK) {
        status = inventory_add_bytes(inventory, "hit_max", n_points, hit_max);
    }
    free(hit_max);
    return status;
}

/* The steering follows from the study, whose text stands in the file: it is no content. */
static dredge_status list_setting(void *context, const struct setting *setting)
{
    if (setting->steering >= 0) {
        return DREDGE_OK;
    }
    int extent[3], rank = setting_extent(setting, extent);
    return inventory_add_reals(context, setting->name, rank, extent, setting->values);
}

dredge_status content_list_study(struct inventory *inventory, const struct study *study, const struct shape *shape,
                                 const int *replicates_done)
{
    dredge_status status = list_axes(inventory, study, shape);
    if (status == DREDGE_OK) {
        status = list_done(inventory, study, shape->n_points, replicates_done);
    }
    return status == DREDGE_OK ? settings_each(study, list_setting, inventory) : status;
}
