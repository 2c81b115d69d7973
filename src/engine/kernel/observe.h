/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_OBSERVE_H
#define ENGINE_KERNEL_OBSERVE_H

#include "engine/block.h"
#include "engine/work.h"

/* What is observed after a month: the series. */

static void observe_sector(const struct block *block, struct work *work, const struct plan *plan, int sector)
{
    float *momentum = work->series[sector_series_column(SECTOR_SERIES_momentum_by_sector, sector)];
    float *inclusion = work->series[sector_series_column(SECTOR_SERIES_inclusion_by_sector, sector)];
    float *turnover = work->series[sector_series_column(SECTOR_SERIES_turnover_by_sector, sector)];
    float *withdrawals = work->series[sector_series_column(SECTOR_SERIES_withdrawals_by_sector, sector)];
    int n_seats = 0;
    _Alignas(LANE_ALIGNMENT) lane_real sum = {0};
    _Alignas(LANE_ALIGNMENT) lane_whole n = {0};
    for (int seat = 0; seat < plan->n_seats; seat++) {
        if (plan->seat[seat].sector != sector) {
            continue;
        }
        n_seats++;
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            sum[lane] += (float)block->inside[seat][lane] * block->momentum[seat][lane];
            n[lane] += block->inside[seat][lane];
        }
    }
    float per_seat = 1.0F / (float)(n_seats > 0 ? n_seats : 1);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        momentum[lane] = sum[lane] / (float)(n[lane] > 0 ? n[lane] : 1);
        inclusion[lane] = (float)n[lane] * per_seat;
        turnover[lane] = (float)work->left[sector][lane];
        withdrawals[lane] = (float)work->withdrew[sector][lane];
    }
}

static void observe_pair(const struct block *block, struct work *work, const struct plan *plan, int sectors)
{
    float *trust = work->series[pair_series_column(PAIR_SERIES_trust_by_pair, sectors)];
    float *open = work->series[pair_series_column(PAIR_SERIES_open_by_pair, sectors)];
    float *latent = work->series[pair_series_column(PAIR_SERIES_latent_by_pair, sectors)];
    float *learning = work->series[pair_series_column(PAIR_SERIES_learning_by_pair, sectors)];
    _Alignas(LANE_ALIGNMENT) lane_real sums[3] = {{0}};
    _Alignas(LANE_ALIGNMENT) lane_real n = {0};
    for (int tie = 0; tie < plan->n_ties; tie++) {
        const struct pair *pair = &plan->pair[tie];
        if (pair->sectors != sectors) {
            continue;
        }
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            float counts = (float)(block->inside[pair->i][lane] & block->inside[pair->j][lane]);
            sums[0][lane] += counts * block->trust[tie][lane];
            sums[1][lane] += counts * block->open[tie][lane];
            sums[2][lane] += counts * block->latent[tie][lane];
            n[lane] += counts;
        }
    }
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float share = 1.0F / (n[lane] > 0 ? n[lane] : 1.0F);
        trust[lane] = sums[0][lane] * share;
        open[lane] = sums[1][lane] * share;
        latent[lane] = sums[2][lane] * share;
        learning[lane] = work->pair_learning[sectors][lane];
    }
}

static void observe(const struct block *block, struct work *work, const struct scenario *scenario)
{
    const struct rates *r = &scenario->rates;
    float per_layer = 1.0F / (float)(r->causes * r->layers);
    float per_cause = 1.0F / (float)r->causes;
    float per_seat = 1.0F / (float)scenario->plan.n_seats;
    lane_real *series = work->series;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        series[SERIES_structural_share][lane] = (float)block->n_addressed[lane] * per_layer;
        series[SERIES_solved_share][lane] = (float)block->n_solved[lane] * per_cause;
        series[SERIES_quick_results][lane] = (float)work->quick[lane];
        series[SERIES_symptom][lane] = block->symptom[lane];
        series[SERIES_trust][lane] = block->mean_trust[lane];
        series[SERIES_momentum][lane] = block->mean_momentum[lane];
        series[SERIES_latent][lane] = block->mean_latent[lane];
        series[SERIES_open][lane] = block->mean_open[lane];
        series[SERIES_escalations][lane] = work->escalations[lane] * work->ties_inverse[lane];
        series[SERIES_turnover][lane] =
            (float)(work->left[SECTOR_PUBLIC][lane] + work->left[SECTOR_PRIVATE][lane] +
                    work->left[SECTOR_NONPROFIT][lane] + work->left[SECTOR_KNOWLEDGE][lane]);
        series[SERIES_inclusion][lane] = (float)block->n_inside[lane] * per_seat;
        series[SERIES_process_share][lane] = work->process[lane];
        series[SERIES_pressure][lane] = block->pressure[lane];
        series[SERIES_budget][lane] = block->budget[lane];
        series[SERIES_survival][lane] = (float)block->goes_on[lane];
        series[SERIES_relevance][lane] = block->relevance[lane];
        series[SERIES_skill][lane] = block->skill[lane];
        series[SERIES_unexplored][lane] = block->mean_unexplored[lane];
        series[SERIES_withdrawals][lane] =
            (float)(work->withdrew[SECTOR_PUBLIC][lane] + work->withdrew[SECTOR_PRIVATE][lane] +
                    work->withdrew[SECTOR_NONPROFIT][lane] + work->withdrew[SECTOR_KNOWLEDGE][lane]);
        series[SERIES_paper_results][lane] = (float)work->paper[lane];
    }
    for (int sector = 0; scenario->by_sector && sector < N_SECTORS; sector++) {
        observe_sector(block, work, &scenario->plan, sector);
    }
    for (int pair = 0; scenario->by_sector && pair < N_SECTOR_PAIRS; pair++) {
        observe_pair(block, work, &scenario->plan, pair);
    }
}

#endif
