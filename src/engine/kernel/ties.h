/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_TIES_H
#define ENGINE_KERNEL_TIES_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/steering.h"
#include "model/tie.h"

/* 4.2 Ties: the hot loop. Rules stand in model/tie.h; here they meet the lanes. */

static void clear_flows(const struct block *block, struct work *work, const struct plan *plan)
{
    size_t seat_bytes = (size_t)plan->n_seats * sizeof(lane_real);
    memset(work->trust_sum, 0, seat_bytes);
    memset(work->open_sum, 0, seat_bytes);
    memset(work->escalated_sum, 0, seat_bytes);
    for (int axis = 0; axis < N_AXES; axis++) {
        memset(work->pull[axis], 0, seat_bytes);
        memcpy(work->frame_start[axis], block->frame[axis], seat_bytes);
    }
    memset(work->through, 0, sizeof work->through);
    memset(work->escalations, 0, sizeof work->escalations);
    memset(work->pair_learning, 0, sizeof work->pair_learning);
    for (int seat = 0; seat < plan->n_seats; seat++) {
        const float *momentum = block->momentum[seat];
        float *drive = work->drive[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            drive[lane] = sqrtf(momentum[lane]);
        }
    }
}

/* All lanes of one tie. Lanes in which the tie does not act (a partner outside, an ended collaboration) keep their
 * state and add nothing. */
static void tie_lanes(struct block *block, struct work *work, const struct rates *rates, const struct pair *pair,
                      int tie)
{
    const struct rates own = *rates; /* a copy, since clang vectorises only what it knows not to change */
    const struct rates *r = &own;
    const int i = pair->i;
    const int j = pair->j;
    float *restrict trust = block->trust[tie];
    float *restrict latent = block->latent[tie];
    float *restrict open = block->open[tie];
    float *restrict unexplored = block->unexplored[tie];
    const float *restrict yi0 = block->frame[0][i], *restrict yj0 = block->frame[0][j];
    const float *restrict yi1 = block->frame[1][i], *restrict yj1 = block->frame[1][j];
    const float *restrict yi2 = block->frame[2][i], *restrict yj2 = block->frame[2][j];
    const float *restrict drive_i = work->drive[i], *restrict drive_j = work->drive[j];
    const int32_t *restrict inside_i = block->inside[i], *restrict inside_j = block->inside[j];
    const uint32_t *restrict luck = work->luck.tie[tie];
    const int32_t *restrict alive = block->alive;
    const float *restrict process = work->process, *restrict reaching = work->reaching;
    const float *restrict bury_share = work->bury_share;
    const float *restrict pressure = block->pressure, *restrict budget = block->budget;
    const float *restrict skill = work->skill, *restrict renown = work->renown;
    float *restrict pull_i0 = work->pull[0][i], *restrict pull_j0 = work->pull[0][j];
    float *restrict pull_i1 = work->pull[1][i], *restrict pull_j1 = work->pull[1][j];
    float *restrict pull_i2 = work->pull[2][i], *restrict pull_j2 = work->pull[2][j];
    float *restrict trust_i = work->trust_sum[i], *restrict trust_j = work->trust_sum[j];
    float *restrict open_i = work->open_sum[i], *restrict open_j = work->open_sum[j];
    float *restrict escalated_i = work->escalated_sum[i], *restrict escalated_j = work->escalated_sum[j];
    float *restrict sum_through = work->through, *restrict sum_escalations = work->escalations;
    float *restrict pair_learning = work->pair_learning[pair->sectors];
    const float insight = pair->mean_insight;
    const float settle_share = tie_settle_share(r);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float axis0 = yj0[lane] - yi0[lane];
        float axis1 = yj1[lane] - yi1[lane];
        float axis2 = yj2[lane] - yi2[lane];
        int acts = alive[lane] & inside_i[lane] & inside_j[lane];
        const struct tie now = {trust[lane], latent[lane], open[lane], unexplored[lane]};
        const struct tie_month m = {
            .process = process[lane],
            .reaching = reaching[lane],
            .pressure = pressure[lane],
            .budget = budget[lane],
            .skill = skill[lane],
            .renown = renown[lane],
            .distance = tie_distance(axis0, axis1, axis2),
            .activity = drive_i[lane] * drive_j[lane],
            .luck = 2.0F * stream_uniform_lower(luck[lane]),
        };

        float safety = tie_safety(r, now.trust);
        float generated = tie_generation(r, now, m);
        float surfaced = tie_surfacing(r, m.reaching, safety, now.latent);
        float through = tie_working_through(r, m.skill, m.reaching, safety, now.open);
        float buried = bury_share[lane] * (now.open - through);
        float settled = settle_share * (now.open - through - buried);
        int escalates = acts & happens(stream_uniform_upper(luck[lane]), tie_escalation_rate(r, now, m));
        float escalated = escalates ? r->escalate_share * (now.latent - surfaced) : 0.0F;

        float next_trust = tie_trust(r, now, m, through, escalated);
        float next_unexplored = tie_unexplored(r, now.unexplored, through);
        trust[lane] = acts ? next_trust : now.trust;
        latent[lane] = acts ? now.latent + generated - surfaced + buried - escalated : now.latent;
        open[lane] = acts ? now.open + surfaced + escalated - through - buried - settled : now.open;
        unexplored[lane] = acts ? next_unexplored : now.unexplored;

        float shift = acts ? through : 0.0F;
        pull_i0[lane] += shift * axis0;
        pull_i1[lane] += shift * axis1;
        pull_i2[lane] += shift * axis2;
        pull_j0[lane] -= shift * axis0;
        pull_j1[lane] -= shift * axis1;
        pull_j2[lane] -= shift * axis2;
        float acting_trust = acts ? now.trust : 0.0F;
        float acting_open = acts ? now.open : 0.0F;
        trust_i[lane] += acting_trust;
        trust_j[lane] += acting_trust;
        open_i[lane] += acting_open;
        open_j[lane] += acting_open;
        escalated_i[lane] += escalated;
        escalated_j[lane] += escalated;
        sum_escalations[lane] += (float)escalates;
        sum_through[lane] += shift;
        pair_learning[lane] += tie_learning(shift, now.unexplored, m.distance, insight);
    }
}

/* The month's sums as means over ties: learning of all pairs of sectors; what escalated, which each seat of a tie counts;
 * and what was worked through. Then the people are as tired of process work as the last months made them. */
static void close_ties(struct block *block, struct work *work, const struct plan *plan)
{
    memset(work->learning, 0, sizeof work->learning);
    memset(work->escalated, 0, sizeof work->escalated);
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        const float *learning = work->pair_learning[pair];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            work->learning[lane] += learning[lane];
        }
    }
    for (int seat = 0; seat < plan->n_seats; seat++) {
        const float *escalated = work->escalated_sum[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            work->escalated[lane] += 0.5F * escalated[lane];
        }
    }
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        work->learning[lane] *= work->ties_inverse[lane];  /* rho */
        work->escalated[lane] *= work->ties_inverse[lane]; /* H */
        work->through[lane] *= work->ties_inverse[lane];
        float fatigue = steering_fatigue(block->fatigue[lane], work->process[lane]);
        block->fatigue[lane] = block->alive[lane] ? fatigue : block->fatigue[lane];
    }
}

static void ties(struct block *block, struct work *work, const struct scenario *scenario)
{
    const struct plan *plan = &scenario->plan;
    clear_flows(block, work, plan);
    for (int tie = 0; tie < plan->n_ties; tie++) {
        const struct pair *pair = &plan->pair[tie];
        if (work->taken[pair->i] & work->taken[pair->j]) {
            tie_lanes(block, work, &scenario->rates, pair, tie);
        }
    }
    close_ties(block, work, plan);
}

#endif
