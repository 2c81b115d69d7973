/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_PERSONS_H
#define ENGINE_KERNEL_PERSONS_H

#include "engine/block.h"
#include "engine/kernel/draws.h"
#include "engine/work.h"
#include "model/person.h"
#include "model/tie.h"

/* 4.4 Persons: momentum and frames of all lanes at once; newcomers one by one, as they are rare. */

static void person_lanes(struct block *block, struct work *work, const struct rates *r, const struct seat *profile,
                         int seat, const lane_real gain, int *any_leaves)
{
    float *momentum = block->momentum[seat];
    const float *appreciation = block->appreciation[seat];
    const int32_t *inside = block->inside[seat];
    const float *noise = work->luck.person_noise[seat];
    const float *event = work->luck.person_event[seat];
    const float *open_sum = work->open_sum[seat];
    const float *escalated_sum = work->escalated_sum[seat];
    int32_t *leaves = work->leaves[seat];
    int32_t *joins = work->joins[seat];
    int any = 0;
#pragma omp simd reduction(| : any)
    for (int lane = 0; lane < LANES; lane++) {
        int acts = block->alive[lane] & inside[lane];
        float m = momentum[lane];
        float s = work->process[lane];
        float open = open_sum[lane] * work->partners_inverse[lane];
        float escalated = escalated_sum[lane] * work->partners_inverse[lane];
        float loss = person_loss(r, open, s, appreciation[lane], profile->patience, block->visibility[lane],
                                 profile->sensitivity, block->pressure[lane], escalated);
        float next = person_momentum(r, m, gain[lane], loss, noise[lane]);
        momentum[lane] = acts ? next : m;
        leaves[lane] = acts & happens(event[lane], person_turnover_rate(r, m));
        joins[lane] = block->alive[lane] & !inside[lane] &
                      happens(event[lane], person_joining_rate(r, s, block->mean_open[lane]));
        any |= leaves[lane];
    }
    *any_leaves = any;
}

static void frame_lanes(struct block *block, const struct work *work, const struct rates *r, int seat)
{
    const int32_t *inside = block->inside[seat];
    for (int axis = 0; axis < N_AXES; axis++) {
        float *frame = block->frame[axis][seat];
        const float *pull = work->pull[axis][seat];
        const float *position = block->position[axis][seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            int acts = block->alive[lane] & inside[lane];
            float next = person_frame(r, frame[lane], pull[lane], position[lane]);
            frame[lane] = acts ? next : frame[lane];
        }
    }
}

/* A new person takes the seat: every tie starts again from memory and standing, with all tension under the table. */
static void newcomer(struct block *block, const struct scenario *scenario, int month, int seat, int lane)
{
    const struct rates *r = &scenario->rates;
    struct stream_address address = {scenario->seed,      block->replicate[lane], PURPOSE_NEWCOMER,
                                     block->entity[lane], (uint32_t)month,        (uint32_t)seat};
    uint32_t words[4];
    stream_words(&address, words);
    block->momentum[seat][lane] = clamp(PERSON_NEWCOMER_MOMENTUM * r->rest, PERSON_MOMENTUM_LOW, PERSON_MOMENTUM_HIGH);
    for (int axis = 0; axis < N_AXES; axis++) {
        block->frame[axis][seat][lane] =
            block->position[axis][seat][lane] + PERSON_FRAME_SPREAD * stream_normal(stream_uniform(words[axis]));
    }
    for (int other = 0; other < scenario->plan.n_seats; other++) {
        if (other != seat) {
            int tie = plan_tie(seat, other);
            float standing = (block->standing[seat][lane] + block->standing[other][lane]) / 2;
            block->trust[tie][lane] = tie_trust_newcomer(r, block->trust[tie][lane], standing);
            block->latent[tie][lane] += block->open[tie][lane];
            block->open[tie][lane] = 0;
        }
    }
}

static void persons(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_real gain;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        gain[lane] = person_gain(r, (float)(work->quick[lane] + work->structural[lane]));
        work->left[lane] = 0;
    }
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        int any_leaves;
        person_lanes(block, work, r, &scenario->plan.seat[seat], seat, gain, &any_leaves);
        frame_lanes(block, work, r, seat);
        for (int lane = 0; any_leaves && lane < LANES; lane++) {
            if (work->leaves[seat][lane]) {
                newcomer(block, scenario, month, seat, lane);
                work->left[lane]++;
            }
        }
    }
}

#endif
