/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/runner.h"

#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "base/stop.h"
#include "base/threads.h"
#include "engine/kernel.h"
#include "engine/lanes.h"
#include "engine/rows.h"
#include "run/batch.h"
#include "run/programme.h"
#include "run/runner_inside.h"
#include "run/saved_world.h"
#include "run/schedule.h"

struct runner {
    const struct study *study;
    const struct runner_options *options;
    const struct runner_sink *sink;
    int n_threads;
    struct schedule *schedule;
    struct batch batch;
    struct span *requests; /* [batch.capacity], owned */
    void **arenas;         /* [n_threads] memory of ensembles, owned */
    size_t arena_bytes;
    struct parcel *finished; /* [capacity] waiting for the sink, owned */
    int n_finished, capacity;
    unsigned long long finished_bytes;
    double appended_at;
    long long skipped; /* runs of earlier sessions, as far as counted in progress */
    struct runner_progress progress;
};

static int stopped(const struct runner *runner)
{
    return stop_is_wished(runner->options->stop);
}

static void tell_progress(const struct runner *runner)
{
    if (runner->options->progress != NULL && omp_get_thread_num() == 0) {
        struct runner_progress now = {.n_runs = runner->progress.n_runs};
#pragma omp atomic read
        now.n_done = runner->progress.n_done;
        runner->options->progress(runner->options->progress_context, &now);
    }
}

static void count_runs(struct runner *runner, int n_runs)
{
#pragma omp atomic
    runner->progress.n_done += n_runs;
}

/* ---- ensembles ---- */

/* Memory for the largest ensemble of the batch, one per thread. */
static dredge_status fit_arenas(struct runner *runner)
{
    size_t n_bytes = 0;
    for (int k = 0; k < runner->batch.n_scenarios; k++) {
        size_t own = ensemble_bytes(&runner->batch.scenarios[k]);
        n_bytes = own > n_bytes ? own : n_bytes;
    }
    if (n_bytes <= runner->arena_bytes) {
        return DREDGE_OK;
    }
    runner->arena_bytes = 0;
    for (int thread = 0; thread < runner->n_threads; thread++) {
        free(runner->arenas[thread]);
        runner->arenas[thread] = rows_new(n_bytes);
        if (runner->arenas[thread] == NULL) {
            return status_no_memory(n_bytes);
        }
    }
    runner->arena_bytes = n_bytes;
    return DREDGE_OK;
}

static void run_ensembles(struct runner *runner, int n_team)
{
    struct batch *batch = &runner->batch;
#pragma omp parallel for schedule(runtime) num_threads(n_team)
    for (int task = 0; task < batch->n_tasks; task++) {
        int within;
        struct job *job = batch_job(batch, task, &within);
        if (stopped(runner) || scenario_is_programme(job->scenario)) {
            continue;
        }
        job_run_block(job, within, runner->arenas[omp_get_thread_num()]);
        int rest = job->parcel.span.n_replicates - within * LANES;
        count_runs(runner, (rest < LANES ? rest : LANES) * job->n_run);
#pragma omp atomic
        job->n_finished++;
        tell_progress(runner);
    }
}

/* ---- programmes ---- */

/* Runs one world after the other, from the one that a checkpoint left, if there is one. */
static dredge_status run_saved(struct runner *runner, struct job *job, const struct checkpoint *found,
                               struct world *world)
{
    dredge_status status = DREDGE_OK;
    int task = found != NULL ? found->task : 0;
    programme_start(world, job, task);
    if (found != NULL) {
        status = saved_world_load(runner->options, found, job, world);
        job->n_finished = task;
        count_runs(runner, task);
    } else {
        job_clear(job);
    }
    for (int is_done = 1; status == DREDGE_OK && is_done && task < job->n_tasks;) {
        status = programme_run_saved(runner->options, world, job, task, &is_done);
        if (status == DREDGE_OK && is_done) {
            count_runs(runner, 1);
            job->n_finished = ++task;
            tell_progress(runner);
            if (task < job->n_tasks) {
                programme_start(world, job, task);
            }
        }
    }
    return status;
}

static void run_worlds(struct runner *runner, struct job *job, int n_worlds, struct world *worlds)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(n_worlds) if (n_worlds > 1)
    for (int task = 0; task < job->n_tasks; task++) {
        struct world *world = &worlds[omp_get_thread_num()];
        programme_start(world, job, task);
        if (programme_run(runner->options, world, job, task)) {
            count_runs(runner, 1);
#pragma omp atomic
            job->n_finished++;
            tell_progress(runner);
        }
    }
}

/* Large worlds, and those that are saved, use all threads one after the other; others run side by side. */
static dredge_status run_programme(struct runner *runner, struct job *job)
{
    const struct runner_options *options = runner->options;
    const struct scenario *scenario = job->scenario;
    struct checkpoint found;
    int is_found;
    dredge_status status = saved_world_find(options, job, &found, &is_found);
    if (status != DREDGE_OK) {
        return status;
    }
    int is_saved = is_found || options->checkpoint_every > 0;
    int is_large = scenario->parameters.collaborations >= 4 * LANES * runner->n_threads;
    int is_alone = is_large || is_saved || options->n_parts > 1;
    int n_inner = is_alone ? runner->n_threads : 1;
    int n_outer = is_alone ? 1 : runner->n_threads;
    n_outer = n_outer < job->n_tasks ? n_outer : job->n_tasks;
    struct world *worlds = calloc((size_t)n_outer, sizeof *worlds);
    if (worlds == NULL) {
        return status_no_memory((size_t)n_outer * sizeof *worlds);
    }
    for (int k = 0; k < n_outer && status == DREDGE_OK; k++) {
        status = programme_world(options, scenario, n_inner, &worlds[k]);
    }
    if (status == DREDGE_OK && is_saved) {
        status = run_saved(runner, job, is_found ? &found : NULL, &worlds[0]);
    } else if (status == DREDGE_OK) {
        run_worlds(runner, job, n_outer, worlds);
    }
    for (int k = 0; k < n_outer; k++) {
        world_free(&worlds[k]);
    }
    free(worlds);
    return status;
}

/* ---- batches ---- */

static dredge_status run_batch(struct runner *runner)
{
    struct batch *batch = &runner->batch;
    dredge_status status = fit_arenas(runner);
    if (status != DREDGE_OK) {
        return status;
    }
    /* No more threads than tasks: a small study does not wait for threads that have nothing to do. */
    int n_team = batch->n_tasks < runner->n_threads ? batch->n_tasks : runner->n_threads;
    n_team = n_team > 1 ? n_team : 1;
#pragma omp parallel for schedule(dynamic, 1) num_threads(n_team)
    for (int k = 0; k < batch->n_scenarios; k++) {
        scenario_tables(&batch->scenarios[k]);
    }
    run_ensembles(runner, n_team);
    for (int k = 0; k < batch->n_jobs && status == DREDGE_OK; k++) {
        struct job *job = &batch->jobs[k];
        if (job->scenario != NULL && scenario_is_programme(job->scenario)) {
            status = run_programme(runner, job);
        }
    }
    int n_series = study_n_series(runner->study), n_rows = batch->n_jobs * n_series;
#pragma omp parallel for schedule(dynamic, 1) num_threads(n_team)
    for (int row = 0; row < n_rows; row++) {
        struct job *job = &batch->jobs[row / n_series];
        for (int regime = 0; job->n_finished == job->n_tasks && regime < job->parcel.n_regimes; regime++) {
            job_reduce(job, row % n_series, regime);
        }
    }
    return status;
}

/* Moves the finished parcels of the batch to those that wait for the sink. */
static dredge_status collect(struct runner *runner)
{
    struct batch *batch = &runner->batch;
    if (runner->n_finished + batch->n_jobs > runner->capacity) {
        int capacity = 2 * runner->capacity + batch->n_jobs;
        struct parcel *more = realloc(runner->finished, (size_t)capacity * sizeof *more);
        if (more == NULL) {
            return status_no_memory((size_t)capacity * sizeof *more);
        }
        runner->finished = more;
        runner->capacity = capacity;
    }
    for (int k = 0; k < batch->n_jobs; k++) {
        struct job *job = &batch->jobs[k];
        if (job->n_finished == job->n_tasks) {
            dredge_status status = job_tallies(job);
            if (status != DREDGE_OK) {
                return status;
            }
            job_explain(job);
            schedule_tell(runner->schedule, &job->parcel);
            runner->finished_bytes += parcel_size(runner->study, &job->parcel);
            runner->finished[runner->n_finished++] = job->parcel;
            memset(&job->parcel, 0, sizeof job->parcel);
        }
    }
    return DREDGE_OK;
}

static dredge_status append(struct runner *runner)
{
    dredge_status status = DREDGE_OK;
    if (runner->n_finished > 0) {
        status = runner->sink->append(runner->sink->context, runner->n_finished, runner->finished);
    }
    for (int k = 0; k < runner->n_finished; k++) {
        parcel_free(&runner->finished[k]);
    }
    runner->n_finished = 0;
    runner->finished_bytes = 0;
    runner->appended_at = omp_get_wtime();
    return status;
}

static dredge_status run_all(struct runner *runner)
{
    for (;;) {
        int n;
        dredge_status status = schedule_next(runner->schedule, runner->batch.capacity, runner->requests, &n);
        if (status == DREDGE_OK && n == 0) {
            return append(runner);
        }
        if (status == DREDGE_OK) {
            status = batch_fill(&runner->batch, n, runner->requests);
        }
        if (status == DREDGE_OK) {
            status = run_batch(runner);
        }
        if (status == DREDGE_OK) {
            status = collect(runner);
        }
        double waited = omp_get_wtime() - runner->appended_at;
        if (status == DREDGE_OK && (waited > RUNNER_APPEND_SECONDS || runner->finished_bytes > RUNNER_WAITING_BYTES)) {
            status = append(runner);
        }
        if (status == DREDGE_OK && programme_stops(runner->options)) {
            status = append(runner);
            return status != DREDGE_OK ? status : status_fail(DREDGE_INTERRUPTED, "interrupted");
        }
        if (status != DREDGE_OK) {
            return status;
        }
        runner->progress.n_done += schedule_skipped(runner->schedule) - runner->skipped;
        runner->skipped = schedule_skipped(runner->schedule);
    }
}

long long runner_runs(const struct study *study)
{
    return (long long)study->design.n_points * study->n_regimes * study->replication.max;
}

dredge_status runner_run(const struct study *study, const struct runner_options *options,
                         const struct runner_sink *sink)
{
    struct runner runner = {.study = study, .options = options, .sink = sink};
    runner.n_threads = threads_for(options->n_threads);
    threads_take(runner.n_threads);
    runner.progress.n_runs = runner_runs(study) / (options->n_shards > 1 ? options->n_shards : 1);
    runner.appended_at = omp_get_wtime();
    int capacity = runner_batch_limit(study, options, runner.n_threads);
    runner.requests = calloc((size_t)capacity, sizeof *runner.requests);
    runner.arenas = calloc((size_t)runner.n_threads, sizeof *runner.arenas);
    dredge_status status = kernel_check(1);
    if (runner.requests == NULL || runner.arenas == NULL) {
        status = status_no_memory((size_t)capacity * sizeof *runner.requests);
    }
    if (status == DREDGE_OK) {
        status = schedule_new(&runner.schedule, study, options, sink);
    }
    if (status == DREDGE_OK) {
        status = batch_init(&runner.batch, study, sink, capacity);
    }
    if (status == DREDGE_OK) {
        status = run_all(&runner);
    }
    if (status != DREDGE_OK && runner.n_finished > 0) {
        /* What is finished is kept; the first cause is the one that is told. */
        dredge_status saved = append(&runner);
        (void)saved;
    }
    for (int k = 0; k < runner.n_finished; k++) {
        parcel_free(&runner.finished[k]);
    }
    for (int thread = 0; runner.arenas != NULL && thread < runner.n_threads; thread++) {
        free(runner.arenas[thread]);
    }
    batch_free(&runner.batch);
    schedule_free(runner.schedule);
    free(runner.finished);
    free(runner.arenas);
    free(runner.requests);
    return status;
}
