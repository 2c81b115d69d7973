/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include <stdint.h>

#include "base/status.h"
#include "engine/block.h"
#include "engine/commons.h"
#include "engine/kernel.h"
#include "engine/scenario.h"
#include "engine/work.h"

/* A world: one replicate of a programme of many collaborations that share organisations, under one regime. Its blocks
 * are stepped in parallel; organisations meet in exact sums every month. Several processes can each hold a part of the
 * collaborations: `all_sum` then adds their sums. */

/* Replaces values[n] by their sums over all parts of the world. */
typedef void world_all_sum(void *context, size_t n, int64_t *values);

struct world {
    const struct kernel *kernel;     /* borrowed */
    const struct scenario *scenario; /* borrowed */
    int regime, month, n_threads;
    int first, n_collaborations; /* the part of the programme that lives here */
    int n_blocks;
    struct block *blocks; /* [n_blocks], owned */
    void *rows;           /* of all blocks, owned */
    struct work *works;   /* [n_threads], owned */
    struct commons commons;
    world_all_sum *all_sum; /* NULL: all of the world is here */
    void *context;
    float series[N_SERIES_COLUMNS]; /* means over collaborations after the month last observed */
    double seats, lived;            /* the same of insiders under support, and of whether there is any */
};

/* Room for collaborations first .. first + n_collaborations - 1 of `scenario`, on `n_threads` threads; freed with
 * world_free (safe when zeroed). */
STATUS_CHECKED dredge_status world_init(struct world *world, const struct kernel *kernel,
                                        const struct scenario *scenario, int first, int n_collaborations,
                                        int n_threads);
void world_free(struct world *world);

/* Starts a replicate under a regime. */
void world_start(struct world *world, uint32_t replicate, int regime);

/* Steps one block of it through the month under way; its flows stand in the work space of `thread` then. A part of
 * world_step, for those who look on. */
void world_step_block(struct world *world, struct block *block, int thread);

/* Steps one month of support or aftercare; with `observed`, fills world->series. */
void world_step(struct world *world, int observed);

/* Fills world->series before the first month. */
void world_observe(struct world *world);

/* Outcomes after the last month: means over the collaborations for which they are defined, NaN where there is none. Returns
 * 0, with all of them NaN, when the state of any collaboration did not stay finite. */
int world_outcomes(struct world *world, double outcomes[N_OUTCOME_COLUMNS]);

/* Bytes that a world of this size takes. */
unsigned long long world_bytes(const struct scenario *scenario, int n_collaborations, int n_threads);

#endif
