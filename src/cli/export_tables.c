/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/export_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/export_people.h"

/* Values that are read at a time, unless one design point has more. */
enum { VALUES_AT_ONCE = 1 << 22 };

/* The names of the columns of a row: its own, or one per place. */
static void head_of_row(const struct catalogue_row *row, struct csv *csv)
{
    const char *const *places = dimension_places(row->dimension);
    for (int place = 0; place < row->n_columns; place++) {
        char name[256];
        (void)snprintf(name, sizeof name, places == NULL ? "%s" : "%s_%s", row->name,
                       places == NULL ? "" : places[place]);
        for (char *c = name; *c != '\0'; c++) {
            if (*c == '-') {
                *c = '_';
            }
        }
        csv_text(csv, name);
    }
}

/* ---- runs ---- */

/* Some points: their values are [column][n_points][n_regimes][n_replicates]. */
struct runs {
    int point, n_points;
    size_t stride;
    double *values;
    uint8_t *status;
};

static void put_run(const struct export_source *source, const struct runs *runs, int point, int regime, int replicate,
                    struct csv *csv)
{
    const struct results_info *info = source->info;
    size_t run =
        ((size_t)(point - runs->point) * (size_t)info->n_regimes + (size_t)regime) * (size_t)info->n_replicates +
        (size_t)replicate;
    if (runs->status[run] == RUN_NOT_RUN) {
        return;
    }
    export_put_point(source, point, csv);
    csv_text(csv, info->regimes[regime]);
    csv_whole(csv, replicate);
    csv_text(csv, runs->status[run] == RUN_DONE ? "done" : "failed");
    for (size_t column = 0; column < (size_t)info->catalogue.n_outcome_columns; column++) {
        csv_real(csv, runs->values[column * runs->stride + run]);
    }
    csv_end_line(csv);
}

static dredge_status put_runs(const struct export_source *source, const struct runs *runs, struct csv *csv)
{
    const struct results_info *info = source->info;
    dredge_status status = results_status(source->results, runs->point, runs->n_points, runs->status);
    for (int column = 0; status == DREDGE_OK && column < info->catalogue.n_outcome_columns; column++) {
        status = results_outcome(source->results, column, runs->point, runs->n_points,
                                 runs->values + (size_t)column * runs->stride);
    }
    for (int point = runs->point; status == DREDGE_OK && point < runs->point + runs->n_points; point++) {
        for (int regime = 0; regime < info->n_regimes; regime++) {
            for (int replicate = 0; replicate < info->n_replicates; replicate++) {
                put_run(source, runs, point, regime, replicate, csv);
            }
        }
    }
    return status == DREDGE_OK ? csv->status : status;
}

static dredge_status write_runs(const struct export_source *source, struct csv *csv)
{
    const struct results_info *info = source->info;
    size_t n_columns = (size_t)info->catalogue.n_outcome_columns;
    size_t per_point = (size_t)info->n_regimes * (size_t)info->n_replicates;
    size_t at_once = VALUES_AT_ONCE / (per_point * n_columns + 1) + 1;
    struct runs runs = {.n_points = at_once < (size_t)info->n_points ? (int)at_once : info->n_points};
    runs.stride = (size_t)runs.n_points * per_point;
    runs.values = malloc((runs.stride * n_columns + 1) * sizeof *runs.values);
    runs.status = malloc(runs.stride + 1);
    dredge_status status = runs.values == NULL || runs.status == NULL
                               ? status_no_memory(runs.stride * n_columns * sizeof *runs.values)
                               : DREDGE_OK;
    export_head_point(source, csv);
    csv_text(csv, "regime");
    csv_text(csv, "replicate");
    csv_text(csv, "status");
    for (int row = 0; row < info->catalogue.n_outcomes; row++) {
        head_of_row(&info->catalogue.outcome[row], csv);
    }
    csv_end_line(csv);
    int most = runs.n_points;
    for (; status == DREDGE_OK && runs.point < info->n_points; runs.point += most) {
        runs.n_points = info->n_points - runs.point < most ? info->n_points - runs.point : most;
        status = put_runs(source, &runs, csv);
    }
    free(runs.values);
    free(runs.status);
    return status;
}

/* ---- trajectories ---- */

static dredge_status put_summary(const struct export_source *source, const struct catalogue_row *row, int place,
                                 int point, int regime, float *values, struct csv *csv)
{
    const struct results_info *info = source->info;
    const char *const *places = dimension_places(row->dimension);
    size_t n_months = (size_t)info->n_months;
    float *differences = values + N_STATISTICS * n_months;
    dredge_status status = results_summary(source->results, row->column + place, point, regime, values);
    if (status == DREDGE_OK && info->has_differences) {
        status = results_difference(source->results, row->column + place, point, regime, differences);
    }
    for (size_t month = 0; status == DREDGE_OK && month < n_months; month++) {
        export_put_point(source, point, csv);
        csv_text(csv, info->regimes[regime]);
        csv_whole(csv, info->replicates_done[point]);
        csv_text(csv, row->name);
        csv_text(csv, places == NULL ? "" : places[place]);
        csv_whole(csv, info->months[month] + 1);
        for (size_t statistic = 0; statistic < N_STATISTICS; statistic++) {
            csv_float(csv, values[statistic * n_months + month]);
        }
        for (size_t moment = 0; moment < N_MOMENTS && info->has_differences; moment++) {
            csv_float(csv, differences[moment * n_months + month]);
        }
        csv_end_line(csv);
    }
    return status == DREDGE_OK ? csv->status : status;
}

static dredge_status write_summaries(const struct export_source *source, struct csv *csv)
{
    const struct results_info *info = source->info;
    const struct catalogue *catalogue = &info->catalogue;
    float *values = malloc((N_STATISTICS + N_MOMENTS) * (size_t)info->n_months * sizeof *values);
    dredge_status status = values == NULL ? status_no_memory((size_t)info->n_months * sizeof *values) : DREDGE_OK;
    const char *const names[] = {"regime", "replicates", "series", "place", "month"};
    export_head_point(source, csv);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        csv_text(csv, names[i]);
    }
    for (int statistic = 0; statistic < N_STATISTICS; statistic++) {
        csv_text(csv, statistic_names[statistic]);
    }
    if (info->has_differences) {
        csv_text(csv, "difference_mean");
        csv_text(csv, "difference_variance");
    }
    csv_end_line(csv);
    for (int point = 0; point < info->n_points; point++) {
        for (int regime = 0; regime < info->n_regimes; regime++) {
            for (int row = 0; row < catalogue->n_series; row++) {
                for (int place = 0; status == DREDGE_OK && place < catalogue->series[row].n_columns; place++) {
                    status = put_summary(source, &catalogue->series[row], place, point, regime, values, csv);
                }
            }
        }
    }
    free(values);
    return status;
}

/* The trajectories of a point and regime: `values` is [column][n_replicates][n_months], `statuses` of the point. */
static dredge_status put_trajectories(const struct export_source *source, int point, int regime,
                                      const uint8_t *statuses, float *values, struct csv *csv)
{
    const struct results_info *info = source->info;
    size_t n_months = (size_t)info->n_months, n_replicates = (size_t)info->n_replicates;
    size_t n_columns = (size_t)info->catalogue.n_series_columns;
    dredge_status status = DREDGE_OK;
    for (size_t column = 0; status == DREDGE_OK && column < n_columns; column++) {
        status = results_runs(source->results, (int)column, point, regime, values + column * n_replicates * n_months);
    }
    for (size_t replicate = 0; status == DREDGE_OK && replicate < n_replicates; replicate++) {
        int is_done = statuses[(size_t)regime * n_replicates + replicate] == RUN_DONE;
        for (size_t month = 0; is_done && month < n_months; month++) {
            export_put_point(source, point, csv);
            csv_text(csv, info->regimes[regime]);
            csv_whole(csv, (long long)replicate);
            csv_whole(csv, info->months[month] + 1);
            for (size_t column = 0; column < n_columns; column++) {
                csv_float(csv, values[(column * n_replicates + replicate) * n_months + month]);
            }
            csv_end_line(csv);
        }
    }
    return status == DREDGE_OK ? csv->status : status;
}

static dredge_status write_trajectories(const struct export_source *source, struct csv *csv)
{
    const struct results_info *info = source->info;
    const struct catalogue *catalogue = &info->catalogue;
    size_t n_runs = (size_t)info->n_regimes * (size_t)info->n_replicates;
    size_t n_values = (size_t)catalogue->n_series_columns * (size_t)info->n_replicates * (size_t)info->n_months;
    float *values = malloc((n_values + 1) * sizeof *values);
    uint8_t *statuses = malloc(n_runs + 1);
    dredge_status status = values == NULL || statuses == NULL ? status_no_memory(n_values * sizeof *values) : DREDGE_OK;
    export_head_point(source, csv);
    csv_text(csv, "regime");
    csv_text(csv, "replicate");
    csv_text(csv, "month");
    for (int row = 0; row < catalogue->n_series; row++) {
        head_of_row(&catalogue->series[row], csv);
    }
    csv_end_line(csv);
    for (int point = 0; status == DREDGE_OK && point < info->n_points; point++) {
        status = results_status(source->results, point, 1, statuses);
        for (int regime = 0; status == DREDGE_OK && regime < info->n_regimes; regime++) {
            status = put_trajectories(source, point, regime, statuses, values, csv);
        }
    }
    free(values);
    free(statuses);
    return status;
}

static dredge_status write_series(const struct export_source *source, struct csv *csv)
{
    if (source->info->n_months == 0) {
        return status_fail(DREDGE_FILE,
                           "%s: holds no trajectories; run the study again with `output: {trajectories: "
                           "summary}` or runs",
                           source->results->name);
    }
    return source->info->trajectories_are_runs ? write_trajectories(source, csv) : write_summaries(source, csv);
}

/* ---- points ---- */

static dredge_status write_points(const struct export_source *source, struct csv *csv)
{
    dredge_status status = DREDGE_OK;
    export_head_point(source, csv);
    csv_text(csv, "replicates");
    csv_text(csv, "message");
    csv_end_line(csv);
    for (int point = 0; status == DREDGE_OK && point < source->info->n_points; point++) {
        char message[PARCEL_MESSAGE_BYTES] = "";
        status = results_message(source->results, point, message);
        export_put_point(source, point, csv);
        csv_whole(csv, source->info->replicates_done[point]);
        csv_text(csv, message);
        csv_end_line(csv);
    }
    return status == DREDGE_OK ? csv->status : status;
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    dredge_status (*write)(const struct export_source *source, struct csv *csv);
} tables[N_EXPORT_TABLES] = {[EXPORT_RUNS] = {"runs", write_runs},
                             [EXPORT_SERIES] = {"series", write_series},
                             [EXPORT_POINTS] = {"points", write_points},
                             [EXPORT_PERSONS] = {"persons", export_persons},
                             [EXPORT_TIES] = {"ties", export_ties}};

int export_find(const char *what, enum export_table *table)
{
    for (int i = 0; i < N_EXPORT_TABLES; i++) {
        if (strcmp(tables[i].name, what) == 0) {
            *table = (enum export_table)i;
            return 1;
        }
    }
    return 0;
}

dredge_status export_write(struct results *results, enum export_table table, const struct export_choice *choice,
                           struct csv *csv)
{
    struct export_source source;
    dredge_status status = export_source_open(results, choice, &source);
    if (status == DREDGE_OK) {
        status = tables[table].write(&source, csv);
    }
    export_source_close(&source);
    return status;
}
