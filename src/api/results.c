/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/results.h"

#include <stdlib.h>
#include <string.h>

#include "api/inside.h"
#include "base/json.h"
#include "base/output.h"
#include "model/theory.h"
#include "run/memory_sink.h"
#include "store/file/provenance.h"
#include "store/store.h"
#include "study/mistakes.h"

struct dredge_results {
    struct results *inner;      /* of a file: owned */
    struct memory_sink *memory; /* owns `inner`; NULL for a file */
    int is_whole;               /* no run of the study is missing because it was interrupted */
};

static const struct results_info *info_of(const dredge_results *results)
{
    return results_info(results->inner);
}

struct results *results_inner(dredge_results *results)
{
    return results->inner;
}

const struct memory_sink *results_memory(const dredge_results *results)
{
    return results->memory;
}

/* ---- coming and going ---- */

dredge_status results_keep(struct memory_sink *memory, int is_whole, dredge_results **results)
{
    dredge_results *made = calloc(1, sizeof *made);
    dredge_status status = made == NULL ? status_no_memory(sizeof *made) : memory_sink_results(memory, &made->inner);
    if (status != DREDGE_OK) {
        memory_sink_free(memory);
        free(made);
        return status;
    }
    made->memory = memory;
    made->is_whole = is_whole;
    *results = made;
    return DREDGE_OK;
}

dredge_status dredge_results_open(const char *path, dredge_results **results)
{
    status_clear();
    if (results == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_results_open: there is no place for the results");
    }
    *results = NULL;
    if (path == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_results_open: there is no path");
    }
    dredge_results *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    caller_lock();
    dredge_status status = results_open(&made->inner, path);
    caller_unlock();
    if (status != DREDGE_OK) {
        free(made);
        return status;
    }
    *results = made;
    return DREDGE_OK;
}

void dredge_results_close(dredge_results *results)
{
    if (results == NULL) {
        return;
    }
    if (results->memory != NULL) {
        memory_sink_free(results->memory);
    } else {
        caller_lock();
        results_close(results->inner);
        caller_unlock();
    }
    free(results);
}

/* ---- into a file ---- */

static dredge_status write_into(const dredge_results *results, struct store *store)
{
    dredge_status status = memory_sink_store(results->memory, store);
    if (status == DREDGE_OK && !results->is_whole) {
        return status_fail(DREDGE_INTERRUPTED,
                           "the run was interrupted: what was finished is saved, and a run into the "
                           "same file that resumes goes on");
    }
    return status == DREDGE_OK ? store_finish(store) : status;
}

dredge_status dredge_results_write(dredge_results *results, const char *path, int force)
{
    char *words[] = {(char[]){"libdredge"}};
    char *provenance = NULL;
    struct store *store = NULL;
    status_clear();
    if (results == NULL || path == NULL) {
        return status_fail(DREDGE_USAGE, "results are written into a file: give both, not NULL");
    }
    if (results->memory == NULL) {
        return status_fail(DREDGE_USAGE, "%s: these results stand in a file already; copy it", results->inner->name);
    }
    const struct output_options output = {.kind = &output_results, .force = force};
    const struct study *study = memory_sink_study(results->memory);
    dredge_status status = output_check(path, &output);
    caller_lock();
    if (status == DREDGE_OK) {
        status = provenance_make(study, 1, words, &provenance);
    }
    if (status == DREDGE_OK) {
        const struct store_options how = {.force = force, .n_shards = 1, .n_threads = 1, .provenance = provenance};
        status = store_begin(&store, path, study, &how, NULL, NULL);
    }
    if (status == DREDGE_OK) {
        status = write_into(results, store);
    }
    store_end(store);
    caller_unlock();
    free(provenance);
    return status;
}

/* ---- what they are ---- */

int dredge_results_n_points(const dredge_results *results)
{
    return results != NULL ? info_of(results)->n_points : 0;
}

int dredge_results_n_regimes(const dredge_results *results)
{
    return results != NULL ? info_of(results)->n_regimes : 0;
}

int dredge_results_n_replicates(const dredge_results *results)
{
    return results != NULL ? info_of(results)->n_replicates : 0;
}

const char *dredge_results_regime(const dredge_results *results, int regime)
{
    int is_there = results != NULL && regime >= 0 && regime < info_of(results)->n_regimes;
    return is_there ? info_of(results)->regimes[regime] : NULL;
}

static void describe_rows(struct json *json, const char *key, int n, const struct catalogue_row *rows)
{
    json_key(json, key);
    json_begin_array(json);
    for (int index = 0; index < n; index++) {
        json_begin_object(json);
        json_put_string(json, "name", rows[index].name);
        json_put_string(json, "unit", rows[index].unit);
        json_put_whole(json, "better", rows[index].better);
        json_put_string(json, "long_name", rows[index].long_name);
        json_put_string(json, "description", rows[index].description);
        json_put_string(json, "dimension", dimension_names[rows[index].dimension]);
        json_end(json);
    }
    json_end(json);
}

static void describe_factors(struct json *json, const struct results_info *info)
{
    json_key(json, "factors");
    json_begin_array(json);
    for (int factor = 0; factor < info->n_factors; factor++) {
        json_begin_object(json);
        json_put_string(json, "key", info->factors[factor]);
        json_key(json, "values");
        json_begin_array(json);
        for (size_t point = 0; point < (size_t)info->n_points; point++) {
            json_number(json, info->values[point * (size_t)info->n_factors + (size_t)factor]);
        }
        json_end(json);
        if (strcmp(info->factors[factor], "theory") == 0) {
            json_put_strings(json, "names", N_THEORIES, theory_names);
        }
        json_end(json);
    }
    json_end(json);
}

static void describe_wholes(struct json *json, const struct results_info *info)
{
    json_put_whole(json, "points", info->n_points);
    json_put_whole(json, "replicates", info->n_replicates);
    json_put_wholes(json, "months", info->n_months, info->months);
}

dredge_status dredge_results_describe(const dredge_results *results, char **json)
{
    caller_begin_text(json);
    if (results == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_results_describe needs results and a place for the text");
    }
    const struct results_info *info = info_of(results);
    const char *trajectories = info->n_months == 0 ? "none" : info->trajectories_are_runs ? "runs" : "summary";
    struct json writer = {0};
    json_begin_object(&writer);
    json_put_string(&writer, "title", info->title);
    json_put_string(&writer, "study", info->study);
    json_put_string(&writer, "overrides", info->overrides);
    json_put_string(&writer, "digest", info->digest);
    json_put_string(&writer, "model_stamp", info->model_stamp);
    json_put_string(&writer, "trajectories", trajectories);
    describe_wholes(&writer, info);
    json_put_strings(&writer, "regimes", info->n_regimes, (const char *const *)info->regimes);
    json_put_strings(&writer, "statistics", N_STATISTICS, statistic_names);
    json_put_strings(&writer, "sectors", dimension_size(DIMENSION_SECTOR), dimension_places(DIMENSION_SECTOR));
    json_put_strings(&writer, "sector_pairs", dimension_size(DIMENSION_SECTOR_PAIR),
                     dimension_places(DIMENSION_SECTOR_PAIR));
    describe_factors(&writer, info);
    describe_rows(&writer, "outcomes", info->catalogue.n_outcomes, info->catalogue.outcome);
    describe_rows(&writer, "series", info->catalogue.n_series, info->catalogue.series);
    json_end(&writer);
    return json_finish(&writer, json);
}

/* ---- numbers ---- */

static dredge_status check_points(const dredge_results *results, int first, int n_points)
{
    if (results == NULL) {
        return status_fail(DREDGE_USAGE, "there are no results");
    }
    if (first < 0 || n_points < 0 || first > info_of(results)->n_points - n_points) {
        return status_fail(DREDGE_USAGE, "%d design points from %d on are not all in the results, which have %d",
                           n_points, first, info_of(results)->n_points);
    }
    return DREDGE_OK;
}

dredge_status dredge_results_outcome(dredge_results *results, const char *outcome, int first, int n_points, double *out)
{
    status_clear();
    dredge_status status = check_points(results, first, n_points);
    if (status != DREDGE_OK) {
        return status;
    }
    const struct catalogue *catalogue = &info_of(results)->catalogue;
    int column = outcome == NULL ? -1 : catalogue_outcome_column(catalogue, outcome);
    if (column < 0 || out == NULL) {
        char shown[MISTAKES_SHOWN_BYTES];
        return status_fail(DREDGE_USAGE, "there is no outcome \"%s\", or no place for it",
                           mistakes_show(outcome == NULL ? "" : outcome, shown));
    }
    caller_lock();
    status = results_outcome(results->inner, column, first, n_points, out);
    caller_unlock();
    return status;
}

dredge_status dredge_results_status(dredge_results *results, int first, int n_points, unsigned char *out)
{
    status_clear();
    dredge_status status = check_points(results, first, n_points);
    if (status != DREDGE_OK) {
        return status;
    }
    if (out == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the statuses");
    }
    caller_lock();
    status = results_status(results->inner, first, n_points, out);
    caller_unlock();
    return status;
}

dredge_status dredge_results_series(dredge_results *results, const char *series, int point, int regime, float *out)
{
    status_clear();
    dredge_status status = check_points(results, point, 1);
    if (status != DREDGE_OK) {
        return status;
    }
    const struct results_info *info = info_of(results);
    int column = series == NULL ? -1 : catalogue_series_column(&info->catalogue, series);
    if (column < 0 || info->n_months == 0 || regime < 0 || regime >= info->n_regimes || out == NULL) {
        char shown[MISTAKES_SHOWN_BYTES];
        return status_fail(DREDGE_USAGE, "there is no series \"%s\" of regime %d, or no place for it",
                           mistakes_show(series == NULL ? "" : series, shown), regime);
    }
    caller_lock();
    status = info->trajectories_are_runs ? results_runs(results->inner, column, point, regime, out)
                                         : results_summary(results->inner, column, point, regime, out);
    caller_unlock();
    return status;
}

dredge_status dredge_results_digest(dredge_results *results, char digest[33])
{
    status_clear();
    if (results == NULL || digest == NULL) {
        return status_fail(DREDGE_USAGE, "a digest needs results and a place for 33 characters, not NULL");
    }
    caller_lock();
    dredge_status status = results_digest(results->inner, digest);
    caller_unlock();
    return status;
}
