/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_LAYERS_H
#define ENGINE_KERNEL_LAYERS_H

#include "engine/block.h"

/* Layers diagnosed and addressed, and causes solved: the sums over causes. */

static void count_layers(struct block *block, const struct rates *r)
{
    memset(block->n_diagnosed, 0, sizeof block->n_diagnosed);
    memset(block->n_addressed, 0, sizeof block->n_addressed);
    memset(block->n_solved, 0, sizeof block->n_solved);
    for (int cause = 0; cause < r->causes; cause++) {
        const int32_t *diagnosed = block->diagnosed[cause];
        const int32_t *addressed = block->addressed[cause];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            block->n_diagnosed[lane] += diagnosed[lane];
            block->n_addressed[lane] += addressed[lane];
            block->n_solved[lane] += addressed[lane] == r->layers;
        }
    }
}

#endif
