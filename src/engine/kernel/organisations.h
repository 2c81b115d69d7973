/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_ORGANISATIONS_H
#define ENGINE_KERNEL_ORGANISATIONS_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/organisation.h"

/* 4.5 Organisations that sit at one table: the means over their inside seats are those of one seat. */

static void organisation_lanes(struct block *block, const struct work *work, const struct rates *r, int seat)
{
    float *standing = block->standing[seat];
    float *appreciation = block->appreciation[seat];
    const int32_t *inside = block->inside[seat];
    const float *trust_sum = work->trust_sum[seat];
    const float *escalated_sum = work->escalated_sum[seat];
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int acts = work->lived[lane] & inside[lane];
        float trust = trust_sum[lane] * work->partners_inverse[lane];
        float escalated = escalated_sum[lane] * work->partners_inverse[lane];
        float next_standing = organisation_standing(r, standing[lane], trust);
        float next_appreciation =
            organisation_appreciation(r, appreciation[lane], (float)work->structural[lane], escalated);
        standing[lane] = acts ? next_standing : standing[lane];
        appreciation[lane] = acts ? next_appreciation : appreciation[lane];
    }
    for (int axis = 0; axis < N_AXES; axis++) {
        float *position = block->position[axis][seat];
        const float *frame = work->frame_start[axis][seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            int acts = work->lived[lane] & inside[lane];
            float next = organisation_position(r, position[lane], frame[lane]);
            position[lane] = acts ? next : position[lane];
        }
    }
}

static void organisations(struct block *block, const struct work *work, const struct scenario *scenario)
{
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        organisation_lanes(block, work, &scenario->rates, seat);
    }
}

#endif
