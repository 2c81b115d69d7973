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

static dredge_status study_new(dredge_study **study)
{
    status_clear();
    *study = calloc(1, sizeof **study);
    return *study == NULL ? status_no_memory(sizeof **study) : DREDGE_OK;
}

/* Drops a study that could not be read. */
static dredge_status study_kept(dredge_study **study, dredge_status status)
{
    if (status != DREDGE_OK) {
        free(*study);
        *study = NULL;
    }
    return status;
}

dredge_status dredge_study_read(const char *path, size_t n_sets, const char *const *sets, dredge_study **study)
{
    dredge_status status = study_new(study);
    if (status == DREDGE_OK) {
        status = study_read(path, (int)n_sets, sets, &(*study)->inner);
    }
    return study_kept(study, status);
}

dredge_status dredge_study_parse(const char *name, const char *text, size_t n_bytes, size_t n_sets,
                                 const char *const *sets, dredge_study **study)
{
    dredge_status status = study_new(study);
    if (status == DREDGE_OK) {
        status = study_parse(name, text, n_bytes, (int)n_sets, sets, &(*study)->inner);
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
    return runner_runs(&study->inner);
}

void caller_tell(struct caller *caller, long long n_done, long long n_runs)
{
    if (caller->options->progress(caller->options->context, n_done, n_runs) != 0) {
        caller->stop = 1;
    }
}

static void tell_caller(void *context, const struct runner_progress *progress)
{
    caller_tell(context, progress->n_done, progress->n_runs);
}

static dredge_status run_into(const struct study *study, struct store *store, const struct dredge_run_options *options)
{
    struct caller caller = {options, 0};
    struct runner_options run = {.n_threads = options->n_threads, .n_shards = 1, .stop = &caller.stop};
    struct runner_sink sink = store_sink(store);
    const struct checkpoint_keeper keeper = store_sink_keeper(store);
    run.keeper = &keeper;
    if (options->progress != NULL) {
        run.progress = tell_caller;
        run.progress_context = &caller;
    }
    dredge_status status = runner_run(study, &run, &sink);
    return status == DREDGE_OK ? store_finish(store) : status;
}

dredge_status dredge_study_run(const dredge_study *study, const char *path, const struct dredge_run_options *options)
{
    static const struct dredge_run_options defaults = {0};
    char *words[] = {(char[]){"libdredge"}};
    char *provenance = NULL;
    struct store *store = NULL;
    options = options == NULL ? &defaults : options;
    status_clear();
    dredge_status status = provenance_make(&study->inner, 1, words, &provenance);
    if (status == DREDGE_OK) {
        struct store_options how = {
            .resume = options->resume, .force = options->force, .n_shards = 1, .provenance = provenance};
        status = store_begin(&store, path, &study->inner, &how, NULL, NULL);
    }
    if (status == DREDGE_OK) {
        status = run_into(&study->inner, store, options);
    }
    store_end(store);
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
    dredge_status status = results_open(&opened, path);
    *results = status == DREDGE_OK ? (dredge_results *)(void *)opened : NULL;
    return status;
}

void dredge_results_close(dredge_results *results)
{
    results_close(inner(results));
}

int dredge_results_n_points(const dredge_results *results)
{
    return info_of(results)->n_points;
}

int dredge_results_n_regimes(const dredge_results *results)
{
    return info_of(results)->n_regimes;
}

int dredge_results_n_replicates(const dredge_results *results)
{
    return info_of(results)->n_replicates;
}

const char *dredge_results_regime(const dredge_results *results, int regime)
{
    return regime >= 0 && regime < info_of(results)->n_regimes ? info_of(results)->regimes[regime] : NULL;
}

dredge_status dredge_results_outcome(dredge_results *results, const char *outcome, int first, int n_points, double *out)
{
    status_clear();
    int index = outcome_find(outcome);
    if (index < 0) {
        return status_fail(DREDGE_USAGE, "there is no outcome \"%s\"", outcome);
    }
    if (first < 0 || n_points < 0 || first > info_of(results)->n_points - n_points) {
        return status_fail(DREDGE_USAGE, "design points %d to %d are not all in the file, which has %d", first,
                           first + n_points - 1, info_of(results)->n_points);
    }
    return results_outcome(inner(results), index, first, n_points, out);
}

dredge_status dredge_results_digest(dredge_results *results, char digest[33])
{
    status_clear();
    return results_digest(inner(results), digest);
}
