/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_CLOSE_H
#define ENGINE_KERNEL_CLOSE_H

#include "engine/block.h"
#include "engine/kernel/draws.h"
#include "engine/kernel/means.h"
#include "engine/work.h"
#include "model/problem.h"

/* The end of a month, aftercare, and what is observed. */

static void add_totals(struct block *block, const struct work *work, int month)
{
    struct totals *totals = &block->totals;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        int won = work->quick[lane] + work->structural[lane] > 0;
        int is_first = won & (totals->first_win[lane] < 0);
        totals->process[lane] += work->process[lane];
        totals->pressure[lane] += block->pressure[lane];
        totals->symptom[lane] += block->symptom[lane];
        totals->quick[lane] += (float)work->quick[lane];
        totals->turnover[lane] += (float)work->left[lane];
        totals->escalations[lane] += work->escalations[lane] * work->ties_inverse[lane];
        totals->person_months[lane] += (float)(work->lived[lane] * block->n_inside[lane]);
        totals->first_win[lane] = is_first ? (float)month : totals->first_win[lane];
        totals->addressed_end[lane] = (float)block->n_addressed[lane];
        totals->solved_end[lane] = (float)block->n_solved[lane];
    }
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        float *learning = totals->learning[pair];
        const float *of_month = work->pair_learning[pair];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            learning[lane] += of_month[lane];
        }
    }
    if (month == 35) {
        memcpy(totals->symptom_year3, block->symptom, sizeof totals->symptom_year3);
    }
}

static void close_month(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    add_totals(block, work, month);
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        int32_t *inside = block->inside[seat];
        const int32_t *joins = work->joins[seat];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            inside[lane] |= joins[lane];
        }
    }
    take_means(block, &scenario->plan);
}

/* Aftercare: every addressed layer may fall back, in proportion to the tension that was left under the table. */
static void aftercare(struct block *block, const struct scenario *scenario, int month)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    memset(block->n_addressed, 0, sizeof block->n_addressed);
    memset(block->n_solved, 0, sizeof block->n_solved);
    for (int cause = 0; cause < r->causes; cause++) {
        int32_t *addressed = block->addressed[cause];
        lane_whole fallen = {0};
        for (int layer = 0; layer < r->layers; layer++) {
            int number = cause * r->layers + layer;
            if (number % 4 == 0) {
                draw_uniforms(block, scenario->seed, PURPOSE_AFTERCARE, month, (uint32_t)number / 4, uniform);
            }
            const float *luck = uniform[number % 4];
#pragma omp simd
            for (int lane = 0; lane < LANES; lane++) {
                fallen[lane] +=
                    (layer < addressed[lane]) & happens(luck[lane], r->unsupported * block->mean_latent[lane]);
            }
        }
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            addressed[lane] -= fallen[lane];
            block->n_addressed[lane] += addressed[lane];
            block->n_solved[lane] += addressed[lane] == r->layers;
        }
    }
    float share = 1.0F / (float)(r->causes * r->layers);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        block->symptom[lane] = problem_symptom(r, block->symptom[lane], (float)block->n_addressed[lane] * share);
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
        series[SERIES_turnover][lane] = (float)work->left[lane];
        series[SERIES_inclusion][lane] = (float)block->n_inside[lane] * per_seat;
        series[SERIES_process_share][lane] = work->process[lane];
        series[SERIES_pressure][lane] = block->pressure[lane];
        series[SERIES_budget][lane] = block->budget[lane];
        series[SERIES_survival][lane] = (float)block->alive[lane];
    }
}

#endif
