/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/outcomes.h"
#include "run/derive.h"

/* All regimes, and those that nobody knows. */
static void list_regimes(struct batch *batch)
{
    int n = batch->study->n_regimes;
    for (int regime = 0; regime < n; regime++) {
        batch->regimes[regime] = regime;
        if (batch->sink->known == NULL || !batch->sink->known[regime]) {
            batch->regimes[n + batch->n_lacking++] = regime;
        }
    }
}

dredge_status batch_init(struct batch *batch, const struct study *study, const struct runner_sink *sink, int capacity)
{
    memset(batch, 0, sizeof *batch);
    batch->study = study;
    batch->sink = sink;
    batch->capacity = capacity;
    batch->jobs = calloc((size_t)capacity, sizeof *batch->jobs);
    batch->scenarios = calloc((size_t)capacity, sizeof *batch->scenarios);
    batch->regimes = calloc(2 * (size_t)study->n_regimes, sizeof *batch->regimes);
    if (batch->jobs == NULL || batch->scenarios == NULL || batch->regimes == NULL) {
        batch_free(batch);
        return status_no_memory((size_t)capacity * (sizeof *batch->jobs + sizeof *batch->scenarios));
    }
    list_regimes(batch);
    return DREDGE_OK;
}

static void free_jobs(struct batch *batch)
{
    for (int k = 0; k < batch->n_jobs; k++) {
        struct job *job = &batch->jobs[k];
        parcel_free(&job->parcel);
        *job = (struct job){.columns = job->columns,
                            .columns_bytes = job->columns_bytes,
                            .codes = job->codes,
                            .codes_bytes = job->codes_bytes};
    }
    batch->n_jobs = 0;
}

void batch_free(struct batch *batch)
{
    if (batch->jobs != NULL) {
        free_jobs(batch);
    }
    for (int k = 0; batch->jobs != NULL && k < batch->capacity; k++) {
        free(batch->jobs[k].columns);
        free(batch->jobs[k].codes);
    }
    for (int k = 0; batch->scenarios != NULL && k < batch->capacity; k++) {
        scenario_free(&batch->scenarios[k]);
    }
    free(batch->jobs);
    free(batch->scenarios);
    free(batch->regimes);
    memset(batch, 0, sizeof *batch);
}

int scenario_is_programme(const struct scenario *scenario)
{
    return scenario->parameters.collaborations > 1;
}

/* The scenario of the parcel's point, shared with the job before when that has the same point. */
static dredge_status find_scenario(struct batch *batch, struct job *job)
{
    const struct study *study = batch->study;
    struct parcel *parcel = &job->parcel;
    if (batch->n_jobs > 0 && job[-1].parcel.span.point == parcel->span.point && job[-1].run == job->run) {
        job->scenario = job[-1].scenario;
        memcpy(parcel->message, job[-1].parcel.message, sizeof parcel->message);
        return DREDGE_OK;
    }
    struct parameters parameters;
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    struct act *acts = malloc(((size_t)study->n_acts + 1) * sizeof *acts);
    if (regimes == NULL || acts == NULL) {
        free(regimes);
        free(acts);
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes + (size_t)study->n_acts * sizeof *acts);
    }
    dredge_status status =
        study_point(study, parcel->span.point, &parameters, regimes, sizeof parcel->message, parcel->message);
    if (status == DREDGE_OK) {
        struct scenario *scenario = &batch->scenarios[batch->n_scenarios++];
        parcel->message[0] = '\0';
        for (int k = 0; k < job->n_run; k++) {
            regimes[k] = regimes[job->run[k]]; /* they rise */
        }
        status = scenario_make(scenario, study_point_seed(study, parcel->span.point), &parameters, job->n_run, regimes);
        scenario->by_sector = study->by_sector;
        if (status == DREDGE_OK) {
            scenario_seat(scenario, &study->roster);
            study_acts(study, parcel->span.point, acts);
            status = scenario_let_happen(scenario, study->n_acts, acts);
        }
        job->scenario = scenario;
    } else if (status == DREDGE_STUDY) {
        status = DREDGE_OK; /* this point fails, the others go on */
    }
    free(regimes);
    free(acts);
    return status;
}

/* The memory, or new memory where it has room for less than `n_bytes`; NULL when there is none. */
static void *with_room(void *memory, size_t *room, size_t n_bytes)
{
    if (n_bytes > *room) {
        free(memory);
        memory = malloc(n_bytes);
        *room = memory != NULL ? n_bytes : 0;
    }
    return memory;
}

static dredge_status fit_columns(struct job *job, size_t n_runs)
{
    size_t n_bytes = (size_t)job->parcel.n_series * n_runs * (size_t)job->parcel.n_samples * sizeof(float);
    job->columns = with_room(job->columns, &job->columns_bytes, n_bytes);
    job->is_sampled = 1;
    return job->columns != NULL ? DREDGE_OK : status_no_memory(n_bytes);
}

/* Room for the parts of the tallies: their sizes, then they themselves, as large as they can be. */
static dredge_status fit_codes(struct job *job)
{
    const struct parcel *parcel = &job->parcel;
    size_t n_rows = (size_t)parcel->n_regimes * (size_t)parcel->n_series;
    job->code_room = tally_code_most_bytes(1, parcel->n_samples, parcel->span.n_replicates);
    size_t n_bytes = n_rows * (sizeof(size_t) + job->code_room);
    job->codes = with_room(job->codes, &job->codes_bytes, n_bytes);
    return job->codes != NULL ? DREDGE_OK : status_no_memory(n_bytes);
}

static dredge_status add_job(struct batch *batch, const struct span *request)
{
    const struct study *study = batch->study;
    struct job *job = &batch->jobs[batch->n_jobs];
    const struct runner_sink *sink = batch->sink;
    int is_known = sink->known != NULL && sink->knows(sink->context, request->point, request->first);
    job->run = batch->regimes + (is_known ? study->n_regimes : 0);
    job->n_run = is_known ? batch->n_lacking : study->n_regimes;
    job->derived = study->derived;
    job->n_derived = study->n_derived;
    dredge_status status = parcel_init(&job->parcel, study, *request);
    if (status == DREDGE_OK) {
        status = find_scenario(batch, job);
    }
    job->first_task = batch->n_tasks; /* an impossible point has none */
    batch->n_jobs++;
    if (status != DREDGE_OK) {
        return status;
    }
    size_t n_runs = (size_t)study->n_regimes * (size_t)request->n_replicates;
    if (job->scenario == NULL) {
        memset(job->parcel.status, RUN_FAILED, n_runs); /* under all regimes */
        return DREDGE_OK;
    }
    if (study->trajectories != TRAJECTORIES_NONE && job->parcel.n_samples > 0) {
        status = fit_columns(job, n_runs);
    }
    if (status == DREDGE_OK && job->is_sampled && job->parcel.tallies != NULL) {
        status = fit_codes(job);
    }
    job->every = study->every;
    job->n_tasks = scenario_is_programme(job->scenario) ? job->n_run * request->n_replicates
                                                        : (request->n_replicates + LANES - 1) / LANES;
    batch->n_tasks += job->n_tasks;
    return status;
}

dredge_status batch_fill(struct batch *batch, int n_requests, const struct span *requests)
{
    free_jobs(batch);
    batch->n_scenarios = 0;
    batch->n_tasks = 0;
    for (int k = 0; k < n_requests; k++) {
        dredge_status status = add_job(batch, &requests[k]);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    return DREDGE_OK;
}

struct job *batch_job(struct batch *batch, int task, int *within)
{
    int low = 0;
    int high = batch->n_jobs - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (batch->jobs[middle].first_task <= task) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    *within = task - batch->jobs[low].first_task;
    return &batch->jobs[low];
}

float *job_samples(const struct job *job, int regime, int sample, int series)
{
    size_t row = (size_t)regime * (size_t)job->parcel.n_samples + (size_t)sample;
    return job->columns + (row * (size_t)job->parcel.n_series + (size_t)series) * (size_t)job->parcel.span.n_replicates;
}

void job_store(struct job *job, int regime, int replicate, int is_sound, const double outcomes[N_OUTCOME_COLUMNS])
{
    struct parcel *parcel = &job->parcel;
    size_t n = (size_t)parcel->span.n_replicates;
    for (int outcome = 0; outcome < N_OUTCOME_COLUMNS; outcome++) {
        size_t row = (size_t)outcome * (size_t)parcel->n_regimes + (size_t)regime;
        parcel->outcomes[row * n + (size_t)replicate] = outcomes[outcome];
    }
    parcel->status[(size_t)regime * n + (size_t)replicate] = is_sound ? RUN_DONE : RUN_FAILED;
}

void job_explain(struct job *job)
{
    struct parcel *parcel = &job->parcel;
    int n = parcel->span.n_replicates, n_runs = job->n_run * n, first = n_runs, n_failed = 0;
    for (int run = n_runs - 1; job->scenario != NULL && run >= 0; run--) {
        if (parcel->status[job->run[run / n] * n + run % n] == RUN_FAILED) {
            first = run;
            n_failed++;
        }
    }
    if (n_failed > 0) {
        (void)snprintf(
            parcel->message, sizeof parcel->message,
            "the state of the model did not stay finite in %d of %d runs, first in replicate %d of regime %s", n_failed,
            n_runs, parcel->span.first + first % n, job->scenario->regimes[first / n].name);
    }
}

void job_clear(struct job *job)
{
    if (job->is_sampled) {
        size_t n_runs = (size_t)job->parcel.n_regimes * (size_t)job->parcel.span.n_replicates;
        memset(job->columns, 0,
               n_runs * (size_t)job->parcel.n_samples * (size_t)job->parcel.n_series * sizeof *job->columns);
    }
}

/* Where a block's samples go. */
struct destination {
    struct job *job;
    int first, n_lanes; /* first: replicate within the parcel */
};

static void keep_sample(void *context, int regime, int month, const struct work *work)
{
    const struct destination *to = context;
    int sample = month / to->job->every;
    derive_block(to->job, to->job->run[regime], to->first, to->n_lanes, month + 1, work);
    if (!to->job->is_sampled || (month + 1) % to->job->every != 0) {
        return;
    }
    for (int series = 0; series < to->job->parcel.n_series; series++) {
        float *samples = job_samples(to->job, to->job->run[regime], sample, series) + to->first;
        if (to->n_lanes == LANES) { /* a known length is a few instructions */
            memcpy(samples, work->series[series], sizeof(lane_real));
        } else {
            memcpy(samples, work->series[series], (size_t)to->n_lanes * sizeof(float));
        }
    }
}

void job_run_block(struct job *job, int within, void *memory)
{
    struct destination to = {job, within * LANES, LANES};
    int rest = job->parcel.span.n_replicates - to.first;
    to.n_lanes = rest < LANES ? rest : LANES;
    struct ensemble ensemble;
    ensemble_place(&ensemble, kernel_best(), job->scenario, memory);
    ensemble_start(&ensemble, (uint32_t)(job->parcel.span.first + to.first), to.n_lanes);
    if (derive_sees(job, 0)) {
        work_rest(&ensemble.work);
        for (int k = 0; k < job->n_run; k++) {
            ensemble.kernel->observe(&ensemble.blocks[k], &ensemble.work, job->scenario);
            derive_block(job, job->run[k], to.first, to.n_lanes, 0, &ensemble.work);
        }
    }
    int is_observed = job->is_sampled || job->n_derived > 0;
    ensemble_run(&ensemble, job->n_derived > 0 ? 1 : job->every, is_observed ? keep_sample : NULL, &to);
    for (int k = 0; k < job->n_run; k++) {
        for (int lane = 0; lane < to.n_lanes; lane++) {
            double outcomes[N_OUTCOME_COLUMNS];
            int is_sound = outcomes_of(&ensemble.blocks[k], job->scenario, lane, outcomes);
            job_store(job, job->run[k], to.first + lane, is_sound, outcomes);
            derive_end(job, job->run[k], to.first + lane);
        }
    }
}
