/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "engine/fixed.h"
#include "engine/outcomes.h"
#include "engine/rows.h"

static int blocks_for(int n_collaborations)
{
    return (n_collaborations + LANES - 1) / LANES;
}

unsigned long long world_bytes(const struct scenario *scenario, int n_collaborations, int n_threads)
{
    unsigned long long n_organisations = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        n_organisations += (unsigned long long)scenario->parameters.sector[sector].organisations;
    }
    unsigned long long per_block = block_bytes(scenario, 1) + sizeof(struct block);
    unsigned long long per_organisation =
        sizeof(struct organisation) + (unsigned long long)n_threads * sizeof(struct organisation_sums);
    return (unsigned long long)blocks_for(n_collaborations) * per_block + n_organisations * per_organisation;
}

/* Lays out the blocks; each thread touches the rows that it will step, so that they lie in its memory. */
static void lay_out_blocks(struct world *world, size_t n_bytes)
{
#pragma omp parallel for schedule(static) num_threads(world->n_threads)
    for (int number = 0; number < world->n_blocks; number++) {
        char *rows = (char *)world->rows + (size_t)number * n_bytes;
        memset(rows, 0, n_bytes);
        block_place(&world->blocks[number], world->scenario, 1, rows);
    }
}

dredge_status world_init(struct world *world, const struct kernel *kernel, const struct scenario *scenario, int first,
                         int n_collaborations, int n_threads)
{
    memset(world, 0, sizeof *world);
    world->kernel = kernel;
    world->scenario = scenario;
    world->first = first;
    world->n_collaborations = n_collaborations;
    world->n_blocks = blocks_for(n_collaborations);
    world->n_threads = n_threads;
    size_t n_bytes = block_bytes(scenario, 1);
    world->blocks = aligned_alloc(LANE_ALIGNMENT, (size_t)world->n_blocks * sizeof *world->blocks);
    world->rows = aligned_alloc(LANE_ALIGNMENT, (size_t)world->n_blocks * n_bytes);
    world->works = rows_new((size_t)n_threads * sizeof *world->works);
    if (world->blocks == NULL || world->rows == NULL || world->works == NULL) {
        world_free(world);
        return status_no_memory(world_bytes(scenario, n_collaborations, n_threads));
    }
    dredge_status status = commons_init(&world->commons, scenario, n_threads);
    for (int thread = 0; thread < n_threads && status == DREDGE_OK; thread++) {
        status = work_init(&world->works[thread], scenario);
    }
    if (status != DREDGE_OK) {
        world_free(world);
        return status;
    }
    lay_out_blocks(world, n_bytes);
    return DREDGE_OK;
}

void world_free(struct world *world)
{
    for (int thread = 0; world->works != NULL && thread < world->n_threads; thread++) {
        work_free(&world->works[thread]);
    }
    free(world->works);
    free(world->blocks);
    free(world->rows);
    commons_free(&world->commons);
    memset(world, 0, sizeof *world);
}

void world_start(struct world *world, uint32_t replicate, int regime)
{
    const struct scenario *scenario = world->scenario;
    world->regime = regime;
    world->month = 0;
    commons_start(&world->commons, scenario, replicate);
#pragma omp parallel for schedule(static) num_threads(world->n_threads)
    for (int number = 0; number < world->n_blocks; number++) {
        struct block *block = &world->blocks[number];
        int rest = world->n_collaborations - number * LANES;
        block->n_lanes = rest < LANES ? rest : LANES;
        for (int lane = 0; lane < LANES; lane++) {
            block->replicate[lane] = replicate;
            block->entity[lane] = (uint32_t)(world->first + number * LANES + lane);
        }
        commons_seat(&world->commons, scenario, block);
        commons_copy(&world->commons, scenario, block);
        world->kernel->start(block, scenario);
    }
}

void world_step_block(struct world *world, struct block *block, int thread)
{
    const struct kernel *kernel = world->kernel;
    const struct scenario *scenario = scenario_in(world->scenario, world->month);
    struct work *work = &world->works[thread];
    if (world->month >= scenario->rates.months) {
        work_rest(work);
        kernel->aftercare(block, scenario, world->month);
        return;
    }
    const struct act *acts;
    int n_acts = scenario_acts(world->scenario, world->month, &acts);
    commons_copy(&world->commons, scenario, block);
    if (n_acts > 0) {
        kernel->acts(block, scenario, world->month, n_acts, acts);
    }
    kernel->luck(work, 1, block, scenario, world->month);
    kernel->month(block, work, scenario, world->regime, world->month);
    commons_gather(&world->commons, scenario, block, work, thread);
    kernel->close(block, work, scenario, world->month);
}

/* Sums over collaborations: of the series, of seats under support, and of collaborations that have it. */
enum { SUM_SEATS = N_SERIES_COLUMNS, SUM_LIVED, N_SUMS };

static void add_series(struct world *world, const struct block *block, struct work *work, int64_t sums[N_SUMS])
{
    int n_series = world->scenario->by_sector ? N_SERIES_COLUMNS : N_SERIES;
    world->kernel->observe(block, work, world->scenario);
    for (int series = 0; series < n_series; series++) {
        for (int lane = 0; lane < block->n_lanes; lane++) {
            sums[series] = fixed_add(sums[series], fixed_from((double)work->series[series][lane]));
        }
    }
    for (int lane = 0; lane < block->n_lanes; lane++) {
        sums[SUM_SEATS] = fixed_add(sums[SUM_SEATS], fixed_from((double)work->seats[lane]));
        sums[SUM_LIVED] = fixed_add(sums[SUM_LIVED], fixed_from((double)work->lived[lane]));
    }
}

/* Organisations learn from the month, each thread its range. */
static void learn(struct world *world)
{
    const struct scenario *scenario = scenario_in(world->scenario, world->month);
    struct commons *commons = &world->commons;
    int n = commons->n_organisations;
    enum { CHUNK = 1024 };
    int n_chunks = (n + CHUNK - 1) / CHUNK;
#pragma omp parallel for schedule(static) num_threads(world->n_threads)
    for (int chunk = 0; chunk < n_chunks; chunk++) {
        commons_add(commons, chunk * CHUNK, (chunk + 1) * CHUNK < n ? (chunk + 1) * CHUNK : n);
    }
    if (world->all_sum != NULL) {
        size_t n_values = (size_t)n * (sizeof *commons->sums / sizeof(int64_t));
        world->all_sum(world->context, n_values, &commons->sums[0].n);
    }
#pragma omp parallel for schedule(static) num_threads(world->n_threads)
    for (int chunk = 0; chunk < n_chunks; chunk++) {
        commons_learn(commons, scenario, chunk * CHUNK, (chunk + 1) * CHUNK < n ? (chunk + 1) * CHUNK : n);
    }
}

/* Means from the sums of this part of the world. */
static void take_series(struct world *world, int64_t sums[N_SUMS])
{
    int n = world->scenario->parameters.collaborations;
    if (world->all_sum != NULL) {
        world->all_sum(world->context, N_SUMS, sums);
    }
    for (int series = 0; series < N_SERIES_COLUMNS; series++) {
        world->series[series] = (float)fixed_mean(sums[series], n);
    }
    world->seats = fixed_mean(sums[SUM_SEATS], n);
    world->lived = fixed_mean(sums[SUM_LIVED], n);
}

void world_observe(struct world *world)
{
    int64_t sums[N_SUMS] = {0};
#pragma omp parallel for schedule(static) num_threads(world->n_threads) reduction(+ : sums[:N_SUMS])
    for (int number = 0; number < world->n_blocks; number++) {
        int thread = omp_get_thread_num();
        work_rest(&world->works[thread]);
        add_series(world, &world->blocks[number], &world->works[thread], sums);
    }
    take_series(world, sums);
}

void world_step(struct world *world, int observed)
{
    int64_t sums[N_SUMS] = {0};
#pragma omp parallel for schedule(static) num_threads(world->n_threads) reduction(+ : sums[:N_SUMS])
    for (int number = 0; number < world->n_blocks; number++) {
        int thread = omp_get_thread_num();
        world_step_block(world, &world->blocks[number], thread);
        if (observed) {
            add_series(world, &world->blocks[number], &world->works[thread], sums);
        }
    }
    if (world->month < world->scenario->rates.months) {
        learn(world);
    }
    if (observed) {
        take_series(world, sums);
    }
    world->month++;
}

int world_outcomes(struct world *world, double outcomes[N_OUTCOME_COLUMNS])
{
    int64_t sums[2 * N_OUTCOME_COLUMNS + 1] = {0}; /* values, then numbers, then collaborations that failed */
    int64_t *n_failed = &sums[(size_t)2 * N_OUTCOME_COLUMNS];
    for (int number = 0; number < world->n_blocks; number++) {
        const struct block *block = &world->blocks[number];
        for (int lane = 0; lane < block->n_lanes; lane++) {
            double own[N_OUTCOME_COLUMNS];
            *n_failed += !outcomes_of(block, world->scenario, lane, own);
            for (int outcome = 0; outcome < N_OUTCOME_COLUMNS; outcome++) {
                int defined = !isnan(own[outcome]);
                sums[outcome] = fixed_add(sums[outcome], defined ? fixed_from(own[outcome]) : 0);
                sums[N_OUTCOME_COLUMNS + outcome] += defined;
            }
        }
    }
    if (world->all_sum != NULL) {
        world->all_sum(world->context, 2 * (size_t)N_OUTCOME_COLUMNS + 1, sums);
    }
    for (int outcome = 0; outcome < N_OUTCOME_COLUMNS; outcome++) {
        int64_t n = sums[N_OUTCOME_COLUMNS + outcome];
        outcomes[outcome] = n > 0 && *n_failed == 0 ? fixed_mean(sums[outcome], n) : (double)NAN;
    }
    return *n_failed == 0;
}
