/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_FUNDER_H
#define ENGINE_KERNEL_FUNDER_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/funder.h"
#include "model/problem.h"

/* 4.6 Funder and 4.7 survival, with the visibility of results (4.3 step 3). */

static void review(struct block *block, const struct scenario *scenario, float kpi_weight)
{
    const struct rates *r = &scenario->rates;
    float force = funder_force(kpi_weight, r->room * scenario->role);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int reviewed = block->alive[lane] & !block->formation[lane];
        float gap = funder_gap(r, block->quick_since[lane], block->structural_since[lane]);
        float pressure = funder_pressure(block->pressure[lane], force, gap);
        float budget = funder_budget(r, block->budget[lane], force, gap);
        block->pressure[lane] = reviewed ? pressure : block->pressure[lane];
        block->budget[lane] = reviewed ? budget : block->budget[lane];
        block->quick_since[lane] = 0;
        block->structural_since[lane] = 0;
    }
}

static void funder(struct block *block, const struct work *work, const struct scenario *scenario, float kpi_weight,
                   int month)
{
    const struct rates *r = &scenario->rates;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float wins = (float)(work->quick[lane] + work->structural[lane]);
        float visibility = problem_visibility(r, block->visibility[lane], wins);
        block->visibility[lane] = block->alive[lane] ? visibility : block->visibility[lane];
        block->wins[lane] = wins;
        block->quick_since[lane] += (float)work->quick[lane];
        block->structural_since[lane] += (float)work->structural[lane];
    }
    if ((month + 1) % r->review_months == 0) {
        review(block, scenario, kpi_weight);
    }
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        block->alive[lane] &= !happens(work->luck.effort[3][lane], funder_ending_rate(r, block->mean_momentum[lane]));
    }
}

#endif
