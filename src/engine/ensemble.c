/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/ensemble.h"

#include <stdlib.h>
#include <string.h>

#include "engine/rows.h"

static size_t blocks_bytes(const struct scenario *scenario)
{
    return (size_t)scenario->n_regimes * sizeof(struct block); /* the alignment of a block makes it a multiple */
}

size_t ensemble_bytes(const struct scenario *scenario)
{
    return blocks_bytes(scenario) + work_bytes(scenario) + (size_t)scenario->n_regimes * block_bytes(scenario, 0);
}

void ensemble_place(struct ensemble *ensemble, const struct kernel *kernel, const struct scenario *scenario,
                    void *memory)
{
    memset(ensemble, 0, sizeof *ensemble);
    ensemble->kernel = kernel;
    ensemble->scenario = scenario;
    struct rows rows = {memory, 0};
    ensemble->blocks = rows_take(&rows, 1, blocks_bytes(scenario));
    work_place(&ensemble->work, scenario, rows_take(&rows, 1, work_bytes(scenario)));
    for (int regime = 0; regime < scenario->n_regimes; regime++) {
        block_place(&ensemble->blocks[regime], scenario, 0, rows_take(&rows, 1, block_bytes(scenario, 0)));
    }
}

dredge_status ensemble_init(struct ensemble *ensemble, const struct kernel *kernel, const struct scenario *scenario)
{
    memset(ensemble, 0, sizeof *ensemble);
    size_t n_bytes = ensemble_bytes(scenario);
    void *memory = rows_new(n_bytes);
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    ensemble_place(ensemble, kernel, scenario, memory);
    ensemble->memory = memory;
    return DREDGE_OK;
}

void ensemble_free(struct ensemble *ensemble)
{
    free(ensemble->memory);
    memset(ensemble, 0, sizeof *ensemble);
}

void ensemble_start(struct ensemble *ensemble, uint32_t first, int n_lanes)
{
    ensemble->n_lanes = n_lanes;
    ensemble->month = 0;
    for (int regime = 0; regime < ensemble->scenario->n_regimes; regime++) {
        struct block *block = &ensemble->blocks[regime];
        block->n_lanes = n_lanes;
        for (int lane = 0; lane < LANES; lane++) {
            block->replicate[lane] = first + (uint32_t)lane;
            block->entity[lane] = 0;
        }
        ensemble->kernel->start(block, ensemble->scenario);
    }
}

/* What the world does to all regimes alike. */
static void let_happen(struct ensemble *ensemble, const struct scenario *now)
{
    const struct act *acts;
    int n_acts = scenario_acts(ensemble->scenario, ensemble->month, &acts);
    for (int regime = 0; n_acts > 0 && regime < now->n_regimes; regime++) {
        ensemble->kernel->acts(&ensemble->blocks[regime], now, ensemble->month, n_acts, acts);
    }
}

static void step_supported(struct ensemble *ensemble, ensemble_sink *sink, void *context)
{
    const struct kernel *kernel = ensemble->kernel;
    const struct scenario *scenario = scenario_in(ensemble->scenario, ensemble->month);
    let_happen(ensemble, scenario);
    kernel->luck(&ensemble->work, scenario->n_regimes, ensemble->blocks, scenario, ensemble->month);
    for (int regime = 0; regime < scenario->n_regimes; regime++) {
        struct block *block = &ensemble->blocks[regime];
        kernel->month(block, &ensemble->work, scenario, regime, ensemble->month);
        kernel->organisations(block, &ensemble->work, scenario);
        kernel->close(block, &ensemble->work, scenario, ensemble->month);
        if (sink != NULL) {
            kernel->observe(block, &ensemble->work, ensemble->scenario);
            sink(context, regime, ensemble->month, &ensemble->work);
        }
    }
}

static void step_aftercare(struct ensemble *ensemble, ensemble_sink *sink, void *context)
{
    const struct scenario *scenario = scenario_in(ensemble->scenario, ensemble->month);
    work_rest(&ensemble->work);
    for (int regime = 0; regime < ensemble->scenario->n_regimes; regime++) {
        struct block *block = &ensemble->blocks[regime];
        ensemble->kernel->aftercare(block, scenario, ensemble->month);
        if (sink != NULL) {
            ensemble->kernel->observe(block, &ensemble->work, ensemble->scenario);
            sink(context, regime, ensemble->month, &ensemble->work);
        }
    }
}

void ensemble_step(struct ensemble *ensemble, ensemble_sink *sink, void *context)
{
    if (ensemble->month < ensemble->scenario->rates.months) {
        step_supported(ensemble, sink, context);
    } else {
        step_aftercare(ensemble, sink, context);
    }
    ensemble->month++;
}

void ensemble_run(struct ensemble *ensemble, int every, ensemble_sink *sink, void *context)
{
    int n_months = ensemble->scenario->rates.months + ensemble->scenario->rates.aftercare_months;
    while (ensemble->month < n_months) {
        int sampled = (ensemble->month + 1) % every == 0;
        ensemble_step(ensemble, sampled ? sink : NULL, context);
    }
}
