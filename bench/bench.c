/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dredge-bench [--quick] [--persons N]: figures of the engine as one JSON document. bench/run prints them as a table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/json.h"
#include "engine/kernel.h"
#include "engine/world.h"
#include "study/runner.h"
#include "ties.h"

enum { ROUNDS = 7 };

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof values[0], ascending);
    return values[n / 2];
}

static void number(struct json *json, const char *key, double value)
{
    json_key(json, key);
    json_number(json, value);
}

/* ---- whole runs of an ensemble ---- */

/* Person-months and ties between insiders, summed over months, as the series of inclusion tell. */
struct count {
    double tie_months;
    int months, n_seats;
};

static dredge_status count_ties(void *context, int n_parcels, struct parcel *parcels)
{
    struct count *count = context;
    for (int k = 0; k < n_parcels; k++) {
        const struct parcel *parcel = &parcels[k];
        size_t n_runs = (size_t)parcel->n_regimes * (size_t)parcel->n_replicates;
        const float *inclusion = parcel->runs + (size_t)SERIES_inclusion * n_runs * (size_t)parcel->n_samples;
        for (size_t run = 0; run < n_runs; run++) {
            double insiders = 10; /* of the first month; then those of the month before */
            for (int month = 0; month < count->months; month++) {
                count->tie_months += insiders * (insiders - 1) / 2;
                insiders = (double)inclusion[run * (size_t)parcel->n_samples + (size_t)month] * count->n_seats;
            }
        }
    }
    return DREDGE_OK;
}

static dredge_status forget(void *context, int n_parcels, struct parcel *parcels)
{
    (void)context;
    (void)n_parcels;
    (void)parcels;
    return DREDGE_OK;
}

static double run_seconds(struct study *study, int n_threads, enum trajectories trajectories)
{
    double rounds[ROUNDS];
    struct runner_options options = {.n_threads = n_threads};
    struct runner_sink sink = {.append = forget};
    study->trajectories = trajectories;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        if (runner_run(study, &options, &sink) != DREDGE_OK) {
            return (double)NAN;
        }
        rounds[round] = now() - start;
    }
    return median(rounds, ROUNDS);
}

static void bench_runs(struct json *json, struct study *study)
{
    struct count count = {.months = study->parameters.months, .n_seats = 14};
    struct runner_options options = {.n_threads = 0};
    struct runner_sink counter = {.context = &count, .append = count_ties};
    study->trajectories = TRAJECTORIES_RUNS;
    if (runner_run(study, &options, &counter) != DREDGE_OK) {
        return;
    }
    double none = run_seconds(study, 1, TRAJECTORIES_NONE);
    double summary = run_seconds(study, 1, TRAJECTORIES_SUMMARY);
    double two = run_seconds(study, 2, TRAJECTORIES_NONE);
    number(json, "runs_per_second", (double)runner_runs(study) / none);
    number(json, "run_ns_per_tie_month", 1e9 * none / count.tie_months);
    number(json, "summary_ns_per_tie_month", 1e9 * summary / count.tie_months);
    number(json, "summary_cost", summary / none - 1);
    number(json, "ensemble_speedup_2_threads", none / two);
}

/* ---- one large world ---- */

static double world_seconds(const struct scenario *scenario, int n_threads, int months)
{
    struct world world;
    double rounds[3];
    if (world_init(&world, kernel_best(), scenario, 0, scenario->parameters.collaborations, n_threads) != DREDGE_OK) {
        return (double)NAN;
    }
    for (int round = 0; round < 3; round++) {
        world_start(&world, 0, 0);
        world_step(&world, 0);
        double start = now();
        for (int month = 0; month < months; month++) {
            world_step(&world, 0);
        }
        rounds[round] = now() - start;
    }
    world_free(&world);
    return median(rounds, 3) / months;
}

/* A programme of `n_collaborations` of 10 persons, each organisation with two seats on average. */
static dredge_status programme(struct scenario *scenario, int n_collaborations)
{
    struct parameters p;
    struct regime regime;
    parameters_default(&p);
    regime_from_info(&regime, regime_info_find("iterative"));
    p.collaborations = n_collaborations;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        p.sector[sector].outside = 0;
        p.sector[sector].organisations = n_collaborations * p.sector[sector].inside / 2 + 8;
    }
    dredge_status status = scenario_make(scenario, 1, &p, 1, &regime);
    scenario_tables(scenario);
    return status;
}

static void bench_world(struct json *json, int n_persons)
{
    struct scenario scenario = {.n_regimes = 0};
    int n_collaborations = n_persons / 10;
    if (programme(&scenario, n_collaborations) != DREDGE_OK) {
        return;
    }
    int months = n_persons < 100000 ? 50 : 5;
    double one = world_seconds(&scenario, 1, months);
    double two = world_seconds(&scenario, 2, months);
    double bytes = (double)block_bytes(&scenario, 1) / LANES;
    double tie_bytes = 3.0 * sizeof(float);
    json_begin_object(json);
    number(json, "persons", n_persons);
    number(json, "ns_per_person_month", 1e9 * one / n_persons);
    number(json, "speedup_2_threads", one / two);
    number(json, "bytes_per_tie", tie_bytes);
    number(json, "bytes_per_seat", (bytes - tie_bytes * scenario.plan.n_ties) / scenario.plan.n_seats);
    number(json, "bytes_of_the_world", (double)world_bytes(&scenario, n_collaborations, 1));
    json_end(json);
    scenario_free(&scenario);
}

/* ---- ties ---- */

static void ties_member(struct json *json, const char *level, bench_ties *measure, const struct scenario *scenario)
{
    struct tie_figures figures;
    measure(scenario, &figures);
    json_key(json, level);
    json_begin_object(json);
    number(json, "draws_ns", figures.draws);
    number(json, "kernel_ns", figures.kernel);
    number(json, "phase_ns", figures.phase);
    json_end(json);
}

static void bench_levels(struct json *json)
{
    struct scenario scenario = {.n_regimes = 0};
    struct parameters p;
    struct regime regime;
    parameters_default(&p);
    regime_from_info(&regime, regime_info_find("iterative"));
    if (scenario_make(&scenario, 1, &p, 1, &regime) != DREDGE_OK) {
        return;
    }
    scenario_tables(&scenario);
    json_key(json, "ties");
    json_begin_object(json);
#ifdef DREDGE_X86_LEVELS
    ties_member(json, "v2", bench_ties_v2, &scenario);
    if (strcmp(kernel_best()->level, "v2") != 0) {
        ties_member(json, "v3", bench_ties_v3, &scenario);
    }
    if (strcmp(kernel_best()->level, "v4") == 0) {
        ties_member(json, "v4", bench_ties_v4, &scenario);
    }
#else
    ties_member(json, "portable", bench_ties_portable, &scenario);
#endif
    json_end(json);
    scenario_free(&scenario);
}

int main(int argc, char **argv)
{
    static const char text[] = "replicates: 1024\nregimes: [linear_kpi, iterative]\n";
    int most_persons = argc > 1 ? atoi(argv[1]) : 1000000;
    struct study study;
    struct json json = {0};
    char *document;
    if (study_parse("bench", text, sizeof text - 1, 0, NULL, &study) != DREDGE_OK) {
        (void)fprintf(stderr, "dredge-bench: %s\n", status_message());
        return 1;
    }
    json_begin_object(&json);
    json_key(&json, "level");
    json_string(&json, kernel_best()->level);
    bench_levels(&json);
    bench_runs(&json, &study);
    json_key(&json, "worlds");
    json_begin_array(&json);
    for (int n_persons = 10000; n_persons <= most_persons; n_persons *= 10) {
        bench_world(&json, n_persons);
    }
    json_end(&json);
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    number(&json, "peak_megabytes", (double)usage.ru_maxrss / 1024);
    json_end(&json);
    study_free(&study);
    if (json_finish(&json, &document) != DREDGE_OK) {
        return 1;
    }
    (void)printf("%s\n", document);
    free(document);
    return 0;
}
