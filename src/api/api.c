/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/inside.h"

#include <stdlib.h>

#include "base/output.h"
#include "build_info.h"
#include "store/file/particles.h"
#include "store/file/provenance.h"
#include "store/store.h"
#include "run/memory_sink.h"
#include "run/runner.h"
#include "run/store_sink.h"
#include "study/describe.h"
#include "study/posterior_file.h"

const char *dredge_version(void)
{
    return DREDGE_VERSION;
}

const char *dredge_message(void)
{
    return status_message_of_library();
}

/* ---- studies ---- */

enum { MOST_SETS = 100000, MOST_MONTHS = 24000 };

/* Posteriors are HDF5 files, which one thread at a time reads. */
static dredge_status read_posterior(const char *path, int n_most, uint64_t seed, char **table)
{
    caller_lock();
    dredge_status status = particles_table(path, n_most, seed, table);
    caller_unlock();
    return status;
}

/* A new study for the caller's overrides, if these are in order. */
static dredge_status study_new(size_t n_sets, const char *const *sets, dredge_study **study)
{
    status_clear();
    if (study == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the study (study is NULL)");
    }
    *study = NULL;
    posterior_read_by(read_posterior);
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
        struct switches own;
        caller_switch(&own);
        status = study_read(path, (int)n_sets, sets, &(*study)->inner);
        caller_switch_back(&own);
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
        struct switches own;
        caller_switch(&own);
        status = study_parse(name != NULL ? name : "study", text, n_bytes, (int)n_sets, sets, &(*study)->inner);
        caller_switch_back(&own);
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
    caller_begin_text(json);
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
    dredge_status status =
        store_outcomes(context, &(struct span){.point = point, .n_replicates = n_replicates}, outcome, out);
    caller_unlock();
    return status;
}

/* Runs the study into a sink, with what its caller asks for. */
static dredge_status run_study(const dredge_study *study, struct caller *caller, const struct checkpoint_keeper *keeper,
                               const struct runner_sink *sink)
{
    struct runner_options run = {
        .n_threads = caller->options->n_threads, .n_shards = 1, .stop = &caller->stop, .keeper = keeper};
    run.checkpoint_every = keeper != NULL ? caller->options->checkpoint_every : 0;
    if (caller->options->progress != NULL) {
        run.progress = tell_caller;
        run.progress_context = caller;
    }
    return runner_run(&study->inner, &run, sink);
}

static dredge_status run_into(const dredge_study *study, struct store *store, const struct dredge_run_options *options)
{
    struct caller caller = {options, 0};
    struct runner_sink sink = store_sink(store);
    sink.outcomes = locked_outcomes;
    const struct checkpoint_keeper keeper = store_sink_keeper(store);
    dredge_status status = run_study(study, &caller, &keeper, &sink);
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
    if (options->checkpoint_every < 0 || options->checkpoint_every > MOST_MONTHS) {
        return status_fail(DREDGE_USAGE, "checkpoint_every = %d: must be between 0 and %d (months)",
                           options->checkpoint_every, MOST_MONTHS);
    }
    const struct output_options output = {.kind = &output_results,
                                          .force = options->force,
                                          .goes_on = !options->force,
                                          .n_inputs = options->extend != NULL ? 1 : 0,
                                          .inputs = &options->extend};
    dredge_status status = caller_check(&study->inner, options->n_threads, 1);
    if (status == DREDGE_OK) {
        status = output_check(path, &output);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    caller_lock();
    status = provenance_make(&study->inner, 1, words, &provenance);
    if (status == DREDGE_OK) {
        struct store_options how = {.resume = options->resume,
                                    .force = options->force,
                                    .n_shards = 1,
                                    .n_threads = options->n_threads,
                                    .provenance = provenance,
                                    .extends = options->extend};
        status = store_begin(&store, path, &study->inner, &how, NULL, NULL);
    }
    caller_unlock();
    if (status == DREDGE_OK) {
        status = run_into(study, store, options);
    }
    caller_lock();
    store_end(store);
    caller_unlock();
    free(provenance);
    return status;
}

dredge_status dredge_study_run_in_memory(const dredge_study *study, const struct dredge_run_options *options,
                                         dredge_results **results)
{
    static const struct dredge_run_options defaults = {0};
    struct memory_sink *memory = NULL;
    status_clear();
    if (results == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the results (results is NULL)");
    }
    *results = NULL;
    if (study == NULL) {
        return status_fail(DREDGE_USAGE, "a run needs a study, not NULL");
    }
    struct caller caller = {options == NULL ? &defaults : options, 0};
    dredge_status status = caller_check(&study->inner, caller.options->n_threads, 0);
    if (status == DREDGE_OK) {
        status = memory_sink_new(&memory, &study->inner);
    }
    if (status == DREDGE_OK) {
        struct runner_sink sink = memory_sink_runner(memory);
        status = run_study(study, &caller, NULL, &sink);
    }
    if (status != DREDGE_OK && status != DREDGE_INTERRUPTED) {
        memory_sink_free(memory);
        return status;
    }
    dredge_status kept = results_keep(memory, status == DREDGE_OK, results);
    return kept == DREDGE_OK ? status : kept;
}
