/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_PROBLEM_H
#define ENGINE_KERNEL_PROBLEM_H

#include "engine/block.h"
#include "engine/kernel/draws.h"
#include "engine/work.h"
#include "model/problem.h"

/* 4.3 The problem. How many attempts there are is drawn for all lanes at once; each attempt is a rare event of one
 * lane. */

/* How many of each kind a lane tries this month. */
struct attempts {
    _Alignas(LANE_ALIGNMENT) lane_whole diagnoses;
    lane_whole structural, quick; /* quick: planned ones, then those turned from structural ones */
};

static int largest(const lane_whole number)
{
    int most = 0;
#pragma omp simd reduction(max : most)
    for (int lane = 0; lane < LANES; lane++) {
        most = number[lane] > most ? number[lane] : most;
    }
    return most;
}

static void plan_attempts(const struct block *block, const struct work *work, const struct scenario *scenario,
                          int month, struct attempts *attempts)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_real diagnoses;
    _Alignas(LANE_ALIGNMENT) lane_real structural;
    _Alignas(LANE_ALIGNMENT) lane_real quick;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float effort = problem_effort(r, block->mean_momentum[lane], block->budget[lane], block->pressure[lane],
                                      work->process[lane]);
        float living = block->alive[lane] ? effort : 0.0F;
        diagnoses[lane] = r->diagnose * work->learning[lane];
        structural[lane] = living * work->depth[lane];
        quick[lane] = living * (1.0F - work->depth[lane]);
    }
    const lane_real *luck = work->luck.effort;
    draw_poisson(block, scenario->seed, month, 0, diagnoses, luck[0], attempts->diagnoses);
    draw_poisson(block, scenario->seed, month, 1, structural, luck[1], attempts->structural);
    draw_poisson(block, scenario->seed, month, 2, quick, luck[2], attempts->quick);
}

/* A diagnosis: the next layer of a cause is understood, if someone of the sector that owns it is at the table and it
 * is the layer at hand or foreseen. */
static void diagnose(struct block *block, const struct work *work, const struct rates *r, int lane, uint32_t cause_word,
                     uint32_t foreseen_word)
{
    int cause = (int)stream_choice(cause_word, (uint32_t)r->causes);
    int layer = block->diagnosed[cause][lane];
    if (layer < r->layers) {
        int owner = block->owner[cause * r->layers + layer][lane];
        int at_hand = layer == block->addressed[cause][lane];
        int foreseen = stream_uniform(foreseen_word) < r->foreseeable;
        block->diagnosed[cause][lane] += work->present[owner][lane] > 0 && (at_hand || foreseen);
    }
}

static void diagnoses(struct block *block, const struct work *work, const struct scenario *scenario, int month,
                      const lane_whole number)
{
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    int most = largest(number);
    for (int attempt = 0; attempt < most; attempt++) {
        if (attempt % 2 == 0) {
            draw_words(block, scenario->seed, PURPOSE_DIAGNOSIS, month, (uint32_t)attempt / 2, words);
        }
        int word = attempt % 2 * 2;
        for (int lane = 0; lane < LANES; lane++) {
            if (attempt < number[lane]) {
                diagnose(block, work, &scenario->rates, lane, words[word][lane], words[word + 1][lane]);
            }
        }
    }
}

/* Causes among the next `coupling` ones (cyclically) that are diagnosed at least as deep. */
static int supporting(const struct block *block, const struct rates *r, int lane, int cause)
{
    int n = 0;
    for (int step = 1; step <= r->coupling; step++) {
        int other = (cause + step) % r->causes;
        n += block->diagnosed[other][lane] >= block->diagnosed[cause][lane];
    }
    return n;
}

/* A structural attempt addresses the next diagnosed layer; without one it turns into a quick attempt. */
static void structural_attempt(struct block *block, struct work *work, const struct rates *r, int lane,
                               float coordination, uint32_t cause_word, uint32_t success_word, lane_whole quick)
{
    int cause = (int)stream_choice(cause_word, (uint32_t)r->causes);
    if (block->addressed[cause][lane] >= block->diagnosed[cause][lane]) {
        quick[lane]++;
        return;
    }
    float chance = problem_structural_chance(coordination, supporting(block, r, lane, cause), r->coupling);
    int success = stream_uniform(success_word) < chance;
    block->addressed[cause][lane] += success;
    work->structural[lane] += success;
}

static void structural_attempts(struct block *block, struct work *work, const struct scenario *scenario, int month,
                                const lane_real coordination, const lane_whole number, lane_whole quick)
{
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    int most = largest(number);
    for (int attempt = 0; attempt < most; attempt++) {
        if (attempt % 2 == 0) {
            draw_words(block, scenario->seed, PURPOSE_STRUCTURAL, month, (uint32_t)attempt / 2, words);
        }
        int word = attempt % 2 * 2;
        for (int lane = 0; lane < LANES; lane++) {
            if (attempt < number[lane]) {
                structural_attempt(block, work, &scenario->rates, lane, coordination[lane], words[word][lane],
                                   words[word + 1][lane], quick);
            }
        }
    }
}

static void quick_attempts(const struct block *block, struct work *work, const struct scenario *scenario, int month,
                           const lane_real coordination, const lane_whole number)
{
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    int most = largest(number);
    float kept = 1.0F - scenario->rates.relief;
    for (int attempt = 0; attempt < most; attempt++) {
        if (attempt % 4 == 0) {
            draw_uniforms(block, scenario->seed, PURPOSE_QUICK, month, (uint32_t)attempt / 4, uniform);
        }
        const float *luck = uniform[attempt % 4];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            int success = (attempt < number[lane]) & (luck[lane] < problem_quick_chance(coordination[lane]));
            work->quick[lane] += success;
            work->relief[lane] *= success ? kept : 1.0F;
        }
    }
}

/* Step 4: relapse, then diagnoses that went stale; and the counts of layers and solved causes. */
static void relapse(struct block *block, const struct work *work, const struct rates *r)
{
    memset(block->n_addressed, 0, sizeof block->n_addressed);
    memset(block->n_solved, 0, sizeof block->n_solved);
    for (int cause = 0; cause < r->causes; cause++) {
        int32_t *diagnosed = block->diagnosed[cause];
        int32_t *addressed = block->addressed[cause];
        const float *relapse_luck = work->luck.relapse[cause];
        const float *stale_luck = work->luck.stale[cause];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            float rate =
                problem_relapse_rate(r, addressed[lane], r->layers, work->escalated[lane], work->coverage[lane]);
            addressed[lane] -= happens(relapse_luck[lane], rate);
            diagnosed[lane] -= (diagnosed[lane] > addressed[lane]) & happens(stale_luck[lane], r->stale);
            block->n_addressed[lane] += addressed[lane];
            block->n_solved[lane] += addressed[lane] == r->layers;
        }
    }
}

static void settle_symptom(struct block *block, const struct work *work, const struct rates *r)
{
    float share = 1.0F / (float)(r->causes * r->layers);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float structural_share = (float)block->n_addressed[lane] * share;
        block->symptom[lane] = problem_symptom(r, block->symptom[lane], structural_share) * work->relief[lane];
    }
}

static void problem(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    struct attempts attempts;
    _Alignas(LANE_ALIGNMENT) lane_real coordination;
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        coordination[lane] = problem_coordination(&scenario->rates, block->mean_trust[lane], block->mean_open[lane]);
        work->quick[lane] = 0;
        work->structural[lane] = 0;
        work->relief[lane] = 1.0F;
    }
    plan_attempts(block, work, scenario, month, &attempts);
    diagnoses(block, work, scenario, month, attempts.diagnoses);
    structural_attempts(block, work, scenario, month, coordination, attempts.structural, attempts.quick);
    quick_attempts(block, work, scenario, month, coordination, attempts.quick);
    relapse(block, work, &scenario->rates);
    settle_symptom(block, work, &scenario->rates);
}

#endif
