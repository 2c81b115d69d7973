/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_LUCK_H
#define ENGINE_KERNEL_LUCK_H

#include "engine/kernel/draws.h"
#include "engine/work.h"

/* The luck of a month: all draws whose number does not depend on what happens. */

/* Two items per block of four words: item's first word to `first`, second to `second`, as uniforms. */
static void draw_pairs(const struct block *block, uint64_t seed, uint32_t purpose, int month, int n, lane_real *first,
                       lane_real *second)
{
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    for (int item = 0; item < n; item += 2) {
        draw_words(block, seed, purpose, month, (uint32_t)item / 2, words);
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            first[item][lane] = stream_uniform(words[0][lane]);
            second[item][lane] = stream_uniform(words[1][lane]);
            first[item + 1][lane] = stream_uniform(words[2][lane]);
            second[item + 1][lane] = stream_uniform(words[3][lane]);
        }
    }
}

static void luck(struct work *work, const struct block *block, const struct scenario *scenario, int month)
{
    struct luck *luck = &work->luck;
    uint64_t seed = scenario->seed;
    draw_pairs(block, seed, PURPOSE_TIE, month, scenario->plan.n_ties, luck->tie_generation, luck->tie_escalation);
    draw_pairs(block, seed, PURPOSE_PERSON, month, scenario->plan.n_seats, luck->person_noise, luck->person_event);
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        float *noise = luck->person_noise[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            noise[lane] = stream_normal(noise[lane]);
        }
    }
    draw_pairs(block, seed, PURPOSE_RELAPSE, month, scenario->rates.causes, luck->relapse, luck->stale);
    draw_uniforms(block, seed, PURPOSE_EFFORT, month, 0, luck->effort);
}

#endif
