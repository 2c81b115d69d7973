/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_FUNDER_H
#define ENGINE_KERNEL_FUNDER_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/funder.h"
#include "model/survival.h"

/* 4.6 Funder and 4.7 survival. What persons still saw as it was at the start of the month now becomes what it is. */

static void review(struct block *block, const struct rates *r, float force)
{
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int reviewed = block->alive[lane] & !block->formation[lane];
        float gap = funder_gap(r, block->counted_since[lane], block->structural_since[lane]);
        float pressure = funder_pressure(r, block->pressure[lane], force, gap);
        float budget = funder_budget(r, block->budget[lane], force, gap);
        block->pressure[lane] = reviewed ? pressure : block->pressure[lane];
        block->budget[lane] = reviewed ? budget : block->budget[lane];
        block->counted_since[lane] = 0;
        block->structural_since[lane] = 0;
    }
}

static void funder(struct block *block, const struct work *work, const struct rates *r, float force, int month)
{
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        block->relevance[lane] = work->relevance_after[lane];
        block->wins[lane] = (float)(work->quick[lane] + work->structural[lane]);
        block->counted_since[lane] += (float)(work->quick[lane] + work->paper[lane]);
        block->structural_since[lane] += (float)work->structural[lane];
    }
    if ((month + 1) % r->review_months == 0) {
        review(block, r, force);
    }
}

static void survival(struct block *block, const struct work *work, const struct rates *r)
{
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int ends = happens(work->luck.effort[3][lane], survival_ending_rate(r, block->mean_momentum[lane]));
        block->alive[lane] &= !ends;
        block->goes_on[lane] &= block->alive[lane];
    }
}

#endif
