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

/* What an organisation's seats inside tell it, when it has several: means over them. */
struct telling {
    lane_whole n;
    lane_real trust, escalated, frame[N_AXES];
};

static void gather_seats(const struct block *block, const struct work *work, const struct plan *plan, int first,
                         struct telling *telling)
{
    memset(telling, 0, sizeof *telling);
    for (int seat = first; seat < plan->n_seats; seat++) {
        for (int lane = 0; plan->seat[seat].organisation == first && lane < LANES; lane++) {
            if (work->lived[lane] & block->inside[seat][lane]) {
                telling->n[lane]++;
                telling->trust[lane] += work->trust_sum[seat][lane] * work->partners_inverse[lane];
                telling->escalated[lane] += work->escalated_sum[seat][lane] * work->partners_inverse[lane];
                for (int axis = 0; axis < N_AXES; axis++) {
                    telling->frame[axis][lane] += work->frame_start[axis][seat][lane];
                }
            }
        }
    }
}

/* All seats of the organisation see what became of it. */
static void organisation_seats(struct block *block, const struct work *work, const struct scenario *scenario, int first)
{
    const struct plan *plan = &scenario->plan;
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) struct telling telling;
    gather_seats(block, work, plan, first, &telling);
    for (int seat = first; seat < plan->n_seats; seat++) {
        for (int lane = 0; plan->seat[seat].organisation == first && lane < LANES; lane++) {
            if (telling.n[lane] == 0) {
                continue;
            }
            float n = (float)telling.n[lane];
            block->standing[seat][lane] =
                organisation_standing(r, block->standing[seat][lane], telling.trust[lane] / n);
            block->appreciation[seat][lane] = organisation_appreciation(
                r, block->appreciation[seat][lane], (float)work->structural[lane], telling.escalated[lane] / n);
            for (int axis = 0; axis < N_AXES; axis++) {
                float *position = block->position[axis][seat];
                position[lane] = organisation_position(r, position[lane], telling.frame[axis][lane] / n);
            }
        }
    }
}

static void organisations(struct block *block, const struct work *work, const struct scenario *scenario)
{
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        const struct seat *own = &scenario->plan.seat[seat];
        if (own->n_of_organisation == 1) {
            organisation_lanes(block, work, &scenario->rates, seat);
        } else if (own->organisation == seat) {
            organisation_seats(block, work, scenario, seat);
        }
    }
}

#endif
