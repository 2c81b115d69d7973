/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_CONVENER_H
#define ENGINE_KERNEL_CONVENER_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/convener.h"

/* 4.5 The convener gains experience, and is succeeded: rare, so one lane at a time. */

static void convener(struct block *block, const struct work *work, const struct scenario *scenario)
{
    const struct rates *r = &scenario->rates;
    const float *luck = work->luck.succession[0];
    int any = 0;
#pragma omp simd reduction(| : any)
    for (int lane = 0; lane < LANES; lane++) {
        float skill = convener_skill(r, block->skill[lane], work->through[lane]);
        block->skill[lane] = block->alive[lane] ? skill : block->skill[lane];
        any |= block->alive[lane] & happens(luck[lane], r->succession);
    }
    for (int lane = 0; any && lane < LANES; lane++) {
        if (block->alive[lane] && happens(luck[lane], r->succession)) {
            block->skill[lane] = quantiles_at(scenario->skill, work->luck.succession[1][lane]);
        }
    }
}

#endif
