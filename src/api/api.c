/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/inside.h"

#include <stdlib.h>

#include "build_info.h"
#include "store/file/provenance.h"
#include "store/store.h"
#include "run/runner.h"
#include "run/store_sink.h"
#include "study/describe.h"

const char *dredge_version(void)
{
    return DREDGE_VERSION;
}

const char *dredge_message(void)
{
    return status_message();
}

/* ---- studies ---- */

enum { MOST_SETS = 100000 };

/* A new study for the caller's overrides, if these are in order. */
static dredge_status study_new(size_t n_sets, const char *const *sets, dredge_study **study)
{
    status_clear();
    if (study == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the study (study is NULL)");
    }
    *study = NULL;
    if (n_sets > MOST_SETS || (n_sets > 0 && sets == NULL)) {
        return status_fail(DREDGE_USAGE, "n_sets = %zu: needs as many texts KEY=VALUE, at most %d", n_sets, MOST_SETS);
    }
    for (size_t k = 0; k < n_sets; k++) {
        if (sets[k] == NULL) {
            return status_fail(DREDGE_USAGE, "sets[%zu] is NULL: must be a text KEY=VALUE", k);
        }
    }
    *study = calloc(1, sizeof **study);
    return *study == NULL ? status_no_memory(sizeof **study) : DREDGE_OK;
}

/* Drops a study that could not be read. */
static dredge_status study_kept(dredge_study **study, dredge_status status)
{
    if (status != DREDGE_OK && study != NULL) {
        free(*study);
        *study = NULL;
    }
    return status;
}

dredge_status dredge_study_read(const char *path, size_t n_sets, const char *const *sets, dredge_study **study)
{
    dredge_status status = study_new(n_sets, sets, study);
    if (status == DREDGE_OK && path == NULL) {
        status = status_fail(DREDGE_USAGE, "the study has no path (path is NULL)");
    }
    if (status == DREDGE_OK) {
        status = study_read(path, (int)n_sets, sets, &(*study)->inner);
    }
    return study_kept(study, status);
}

dredge_status dredge_study_parse(const char *name, const char *text, size_t n_bytes, size_t n_sets,
                                 const char *const *sets, dredge_study **study)
{
    dredge_status status = study_new(n_sets, sets, study);
    if (status == DREDGE_OK && text == NULL) {
        status = status_fail(DREDGE_USAGE, "the study has no text (text is NULL)");
    }
    if (status == DREDGE_OK) {
        status = study_parse(name != NULL ? name : "study", text, n_bytes, (int)n_sets, sets, &(*study)->inner);
    }
    return study_kept(study, status);
}

void dredge_text_free(char *text)
{
    free(text);
}

void dredge_study_free(dredge_study *study)
{
    if (study != NULL) {
        study_free(&study->inner);
        free(study);
    }
}

dredge_status dredge_study_describe(const dredge_study *study, char **json)
{
    struct json writer = {0};
    status_clear();
    if (study == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_study_describe needs a study and a place for the text");
    }
    study_describe(&study->inner, &writer);
    return json_finish(&writer, json);
}

long long dredge_study_runs(const dredge_study *study)
{
    return study != NULL ? runner_runs(&study->inner) : 0;
}

static void tell_caller(void *context, const struct runner_progress *progress)
{
    caller_tell(context, progress->n_done, progress->n_runs);
}

/* What was resumed may stand in a results file. */
static dredge_status locked_outcomes(void *context, int point, int outcome, int n_replicates, double *out)
{
    caller_lock();
    dredge_status status = store_outcomes(context, point, outcome, n_replicates, out);
    caller_unlock();
    return status;
}

static dredge_status run_into(const struct study *study, struct store *store, const struct dredge_run_options *options)
{
    struct caller caller = {options, 0};
    struct runner_options run = {.n_threads = options->n_threads, .n_shards = 1, .stop = &caller.stop};
    struct runner_sink sink = store_sink(store);
    sink.outcomes = locked_outcomes;
    const struct checkpoint_keeper keeper = store_sink_keeper(store);
    run.keeper = &keeper;
    if (options->progress != NULL) {
        run.progress = tell_caller;
        run.progress_context = &caller;
    }
    dredge_status status = runner_run(study, &run, &sink);
    if (status == DREDGE_OK) {
        caller_lock();
        status = store_finish(store);
        caller_unlock();
    }
    return status;
}

dredge_status dredge_study_run(const dredge_study *study, const char *path, const struct dredge_run_options *options)
{
    static const struct dredge_run_options defaults = {0};
    char *words[] = {(char[]){"libdredge"}};
    char *provenance = NULL;
    struct store *store = NULL;
    options = options == NULL ? &defaults : options;
    status_clear();
    if (study == NULL || path == NULL) {
        return status_fail(DREDGE_USAGE, "a run needs a study and the path of its results file, not NULL");
    }
    dredge_status status = caller_check(&study->inner, options->n_threads, 1);
    if (status != DREDGE_OK) {
        return status;
    }
    caller_lock();
    status = provenance_make(&study->inner, 1, words, &provenance);
    if (status == DREDGE_OK) {
        struct store_options how = {
            .resume = options->resume, .force = options->force, .n_shards = 1, .provenance = provenance};
        status = store_begin(&store, path, &study->inner, &how, NULL, NULL);
    }
    caller_unlock();
    if (status == DREDGE_OK) {
        status = run_into(&study->inner, store, options);
    }
    caller_lock();
    store_end(store);
    caller_unlock();
    free(provenance);
    return status;
}

/* ---- results ---- */

/* A dredge_results is a struct results under its public name. */
static struct results *inner(dredge_results *results)
{
    return (struct results *)(void *)results;
}

static const struct results_info *info_of(const dredge_results *results)
{
    return results_info((const struct results *)(const void *)results);
}

dredge_status dredge_results_open(const char *path, dredge_results **results)
{
    struct results *opened = NULL;
    status_clear();
    if (results == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the results (results is NULL)");
    }
    *results = NULL;
    if (path == NULL) {
        return status_fail(DREDGE_USAGE, "the results have no path (path is NULL)");
    }
    caller_lock();
    dredge_status status = results_open(&opened, path);
    caller_unlock();
    *results = status == DREDGE_OK ? (dredge_results *)(void *)opened : NULL;
    return status;
}

void dredge_results_close(dredge_results *results)
{
    caller_lock();
    results_close(inner(results));
    caller_unlock();
}

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
    return results != NULL && regime >= 0 && regime < info_of(results)->n_regimes ? info_of(results)->regimes[regime]
                                                                                  : NULL;
}

dredge_status dredge_results_outcome(dredge_results *results, const char *outcome, int first, int n_points, double *out)
{
    status_clear();
    if (results == NULL || outcome == NULL || (out == NULL && n_points != 0)) {
        return status_fail(DREDGE_USAGE, "an outcome needs results, a name and a place for its values, not NULL");
    }
    int index = catalogue_outcome_column(&info_of(results)->catalogue, outcome);
    if (index < 0) {
        return status_fail(DREDGE_USAGE, "there is no outcome \"%s\" in the file", outcome);
    }
    if (first < 0 || n_points < 0 || first > info_of(results)->n_points - n_points) {
        return status_fail(DREDGE_USAGE, "design points %d to %d are not all in the file, which has %d", first,
                           first + n_points - 1, info_of(results)->n_points);
    }
    caller_lock();
    dredge_status status = results_outcome(inner(results), index, first, n_points, out);
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
    dredge_status status = results_digest(inner(results), digest);
    caller_unlock();
    return status;
}
