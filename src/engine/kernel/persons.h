/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_PERSONS_H
#define ENGINE_KERNEL_PERSONS_H

#include "engine/block.h"
#include "engine/kernel/draws.h"
#include "engine/work.h"
#include "model/person.h"
#include "model/tie.h"

/* 4.4 Persons: momentum, frames, leaving and joining of all lanes at once; newcomers one by one, as they are rare. */

static void momentum_lanes(struct block *block, const struct work *work, const struct rates *r,
                           const struct seat *profile, int seat, const lane_real gain)
{
    float *momentum = block->momentum[seat];
    const float *appreciation = block->appreciation[seat];
    const int32_t *inside = block->inside[seat];
    const float *noise = work->luck.person_noise[seat];
    const float *open_sum = work->open_sum[seat];
    const float *escalated_sum = work->escalated_sum[seat];
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        const struct person_month m = {
            .commitment = block->commitment[lane],
            .open = open_sum[lane] * work->partners_inverse[lane],
            .escalated = escalated_sum[lane] * work->partners_inverse[lane],
            .process = work->process[lane],
            .appreciation = appreciation[lane],
            .relevance = block->relevance[lane],
            .patience = profile->patience,
            .pressure = block->pressure[lane],
            .sensitivity = profile->sensitivity,
        };
        int acts = block->alive[lane] & inside[lane];
        float next = person_momentum(r, momentum[lane], gain[lane], person_loss(r, m), noise[lane]);
        momentum[lane] = acts ? next : momentum[lane];
    }
}

/* Who leaves the seat to somebody else, withdraws from the table or joins it, by momentum at the start of the month. Seats
 * withdraw in their order, as long as more than two insiders remain. */
static int comings_and_goings(const struct block *block, struct work *work, const struct scenario *scenario, int seat)
{
    const struct rates *r = &scenario->rates;
    const float call = scenario->roles.call;
    const float *momentum = block->momentum[seat];
    const int32_t *inside = block->inside[seat];
    const float *event = work->luck.person_event[seat];
    const float *withdrawal = work->luck.withdrawal[seat];
    int32_t *leaves = work->leaves[seat];
    int32_t *withdraws = work->withdraws[seat];
    int32_t *joins = work->joins[seat];
    int32_t *withdrew = work->withdrew[scenario->plan.seat[seat].sector];
    int any = 0;
#pragma omp simd reduction(| : any)
    for (int lane = 0; lane < LANES; lane++) {
        int acts = block->alive[lane] & inside[lane];
        float m = momentum[lane];
        leaves[lane] = acts & happens(event[lane], person_turnover_rate(r, m));
        withdraws[lane] = acts & (work->remaining[lane] > 2) &
                          happens(withdrawal[lane], person_withdrawal_rate(r, m, block->relevance[lane]));
        joins[lane] = block->alive[lane] & !inside[lane] &
                      happens(event[lane], person_joining_rate(r, call, work->process[lane], block->mean_open[lane]));
        work->remaining[lane] -= withdraws[lane];
        withdrew[lane] += withdraws[lane];
        any |= leaves[lane];
    }
    return any;
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
            float next = person_frame(r, frame[lane], pull[lane] * work->partners_inverse[lane], position[lane]);
            frame[lane] = acts ? next : frame[lane];
        }
    }
}

/* A new person takes the seat: every tie starts again from memory and standing, with all tension under the table. The
 * words 0..2 are those of the frame. */
static void take_seat(struct block *block, const struct scenario *scenario, int seat, int lane, const uint32_t words[4])
{
    const struct rates *r = &scenario->rates;
    block->momentum[seat][lane] = person_momentum_within(r->newcomer * block->commitment[lane]);
    for (int axis = 0; axis < N_AXES; axis++) {
        block->frame[axis][seat][lane] =
            block->position[axis][seat][lane] + r->frame_spread * stream_normal(stream_uniform(words[axis]));
    }
    for (int other = 0; other < scenario->plan.n_seats; other++) {
        if (other != seat) {
            int number = plan_tie(seat, other);
            float standing = (block->standing[seat][lane] + block->standing[other][lane]) / 2;
            const struct tie before = {block->trust[number][lane], block->latent[number][lane],
                                       block->open[number][lane], block->unexplored[number][lane]};
            struct tie tie = tie_newcomer(r, before, standing);
            block->trust[number][lane] = tie.trust;
            block->latent[number][lane] = tie.latent;
            block->open[number][lane] = tie.open;
            block->unexplored[number][lane] = tie.unexplored;
        }
    }
}

static void newcomer(struct block *block, const struct scenario *scenario, int month, int seat, int lane)
{
    struct stream_address address = {scenario->seed,      block->replicate[lane], PURPOSE_NEWCOMER,
                                     block->entity[lane], (uint32_t)month,        (uint32_t)seat};
    uint32_t words[4];
    stream_words(&address, words);
    take_seat(block, scenario, seat, lane, words);
}

static void persons(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_real gain;
    memcpy(work->left, block->replaced, sizeof work->left);
    memset(block->replaced, 0, sizeof block->replaced);
    memset(work->withdrew, 0, sizeof work->withdrew);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        gain[lane] = person_gain(r, block->commitment[lane], (float)(work->quick[lane] + work->structural[lane]));
        work->remaining[lane] = block->n_inside[lane];
    }
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        const struct seat *profile = &scenario->plan.seat[seat];
        int any_leaves = comings_and_goings(block, work, scenario, seat);
        momentum_lanes(block, work, r, profile, seat, gain);
        frame_lanes(block, work, r, seat);
        for (int lane = 0; any_leaves && lane < LANES; lane++) {
            if (work->leaves[seat][lane]) {
                newcomer(block, scenario, month, seat, lane);
                work->left[profile->sector][lane]++;
            }
        }
    }
}

#endif
