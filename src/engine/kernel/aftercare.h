/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_AFTERCARE_H
#define ENGINE_KERNEL_AFTERCARE_H

#include "engine/block.h"
#include "engine/kernel/draws.h"
#include "engine/kernel/layers.h"
#include "model/problem.h"
#include "model/survival.h"

/* 4.8 What becomes of results without support: of collaborations that ended, and of all of them in aftercare. */

/* Every addressed layer of the lanes in `which` (0 or 1) may fall back. */
static void relapse_unsupported(struct block *block, const struct scenario *scenario, int month, const lane_whole which)
{
    const struct rates *r = &scenario->rates;
    float per_seat = 1.0F / (float)scenario->plan.n_seats;
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    _Alignas(LANE_ALIGNMENT) lane_real rate;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        rate[lane] = survival_relapse_rate(r, block->goes_on[lane], block->mean_latent[lane],
                                           (float)block->n_inside[lane] * per_seat);
    }
    for (int cause = 0; cause < r->causes; cause++) {
        int32_t *addressed = block->addressed[cause];
        _Alignas(LANE_ALIGNMENT) lane_whole fallen = {0};
        for (int layer = 0; layer < r->layers; layer++) {
            int number = cause * r->layers + layer;
            if (number % 4 == 0) {
                draw_uniforms(block, scenario->seed, PURPOSE_AFTERCARE, month, (uint32_t)number / 4, uniform);
            }
            const float *luck = uniform[number % 4];
#pragma omp simd
            for (int lane = 0; lane < LANES; lane++) {
                fallen[lane] += which[lane] & (layer < addressed[lane]) & happens(luck[lane], rate[lane]);
            }
        }
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            addressed[lane] -= fallen[lane];
        }
    }
}

/* A month without support: first the lapse, then the relapse, then the symptom. */
static void aftercare(struct block *block, const struct scenario *scenario, int month)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_whole all;
    float share = 1.0F / (float)(r->causes * r->layers);
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    draw_uniforms(block, scenario->seed, PURPOSE_LAPSE, month, 0, uniform);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float rate = survival_lapse_rate(r, block->mean_momentum[lane], block->mean_trust[lane]);
        block->goes_on[lane] &= !happens(uniform[0][lane], rate);
        all[lane] = 1;
    }
    relapse_unsupported(block, scenario, month, all);
    count_layers(block, r);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        block->symptom[lane] = problem_symptom(r, block->symptom[lane], (float)block->n_addressed[lane] * share);
    }
}

#endif
