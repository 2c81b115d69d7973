/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_ENSEMBLE_H
#define ENGINE_ENSEMBLE_H

#include "base/status.h"
#include "engine/block.h"
#include "engine/kernel.h"
#include "engine/scenario.h"
#include "engine/work.h"

/* An ensemble: replicates of a programme of one collaboration, LANES of them side by side, all regimes in step so that
 * they share each month's luck. One ensemble belongs to one thread. */
struct ensemble {
    const struct kernel *kernel;     /* borrowed */
    const struct scenario *scenario; /* borrowed */
    struct block *blocks;            /* [n_regimes] */
    struct work work;
    void *memory;       /* what the blocks live in, owned; NULL when it is the caller's */
    int n_lanes, month; /* month: the next one to step, 0 .. months + aftercare_months */
};

/* Bytes that an ensemble of `scenario` needs; a multiple of LANE_ALIGNMENT. */
size_t ensemble_bytes(const struct scenario *scenario);

/* Lays out an ensemble of `scenario` (borrowed, must outlive it) in `memory` (ensemble_bytes long, aligned to
 * LANE_ALIGNMENT; the caller's). */
void ensemble_place(struct ensemble *ensemble, const struct kernel *kernel, const struct scenario *scenario,
                    void *memory);

/* The same in memory of its own, freed with ensemble_free (safe when zeroed). */
STATUS_CHECKED dredge_status ensemble_init(struct ensemble *ensemble, const struct kernel *kernel,
                                           const struct scenario *scenario);
void ensemble_free(struct ensemble *ensemble);

/* Starts replicates first .. first + n_lanes - 1 (n_lanes <= LANES) of every regime. */
void ensemble_start(struct ensemble *ensemble, uint32_t first, int n_lanes);

/* Where the series of a regime (work->series) go after a sampled month. */
typedef void ensemble_sink(void *context, int regime, int month, const struct work *work);

/* Steps one month (of support or aftercare) of all regimes and hands their series to `sink`, unless it is NULL. */
void ensemble_step(struct ensemble *ensemble, ensemble_sink *sink, void *context);

/* Steps through support and aftercare, sampling every `every`-th month; sink may be NULL. */
void ensemble_run(struct ensemble *ensemble, int every, ensemble_sink *sink, void *context);

#endif
