/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_CLOSE_H
#define ENGINE_KERNEL_CLOSE_H

#include "engine/block.h"
#include "engine/kernel/means.h"
#include "engine/work.h"

/* The end of a month. */

/* Counts of the month. */
static void add_counts(struct totals *totals, const struct work *work)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            totals->turnover[sector][lane] += (float)work->left[sector][lane];
            totals->withdrawals[sector][lane] += (float)work->withdrew[sector][lane];
        }
    }
    for (int source = 0; source < N_SOURCES; source++) {
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            totals->found[source][lane] += (float)work->found[source][lane];
        }
    }
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            totals->learning[pair][lane] += work->pair_learning[pair][lane];
        }
    }
}

static void add_totals(struct block *block, struct work *work, int month)
{
    struct totals *totals = &block->totals;
    float now = (float)(month + 1);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int won = work->quick[lane] + work->structural[lane] > 0;
        int is_first_win = won & (totals->first_win[lane] == 0);
        int is_first_layer = (block->n_addressed[lane] > 0) & (totals->first_layer[lane] == 0);
        int is_first_cause = (block->n_solved[lane] > 0) & (totals->first_cause[lane] == 0);
        totals->process[lane] += work->process[lane];
        totals->pressure[lane] += block->pressure[lane];
        totals->symptom[lane] += block->symptom[lane];
        totals->relevance[lane] += block->relevance[lane];
        totals->quick[lane] += (float)work->quick[lane];
        totals->paper[lane] += (float)work->paper[lane];
        totals->escalations[lane] += work->escalations[lane] * work->ties_inverse[lane];
        work->seats[lane] = (float)(work->lived[lane] * block->n_inside[lane]);
        totals->person_months[lane] += work->seats[lane];
        totals->first_win[lane] = is_first_win ? now : totals->first_win[lane];
        totals->first_layer[lane] = is_first_layer ? now : totals->first_layer[lane];
        totals->first_cause[lane] = is_first_cause ? now : totals->first_cause[lane];
        totals->addressed_end[lane] = (float)block->n_addressed[lane];
        totals->solved_end[lane] = (float)block->n_solved[lane];
    }
    add_counts(totals, work);
    if (month == 35) {
        memcpy(totals->symptom_year3, block->symptom, sizeof totals->symptom_year3);
    }
}

/* Notes the month in which the state stopped being finite: whatever goes wrong in a tie or a person reaches their means. */
static void note_failures(struct block *block, int month)
{
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float sum = block->mean_trust[lane] + block->mean_latent[lane] + block->mean_open[lane] +
                    block->mean_unexplored[lane] + block->mean_momentum[lane] + block->symptom[lane] +
                    block->pressure[lane] + block->budget[lane] + block->relevance[lane] + block->fatigue[lane] +
                    block->skill[lane];
        int is_finite = sum - sum == 0;
        int is_new = !is_finite & (block->failed[lane] == 0);
        block->failed[lane] = is_new ? month + 1 : block->failed[lane];
    }
}

static void close_month(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    add_totals(block, work, month);
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        int32_t *inside = block->inside[seat];
        const int32_t *joins = work->joins[seat];
        const int32_t *withdraws = work->withdraws[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            inside[lane] = (inside[lane] | joins[lane]) & !withdraws[lane];
        }
    }
    take_means(block, &scenario->plan);
    note_failures(block, month);
}

#endif
