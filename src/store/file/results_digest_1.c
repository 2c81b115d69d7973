/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "result/content.h"
#include "store/file/results_inside.h"

/* The digest of a file of format 1: names and values in a fixed order; its variables have no digests of their own. */

/* Summaries of the points of which something was run. */
static dredge_status digest_summaries(struct results_file *file, struct content *content)
{
    const struct shape *shape = &file->shape;
    size_t n = (size_t)shape->n_regimes * N_STATISTICS * (size_t)shape->n_months;
    float *values = malloc(n * sizeof *values);
    dredge_status status = values == NULL ? status_no_memory(n * sizeof *values) : DREDGE_OK;
    for (int point = 0; point < shape->n_points; point++) {
        for (int row = 0; status == DREDGE_OK && row < content->catalogue->n_series &&
                          file->results.info.replicates_done[point] != 0;
             row++) {
            status = results_file_summaries(file, row, 0, point, 1, n, values);
            if (status == DREDGE_OK) {
                digest_floats(&content->series[row], n, values);
            }
        }
    }
    free(values);
    return status;
}

static void add_part(struct digest *whole, const char *name, const struct digest *part)
{
    char hex[33];
    digest_hex(part, hex);
    digest_text(whole, name);
    digest_text(whole, hex);
}

static void finish(const struct results_file *file, const struct content *content, char digest[33])
{
    const struct results_info *info = &file->results.info;
    const struct shape *shape = &file->shape;
    struct digest whole;
    digest_begin(&whole);
    digest_text(&whole, "dredge results 1");
    digest_whole(&whole, shape->n_points);
    digest_whole(&whole, shape->n_regimes);
    digest_whole(&whole, shape->n_replicates);
    for (int regime = 0; regime < shape->n_regimes; regime++) {
        digest_text(&whole, info->regimes[regime]);
    }
    digest_whole(&whole, info->n_factors);
    for (int factor = 0; factor < info->n_factors; factor++) {
        digest_text(&whole, info->factors[factor]);
    }
    digest_reals(&whole, (size_t)shape->n_points * (size_t)info->n_factors, info->values);
    add_part(&whole, "status", content->status);
    for (int row = 0; row < content->catalogue->n_outcomes; row++) {
        add_part(&whole, content->catalogue->outcome[row].name, &content->outcome[row]);
    }
    digest_whole(&whole, shape->trajectories);
    digest_whole(&whole, shape->n_months);
    for (int month = 0; month < shape->n_months; month++) {
        digest_whole(&whole, info->months[month]);
    }
    for (int row = 0; row < content->catalogue->n_series && shape->n_months > 0; row++) {
        add_part(&whole, content->catalogue->series[row].name, &content->series[row]);
    }
    digest_hex(&whole, digest);
}

dredge_status results_file_digest_1(struct results_file *file, char digest[33])
{
    struct content content = {0};
    dredge_status status = content_init(&content, &file->shape, &file->results.info.catalogue);
    if (status == DREDGE_OK) {
        status = results_file_digest_runs(file, &content);
    }
    if (status == DREDGE_OK && file->shape.trajectories == TRAJECTORIES_SUMMARY) {
        status = digest_summaries(file, &content);
    }
    if (status == DREDGE_OK) {
        finish(file, &content, digest);
        status = results_file_compare_digest(file, "its content has", digest);
    }
    content_free(&content);
    return status;
}
