/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/stored_study.h"

void results_close(struct results *results)
{
    if (results != NULL) {
        results->functions->close(results->source);
    }
}

const struct results_info *results_info(const struct results *results)
{
    return &results->info;
}

dredge_status results_list_outcomes(struct results_info *info)
{
    const struct catalogue *catalogue = &info->catalogue;
    size_t n = N_OUTCOMES + (size_t)catalogue->n_outcomes;
    info->outcomes = calloc(n, sizeof *info->outcomes);
    if (info->outcomes == NULL) {
        return status_no_memory(n * sizeof *info->outcomes);
    }
    memcpy(info->outcomes, outcome_infos, N_OUTCOMES * sizeof *info->outcomes);
    info->n_outcomes = N_OUTCOMES;
    for (int row = 0; row < catalogue->n_outcomes; row++) {
        const struct catalogue_row *own = &catalogue->outcome[row];
        if (own->dimension == DIMENSION_NONE && outcome_find(own->name) < 0) {
            info->outcomes[info->n_outcomes++] = (struct outcome_info){.name = own->name,
                                                                       .unit = own->unit,
                                                                       .better = own->better,
                                                                       .matters = own->matters,
                                                                       .long_name = own->long_name,
                                                                       .description = own->description};
        }
    }
    return DREDGE_OK;
}

dredge_status results_list_sectors(struct results *results)
{
    struct results_info *info = &results->info;
    size_t n = (size_t)info->n_outcomes + N_OUTCOME_COLUMNS;
    struct outcome_info *grown = realloc(info->outcomes, n * sizeof *grown);
    if (grown == NULL) {
        return status_no_memory(n * sizeof *grown);
    }
    info->outcomes = grown;
    for (int column = N_OUTCOMES; column < N_OUTCOME_COLUMNS; column++) {
        if (catalogue_outcome_column(&info->catalogue, outcome_columns[column].name) >= 0) {
            struct outcome_info *own = &info->outcomes[info->n_outcomes++];
            *own = outcome_infos[outcome_columns[column].row];
            own->name = outcome_columns[column].name;
        }
    }
    return DREDGE_OK;
}

dredge_status results_study(const struct results *results, struct study *study)
{
    return stored_study_parse(results->name, results->info.study, results->info.overrides, study);
}

static dredge_status out_of_range(const struct results *results)
{
    return status_fail(DREDGE_FAILURE, "%s: asked for a part that the results do not have", results->name);
}

/* Does [first, first + n) lie in [0, extent)? */
static int is_within(int first, int n, int extent)
{
    return first >= 0 && n >= 0 && n <= extent && first <= extent - n;
}

dredge_status results_outcome(struct results *results, int column, int first, int n_points, double *out)
{
    if (!is_within(column, 1, results->info.catalogue.n_outcome_columns) ||
        !is_within(first, n_points, results->info.n_points)) {
        return out_of_range(results);
    }
    return results->functions->outcome(results->source, column, first, n_points, out);
}

dredge_status results_status(struct results *results, int first, int n_points, uint8_t *out)
{
    return is_within(first, n_points, results->info.n_points)
               ? results->functions->status(results->source, first, n_points, out)
               : out_of_range(results);
}

/* Checks what a trajectory is asked of. */
static dredge_status check_series(const struct results *results, int wants_runs, int column, int point, int regime)
{
    const struct results_info *info = &results->info;
    if (info->n_months == 0 || info->trajectories_are_runs != wants_runs) {
        return status_fail(DREDGE_FILE, "%s: holds no %s; run the study again with `output: {trajectories: %s}`",
                           results->name, wants_runs ? "trajectories of single runs" : "summaries of trajectories",
                           wants_runs ? "runs" : "summary");
    }
    return is_within(column, 1, info->catalogue.n_series_columns) && is_within(point, 1, info->n_points) &&
                   is_within(regime, 1, info->n_regimes)
               ? DREDGE_OK
               : out_of_range(results);
}

dredge_status results_summary(struct results *results, int column, int point, int regime, float *out)
{
    dredge_status status = check_series(results, 0, column, point, regime);
    return status == DREDGE_OK ? results->functions->summary(results->source, column, point, regime, out) : status;
}

dredge_status results_difference(struct results *results, int column, int point, int regime, float *out)
{
    dredge_status status = check_series(results, 0, column, point, regime);
    if (status == DREDGE_OK && !results->info.has_differences) {
        status =
            status_fail(DREDGE_FILE, "%s: holds no differences of trajectories to the baseline; run the study again",
                        results->name);
    }
    return status == DREDGE_OK ? results->functions->difference(results->source, column, point, regime, out) : status;
}

dredge_status results_runs(struct results *results, int column, int point, int regime, float *out)
{
    dredge_status status = check_series(results, 1, column, point, regime);
    return status == DREDGE_OK ? results->functions->runs(results->source, column, point, regime, out) : status;
}

static dredge_status no_outcomes(const struct results_info *info, size_t n_columns, int n_points, double *out)
{
    for (size_t i = 0; i < n_columns * (size_t)n_points * (size_t)info->n_regimes * (size_t)info->n_replicates; i++) {
        out[i] = (double)NAN;
    }
    return DREDGE_OK;
}

dredge_status results_outcome_named(struct results *results, const char *name, int first, int n_points, double *out)
{
    int column = catalogue_outcome_column(&results->info.catalogue, name);
    return column >= 0 ? results_outcome(results, column, first, n_points, out)
                       : no_outcomes(&results->info, 1, n_points, out);
}

dredge_status results_row_named(struct results *results, const char *name, int n_columns, int first, int n_points,
                                double *out)
{
    const struct results_info *info = &results->info;
    int row = catalogue_outcome(&info->catalogue, name);
    size_t n = (size_t)n_points * (size_t)info->n_regimes * (size_t)info->n_replicates;
    dredge_status status = DREDGE_OK;
    if (row < 0 || info->catalogue.outcome[row].n_columns != n_columns) {
        return no_outcomes(info, (size_t)n_columns, n_points, out);
    }
    if (!is_within(first, n_points, info->n_points)) {
        return out_of_range(results);
    }
    if (results->functions->row != NULL) {
        return results->functions->row(results->source, row, first, n_points, out);
    }
    for (int place = 0; status == DREDGE_OK && place < n_columns; place++) {
        status = results->functions->outcome(results->source, info->catalogue.outcome[row].column + place, first,
                                             n_points, out + (size_t)place * n);
    }
    return status;
}

static dredge_status no_series(const struct results_info *info, int n_rows, float *out)
{
    for (size_t i = 0; i < (size_t)n_rows * (size_t)info->n_months; i++) {
        out[i] = NAN;
    }
    return DREDGE_OK;
}

dredge_status results_summary_named(struct results *results, const char *name, int point, int regime, float *out)
{
    int column = catalogue_series_column(&results->info.catalogue, name);
    return column >= 0 ? results_summary(results, column, point, regime, out)
                       : no_series(&results->info, N_STATISTICS, out);
}

dredge_status results_runs_named(struct results *results, const char *name, int point, int regime, float *out)
{
    int column = catalogue_series_column(&results->info.catalogue, name);
    return column >= 0 ? results_runs(results, column, point, regime, out)
                       : no_series(&results->info, results->info.n_replicates, out);
}

dredge_status results_message(struct results *results, int point, char message[PARCEL_MESSAGE_BYTES])
{
    return is_within(point, 1, results->info.n_points) ? results->functions->message(results->source, point, message)
                                                       : out_of_range(results);
}

dredge_status results_digest(struct results *results, char digest[33])
{
    return results->functions->digest(results->source, digest);
}
