/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of an ensemble: the engine alone, and the runner with and without trajectories. */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "engine/ensemble.h"
#include "parts.h"
#include "run/runner.h"

enum { MOST_ROUNDS = 99, COUNTED = 2048 };

/* ---- ties between insiders, summed over months, as the series of inclusion tell ---- */

struct count {
    double tie_months;
    int months, n_seats, first_insiders;
};

static dredge_status count_ties(void *context, int n_parcels, struct parcel *parcels)
{
    struct count *count = context;
    for (int k = 0; k < n_parcels; k++) {
        const struct parcel *parcel = &parcels[k];
        size_t n_runs = (size_t)parcel->n_regimes * (size_t)parcel->span.n_replicates;
        const float *inclusion = parcel->runs + (size_t)SERIES_inclusion * n_runs * (size_t)parcel->n_samples;
        for (size_t run = 0; run < n_runs; run++) {
            double insiders = count->first_insiders; /* then those of the month before */
            for (int month = 0; month < count->months; month++) {
                count->tie_months += insiders * (insiders - 1) / 2;
                insiders = (double)inclusion[run * (size_t)parcel->n_samples + (size_t)month] * count->n_seats;
            }
        }
    }
    return DREDGE_OK;
}

/* Tie-months of one replicate of the default study under all of `study`'s regimes, a mean over COUNTED replicates. */
static dredge_status tie_months_per_replicate(const struct study *study, double *mean)
{
    struct study counted = *study; /* shares what the study owns */
    struct count count = {.months = study->parameters.months, .n_seats = 0};
    for (int sector = 0; sector < N_SECTORS; sector++) {
        count.first_insiders += study->parameters.sector[sector].inside;
        count.n_seats += study->parameters.sector[sector].inside + study->parameters.sector[sector].outside;
    }
    struct runner_options options = {.n_threads = 1};
    struct runner_sink sink = {.context = &count, .append = count_ties};
    counted.trajectories = TRAJECTORIES_RUNS;
    counted.replication.min = counted.replication.max = COUNTED;
    dredge_status status = runner_run(&counted, &options, &sink);
    *mean = count.tie_months / COUNTED;
    return status;
}

/* ---- timing ---- */

static dredge_status forget(void *context, int n_parcels, struct parcel *parcels)
{
    (void)context;
    (void)n_parcels;
    (void)parcels;
    return DREDGE_OK;
}

static dredge_status study_of(const char *regimes, int replicates, struct study *study)
{
    char text[128];
    int n = snprintf(text, sizeof text, "replicates: %d\nregimes: [%s]\n", replicates, regimes);
    return study_parse("bench", text, (size_t)n, 0, NULL, study);
}

static dredge_status time_runner(const struct study *study, enum trajectories trajectories, int n_threads,
                                 double (*clock_now)(void), double *seconds)
{
    struct study asked = *study; /* shares what the study owns */
    struct runner_options options = {.n_threads = n_threads};
    struct runner_sink sink = {.append = forget};
    asked.trajectories = trajectories;
    double start = clock_now();
    dredge_status status = runner_run(&asked, &options, &sink);
    *seconds = clock_now() - start;
    return status;
}

static double time_engine(struct ensemble *ensemble, int replicates)
{
    double start = clock_processor();
    for (int first = 0; first < replicates; first += LANES) {
        ensemble_start(ensemble, (uint32_t)first, replicates - first < LANES ? replicates - first : LANES);
        ensemble_run(ensemble, 1, NULL, NULL);
    }
    return clock_processor() - start;
}

struct times {
    double engine[MOST_ROUNDS], none[MOST_ROUNDS], summary[MOST_ROUNDS];
    double none_cost[MOST_ROUNDS], summary_cost[MOST_ROUNDS];
};

static dredge_status time_rounds(const struct study *study, struct ensemble *ensemble, int rounds, struct times *times)
{
    for (int round = 0; round < rounds; round++) {
        times->engine[round] = time_engine(ensemble, study->replication.max);
        dredge_status status = time_runner(study, TRAJECTORIES_NONE, 1, clock_processor, &times->none[round]);
        if (status == DREDGE_OK) {
            status = time_runner(study, TRAJECTORIES_SUMMARY, 1, clock_processor, &times->summary[round]);
        }
        if (status != DREDGE_OK) {
            return status;
        }
        times->none_cost[round] = times->none[round] / times->engine[round];
        times->summary_cost[round] = times->summary[round] / times->none[round];
    }
    return DREDGE_OK;
}

static dredge_status write_runs(struct json *json, const struct study *study, int rounds)
{
    struct scenario scenario = {.n_regimes = 0};
    struct ensemble ensemble = {.n_lanes = 0};
    static struct times times;
    double tie_months;
    dredge_status status = tie_months_per_replicate(study, &tie_months);
    if (status == DREDGE_OK) {
        status = scenario_make(&scenario, study->seed, &study->parameters, study->n_regimes, study->regimes);
    }
    if (status == DREDGE_OK) {
        scenario_tables(&scenario);
        status = ensemble_init(&ensemble, kernel_best(), &scenario);
    }
    if (status == DREDGE_OK) {
        status = time_rounds(study, &ensemble, rounds, &times);
    }
    if (status == DREDGE_OK) {
        double ns = 1e9 / (tie_months * study->replication.max);
        put(json, "tie_months", tie_months * study->replication.max);
        put(json, "engine_ns", ns * median(times.engine, rounds));
        put(json, "none_ns", ns * median(times.none, rounds));
        put(json, "summary_ns", ns * median(times.summary, rounds));
        put(json, "none_over_engine", median(times.none_cost, rounds));
        put(json, "summary_over_none", median(times.summary_cost, rounds));
    }
    ensemble_free(&ensemble);
    scenario_free(&scenario);
    return status;
}

dredge_status part_runs(struct json *json, int replicates, int rounds)
{
    static const char *const keys[] = {"both", "iterative"};
    static const char *const regimes[] = {"linear_kpi, iterative", "iterative"};
    dredge_status status = DREDGE_OK;
    rounds = rounds < MOST_ROUNDS ? rounds : MOST_ROUNDS;
    put(json, "replicates", replicates);
    for (int k = 0; k < 2 && status == DREDGE_OK; k++) {
        struct study study;
        status = study_of(regimes[k], replicates, &study);
        if (status == DREDGE_OK) {
            json_key(json, keys[k]);
            json_begin_object(json);
            status = write_runs(json, &study, rounds);
            json_end(json);
            study_free(&study);
        }
    }
    return status;
}

dredge_status part_threads(struct json *json, int replicates, int n_threads, int rounds)
{
    struct study study;
    double speedup[MOST_ROUNDS];
    rounds = rounds < MOST_ROUNDS ? rounds : MOST_ROUNDS;
    dredge_status status = study_of("linear_kpi, iterative", replicates, &study);
    if (status != DREDGE_OK) {
        return status;
    }
    for (int round = 0; round < rounds && status == DREDGE_OK; round++) {
        double one;
        double many;
        status = time_runner(&study, TRAJECTORIES_NONE, 1, clock_wall, &one);
        if (status == DREDGE_OK) {
            status = time_runner(&study, TRAJECTORIES_NONE, n_threads, clock_wall, &many);
            speedup[round] = one / many;
        }
    }
    put(json, "threads", n_threads);
    put(json, "replicates", replicates);
    if (status == DREDGE_OK) {
        put(json, "speedup", median(speedup, rounds));
    }
    study_free(&study);
    return status;
}
