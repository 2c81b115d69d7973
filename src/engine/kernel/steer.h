/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_STEER_H
#define ENGINE_KERNEL_STEER_H

#include "engine/block.h"
#include "engine/work.h"
#include "model/steering.h"
#include "model/tie.h"

/* 4.1 Steering, and what follows from who is inside. */

static struct helm helm_of(const struct steering *steering, const struct rates *r, int month)
{
    int half = steering->swing_months > 0 && fmod(month, steering->swing_months) >= steering->swing_months / 2;
    double swing = steering->swing_months > 0 ? steering->swing : 0;
    struct helm helm = {
#define STEERING(field, ...) .field = (float)steering->field,
#include "model/regime.def"
#undef STEERING
        .rhythm = (float)(half ? -swing : swing),
        .may_form = month < steering->formation_months && (month > 0 || steering->front > 0),
        .may_end = month >= r->formation_least,
    };
    return helm;
}

static void steer(struct block *block, struct work *work, const struct scenario *scenario, const struct helm *helm,
                  int month)
{
    const struct rates *r = &scenario->rates;
    float imprinted = tie_imprinted(r, month);
    float per_cause = 1.0F / (float)r->causes;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        struct view view = {block->mean_open[lane], block->mean_latent[lane], block->mean_momentum[lane],
                            (float)(block->n_diagnosed[lane] - block->n_addressed[lane]) * per_cause};
        float pressure = block->pressure[lane];
        float tension = steering_tension(r, view);
        int formation = steering_formation(helm, block->formation[lane], tension);
        float after = steering_planned(helm, view, tension);
        float process = steering_process(formation ? helm->front : after, pressure);
        process = block->alive[lane] ? process : 0.0F;
        block->formation[lane] = formation;
        work->process[lane] = process;
        work->depth[lane] = steering_depth(helm, view.momentum, pressure);
        work->reaching[lane] = tie_reaching(r, process, imprinted, block->fatigue[lane]);
        work->skill[lane] = block->skill[lane] * scenario->roles.skill;
        work->renown[lane] = block->relevance[lane] * block->wins[lane];
        work->bury_share[lane] = tie_bury_share(r, process);
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
