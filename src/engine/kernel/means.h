/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_MEANS_H
#define ENGINE_KERNEL_MEANS_H

#include "engine/block.h"

/* Means over insiders: trust T, latent L, open Q and what is unexplored over their ties, momentum M over persons; and their
 * number k. */

struct tie_sums {
    _Alignas(LANE_ALIGNMENT) lane_real trust, latent, open, unexplored;
};

static void sum_ties(const struct block *block, const struct plan *plan, struct tie_sums *sums)
{
    for (int tie = 0; tie < plan->n_ties; tie++) {
        const int32_t *inside_i = block->inside[plan->pair[tie].i];
        const int32_t *inside_j = block->inside[plan->pair[tie].j];
        const float *t = block->trust[tie];
        const float *l = block->latent[tie];
        const float *q = block->open[tie];
        const float *e = block->unexplored[tie];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            float counts = (float)(inside_i[lane] & inside_j[lane]);
            sums->trust[lane] += counts * t[lane];
            sums->latent[lane] += counts * l[lane];
            sums->open[lane] += counts * q[lane];
            sums->unexplored[lane] += counts * e[lane];
        }
    }
}

static void sum_persons(const struct block *block, const struct plan *plan, lane_real momentum, lane_whole n_inside)
{
    for (int seat = 0; seat < plan->n_seats; seat++) {
        const int32_t *inside = block->inside[seat];
        const float *m = block->momentum[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            momentum[lane] += (float)inside[lane] * m[lane];
            n_inside[lane] += inside[lane];
        }
    }
}

static void take_means(struct block *block, const struct plan *plan)
{
    struct tie_sums sums = {.trust = {0}};
    _Alignas(LANE_ALIGNMENT) lane_real momentum = {0};
    _Alignas(LANE_ALIGNMENT) lane_whole n_inside = {0};
    sum_ties(block, plan, &sums);
    sum_persons(block, plan, momentum, n_inside);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int n_ties = n_inside[lane] * (n_inside[lane] - 1) / 2;
        float ties_inverse = 1.0F / (float)(n_ties > 0 ? n_ties : 1);
        block->mean_trust[lane] = sums.trust[lane] * ties_inverse;
        block->mean_latent[lane] = sums.latent[lane] * ties_inverse;
        block->mean_open[lane] = sums.open[lane] * ties_inverse;
        block->mean_unexplored[lane] = sums.unexplored[lane] * ties_inverse;
        block->mean_momentum[lane] = momentum[lane] / (float)(n_inside[lane] > 0 ? n_inside[lane] : 1);
        block->n_inside[lane] = n_inside[lane];
    }
}

#endif
