/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_LUCK_H
#define ENGINE_KERNEL_LUCK_H

#include "engine/kernel/draws.h"
#include "engine/work.h"

/* The luck of a month: all draws whose number does not depend on what happens. */

/* Items `item` and item + 1 share a block of four words: first and second word of each, as uniforms. */
static void draw_pair(const struct block *block, uint64_t seed, uint32_t purpose, int month, int item, lane_real *first,
                      lane_real *second)
{
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    draw_words(block, seed, purpose, month, (uint32_t)item / 2, words);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        first[item][lane] = stream_uniform(words[0][lane]);
        second[item][lane] = stream_uniform(words[1][lane]);
        first[item + 1][lane] = stream_uniform(words[2][lane]);
        second[item + 1][lane] = stream_uniform(words[3][lane]);
    }
}

static void draw_pairs(const struct block *block, uint64_t seed, uint32_t purpose, int month, int n, lane_real *first,
                       lane_real *second)
{
    for (int item = 0; item < n; item += 2) {
        draw_pair(block, seed, purpose, month, item, first, second);
    }
}

/* Is someone on the seat, in any lane? */
static int seat_taken(const lane_whole inside)
{
    int any = 0;
#pragma omp simd reduction(| : any)
    for (int lane = 0; lane < LANES; lane++) {
        any |= inside[lane];
    }
    return any;
}

/* Items `item` to item + 3 share a block. */
static void draw_four(const struct block *block, uint64_t seed, uint32_t purpose, int month, int item,
                      lane_real *uniforms)
{
    draw_uniforms(block, seed, purpose, month, (uint32_t)item / 4, uniforms + item);
}

/* The words of ties, less those of four that act in no lane. */
static void draw_ties(struct luck *luck, const struct block *block, const struct scenario *scenario, int month)
{
    const struct plan *plan = &scenario->plan;
    for (int first = 0; first < plan->n_ties; first += 4) {
        int act = 0;
        for (int tie = first; tie < first + 4 && tie < plan->n_ties; tie++) {
            act |= luck->taken[plan->pair[tie].i] & luck->taken[plan->pair[tie].j];
        }
        if (act) {
            draw_words(block, scenario->seed, PURPOSE_TIE, month, (uint32_t)first / 4, luck->tie + first);
        }
    }
}

static void find_taken(struct luck *luck, int n_blocks, const struct block *blocks, int n_seats)
{
    for (int seat = 0; seat < n_seats; seat++) {
        luck->taken[seat] = 0;
        for (int k = 0; k < n_blocks; k++) {
            luck->taken[seat] |= seat_taken(blocks[k].inside[seat]);
        }
    }
}

static inline void luck_of(struct work *work, int n_blocks, const struct block *blocks, const struct scenario *scenario,
                           int month)
{
    struct luck *luck = &work->luck;
    uint64_t seed = scenario->seed;
    find_taken(luck, n_blocks, blocks, scenario->plan.n_seats);
    draw_ties(luck, &blocks[0], scenario, month);
    draw_pairs(&blocks[0], seed, PURPOSE_PERSON, month, scenario->plan.n_seats, luck->person_noise, luck->person_event);
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        float *noise = luck->person_noise[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            noise[lane] = stream_normal(noise[lane]);
        }
    }
    draw_pairs(&blocks[0], seed, PURPOSE_RELAPSE, month, scenario->rates.causes, luck->relapse, luck->stale);
    for (int seat = 0; seat < scenario->plan.n_seats; seat += 4) {
        draw_four(&blocks[0], seed, PURPOSE_WITHDRAWAL, month, seat, luck->withdrawal);
    }
    draw_uniforms(&blocks[0], seed, PURPOSE_EFFORT, month, 0, luck->effort);
    draw_uniforms(&blocks[0], seed, PURPOSE_SOURCE, month, 0, luck->source);
    draw_uniforms(&blocks[0], seed, PURPOSE_SUCCESSION, month, 0, luck->succession);
}

#endif
