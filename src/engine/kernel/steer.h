/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_STEER_H
#define ENGINE_KERNEL_STEER_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/steering.h"
#include "model/tie.h"

/* 4.1 Steering, and what follows from who is inside. */

static struct helm helm_of(const struct steering *steering, int month)
{
    int half = steering->swing_months > 0 && fmod(month, steering->swing_months) >= steering->swing_months / 2;
    double swing = steering->swing_months > 0 ? steering->swing : 0;
    struct helm helm = {
        .front = (float)steering->front,
        .base = (float)steering->base,
        .tension_gain = (float)steering->tension_gain,
        .tension_setpoint = (float)steering->tension_setpoint,
        .momentum_gain = (float)steering->momentum_gain,
        .momentum_setpoint = (float)steering->momentum_setpoint,
        .depth = (float)steering->depth,
        .depth_gain = (float)steering->depth_gain,
        .swing = (float)(half ? -swing : swing),
        .formation_gate = (float)steering->formation_gate,
        .kpi_weight = (float)steering->kpi_weight,
        .may_form = month < steering->formation_months,
        .may_end = month >= 3,
    };
    return helm;
}

static void steer(struct block *block, struct work *work, const struct rates *r, const struct helm *helm)
{
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int formation = steering_formation(helm, block->formation[lane], block->mean_open[lane]);
        float after = steering_planned(helm, r->sensing, block->mean_open[lane], block->mean_latent[lane],
                                       block->mean_momentum[lane]);
        float process = steering_process(formation ? helm->front : after, block->pressure[lane]);
        work->process[lane] = block->alive[lane] ? process : 0.0F;
        work->depth[lane] = steering_depth(helm, block->mean_momentum[lane], block->pressure[lane]);
        work->bury_share[lane] = tie_bury_share(r, work->process[lane]);
        block->formation[lane] = formation;
    }
}

static void count_insiders(const struct block *block, struct work *work, const struct plan *plan)
{
    memset(work->present, 0, sizeof work->present);
    for (int seat = 0; seat < plan->n_seats; seat++) {
        int32_t *present = work->present[plan->seat[seat].sector];
        const int32_t *inside = block->inside[seat];
        int any = 0;
#pragma omp simd reduction(| : any)
        for (int lane = 0; lane < LANES; lane++) {
            present[lane] += inside[lane];
            any |= inside[lane];
        }
        work->taken[seat] = any;
    }
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int k = block->n_inside[lane];
        int n_ties = k * (k - 1) / 2;
        work->partners_inverse[lane] = 1.0F / (float)(k > 1 ? k - 1 : 1);
        work->ties_inverse[lane] = n_ties > 0 ? 1.0F / (float)(n_ties > 0 ? n_ties : 1) : 0.0F;
        work->coverage[lane] = (float)k / (float)plan->n_seats;
    }
}

#endif
