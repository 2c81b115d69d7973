/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include "base/status.h"
#include "engine/block.h"
#include "engine/samples.h"
#include "engine/scenario.h"
#include "engine/work.h"

/* The phases of a month over the lanes of a block. The same source is compiled once per vector level of the processor
 * (engine/kernel/kernel.c); every level computes the same bits. */
struct kernel {
    const char *level;

    /* The start of all lanes (docs/model.md 5). The caller has set replicate, entity and n_lanes and, where
     * organisations are shared, filled the seats' organisation, position, standing and appreciation. */
    void (*start)(struct block *block, const struct scenario *scenario);

    /* What the world does at the start of `month`: `n_acts` acts of that month, in their order. Before the luck, which
     * looks at who is inside. */
    void (*acts)(struct block *block, const struct scenario *scenario, int month, int n_acts, const struct act *acts);

    /* The luck in `month` of `n_blocks` blocks whose lanes have the same addresses: one call serves all regimes. */
    void (*luck)(struct work *work, int n_blocks, const struct block *blocks, const struct scenario *scenario,
                 int month);

    /* Steering, ties, problem, persons, convener, funder, survival of one month. Leaves the flows in `work`. */
    void (*month)(struct block *block, struct work *work, const struct scenario *scenario, int regime, int month);

    /* Organisations that sit at one table only learn from it. (Shared ones: engine/world.c.) */
    void (*organisations)(struct block *block, const struct work *work, const struct scenario *scenario);

    /* Lets people in and out, takes the means and counts of the month's end, and adds to the totals. */
    void (*close)(struct block *block, struct work *work, const struct scenario *scenario, int month);

    /* One month of aftercare. */
    void (*aftercare)(struct block *block, const struct scenario *scenario, int month);

    /* Writes every series of the month's end to work->series. */
    void (*observe)(const struct block *block, struct work *work, const struct scenario *scenario);

    /* Adds `n` samples (finite) of a series with top 1 / per_top to its bins and sums (engine/samples.h). */
    void (*count)(int n, const float *samples, float per_top, uint32_t bins[SAMPLE_BINS], int64_t *sum,
                  int64_t *sum_squares);

    /* Adds the differences of `n` samples to others, and the squares of the differences, in the same units. */
    void (*count_pairs)(int n, const float *samples, const float *others, float per_top, int64_t *sum,
                        int64_t *sum_squares);
};

/* The best kernel for this processor, or the level named by the environment variable DREDGE_LEVEL (v1, v2, v3, v4,
 * portable) when it is built and the processor has it. */
const struct kernel *kernel_best(void);

/* Would the same bits come out? DREDGE_USAGE unless DREDGE_LEVEL, if it is set, names such a level, and the first `n_threads`
 * threads of OpenMP, this one among them, compute as threads do that nobody has switched. */
STATUS_CHECKED dredge_status kernel_check(int n_threads);

#endif
