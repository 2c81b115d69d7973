/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/futures.h"

#include <stdlib.h>
#include <string.h>

#include "engine/outcomes.h"

dredge_status futures_init(struct futures *futures, const struct study *study, int n_regimes,
                           const struct regime *regimes, int n)
{
    memset(futures, 0, sizeof *futures);
    futures->n = n;
    dredge_status status = scenario_make(&futures->scenario, study->seed, &study->parameters, n_regimes, regimes);
    if (status == DREDGE_OK) {
        scenario_seat(&futures->scenario, &study->roster);
        status = scenario_let_happen(&futures->scenario, study->n_acts, study->acts);
    }
    if (status == DREDGE_OK) {
        scenario_tables(&futures->scenario);
    }
    if (status == DREDGE_OK && study->parameters.collaborations > 1) {
        status = world_init(&futures->world, kernel_best(), &futures->scenario, 0, study->parameters.collaborations, 1);
    } else if (status == DREDGE_OK) {
        status = ensemble_init(&futures->ensemble, kernel_best(), &futures->scenario);
    }
    if (status == DREDGE_OK) {
        size_t n_bytes = sizeof(double) * N_OUTCOMES * (size_t)n_regimes * (size_t)n;
        futures->outcomes = malloc(n_bytes);
        futures->tallies = calloc((size_t)n_regimes, sizeof *futures->tallies);
        if (futures->outcomes == NULL || futures->tallies == NULL) {
            status = status_no_memory(n_bytes);
        }
    }
    int n_months = study->parameters.months + study->parameters.aftercare_months;
    for (int regime = 0; regime < n_regimes && status == DREDGE_OK; regime++) {
        status = tally_init(&futures->tallies[regime], N_SERIES, n_months);
    }
    if (status != DREDGE_OK) {
        futures_free(futures);
    }
    return status;
}

void futures_free(struct futures *futures)
{
    for (int regime = 0; futures->tallies != NULL && regime < futures->scenario.n_regimes; regime++) {
        tally_free(&futures->tallies[regime]);
    }
    free(futures->tallies);
    free(futures->outcomes);
    ensemble_free(&futures->ensemble);
    world_free(&futures->world);
    scenario_free(&futures->scenario);
    memset(futures, 0, sizeof *futures);
}

/* Counts a month of a regime in its tally: values[N_SERIES] rows, `stride` floats apart. */
static void count_month(struct futures *futures, int regime, int month, int n, const float *values, int stride)
{
    struct tally *tally = &futures->tallies[regime];
    tally->n[month] += n;
    for (int series = 0; series < N_SERIES; series++) {
        tally_count(tally, series, month, n, values + (size_t)series * (size_t)stride);
    }
}

/* An ensemble_sink. */
static void count_ensemble(void *context, int regime, int month, const struct work *work)
{
    struct futures *futures = context;
    count_month(futures, regime, month, futures->ensemble.n_lanes, work->series[0], LANES);
}

static void keep_outcomes(struct futures *futures, int regime, int replicate, const double outcomes[N_OUTCOME_COLUMNS])
{
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        size_t row = (size_t)outcome * (size_t)futures->scenario.n_regimes + (size_t)regime;
        futures->outcomes[row * (size_t)futures->n + (size_t)replicate] = outcomes[outcome];
    }
}

static void run_lanes(struct futures *futures, int n_months, int n_lanes)
{
    struct ensemble *ensemble = &futures->ensemble;
    ensemble_start(ensemble, (uint32_t)futures->done, n_lanes);
    while (ensemble->month < n_months) {
        ensemble_step(ensemble, count_ensemble, futures);
    }
    for (int regime = 0; regime < futures->scenario.n_regimes; regime++) {
        for (int lane = 0; lane < n_lanes; lane++) {
            double outcomes[N_OUTCOME_COLUMNS];
            outcomes_of(&ensemble->blocks[regime], &futures->scenario, lane, outcomes);
            keep_outcomes(futures, regime, futures->done + lane, outcomes);
        }
    }
}

static void run_world(struct futures *futures, int n_months, int regime)
{
    struct world *world = &futures->world;
    world_start(world, (uint32_t)futures->done, regime);
    for (int month = 0; month < n_months; month++) {
        world_step(world, 1);
        count_month(futures, regime, month, 1, world->series, 1);
    }
    double outcomes[N_OUTCOME_COLUMNS];
    world_outcomes(world, outcomes);
    keep_outcomes(futures, regime, futures->done, outcomes);
}

int futures_batch(struct futures *futures)
{
    const struct parameters *parameters = &futures->scenario.parameters;
    int n_months = parameters->months + parameters->aftercare_months;
    int left = futures->n - futures->done;
    if (left > 0 && parameters->collaborations > 1) {
        for (int regime = 0; regime < futures->scenario.n_regimes; regime++) {
            run_world(futures, n_months, regime);
        }
        futures->done++;
    } else if (left > 0) {
        int n_lanes = left < LANES ? left : LANES;
        run_lanes(futures, n_months, n_lanes);
        futures->done += n_lanes;
    }
    return futures->done;
}
