/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_PROBLEM_H
#define ENGINE_KERNEL_PROBLEM_H

#include "engine/block.h"
#include "engine/kernel/aftercare.h"
#include "engine/kernel/draws.h"
#include "engine/work.h"
#include "model/problem.h"

/* 4.3 The problem. How many attempts there are is drawn for all lanes at once; each attempt is a rare event of one
 * lane. */

/* How many of each kind a lane tries this month. */
struct attempts {
    _Alignas(LANE_ALIGNMENT) lane_whole diagnoses[N_SOURCES];
    lane_whole structural, quick; /* quick: planned ones, then those turned from structural ones */
};

/* Their means. */
struct rates_of_attempts {
    _Alignas(LANE_ALIGNMENT) lane_real diagnoses[N_SOURCES];
    lane_real structural, quick;
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

static void measure_attempts(const struct block *block, const struct work *work, const struct rates *r, float force,
                             struct rates_of_attempts *mean)
{
    const int32_t *experts = work->present[SECTOR_KNOWLEDGE];
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        const struct problem_month m = {
            .momentum = block->mean_momentum[lane],
            .budget = block->budget[lane],
            .pressure = block->pressure[lane],
            .force = force,
            .process = work->process[lane],
            .skill = work->skill[lane],
            .insiders = (float)block->n_inside[lane],
        };
        float effort = problem_effort(r, m);
        float living = block->alive[lane] ? effort : 0.0F;
        int analyses = block->alive[lane] & block->formation[lane] & (experts[lane] > 0);
        float analysis = r->analysis * m.process;
        mean->diagnoses[SOURCE_CONFLICT][lane] = r->diagnose * work->learning[lane];
        mean->diagnoses[SOURCE_ANALYSIS][lane] = analyses ? analysis : 0.0F;
        mean->diagnoses[SOURCE_DOING][lane] = r->doing * living;
        mean->structural[lane] = living * work->depth[lane];
        mean->quick[lane] = living * (1.0F - work->depth[lane]);
    }
}

static void plan_attempts(const struct block *block, const struct work *work, const struct scenario *scenario,
                          float force, int month, struct attempts *attempts)
{
    uint64_t seed = scenario->seed;
    const lane_real *effort = work->luck.effort, *source = work->luck.source;
    struct rates_of_attempts mean;
    measure_attempts(block, work, &scenario->rates, force, &mean);
    draw_poisson(block, seed, month, 0, mean.diagnoses[SOURCE_CONFLICT], effort[0],
                 attempts->diagnoses[SOURCE_CONFLICT]);
    draw_poisson(block, seed, month, 1, mean.structural, effort[1], attempts->structural);
    draw_poisson(block, seed, month, 2, mean.quick, effort[2], attempts->quick);
    draw_poisson(block, seed, month, 3, mean.diagnoses[SOURCE_ANALYSIS], source[0],
                 attempts->diagnoses[SOURCE_ANALYSIS]);
    draw_poisson(block, seed, month, 4, mean.diagnoses[SOURCE_DOING], source[1], attempts->diagnoses[SOURCE_DOING]);
}

/* A diagnosis: the next layer of a cause is understood, if someone of the sector that owns it is at the table and it
 * is the layer at hand or foreseen; analysis and trying may not reach that deep. Returns 1 when it is. */
static int diagnose(struct block *block, const struct work *work, const struct rates *r, int lane,
                    enum diagnosis_source source, const uint32_t words[3])
{
    int cause = (int)stream_choice(words[0], (uint32_t)r->causes);
    int layer = block->diagnosed[cause][lane];
    if (layer >= r->layers) {
        return 0;
    }
    int owner = block->owner[cause * r->layers + layer][lane];
    int at_hand = layer == block->addressed[cause][lane];
    int foreseen = stream_uniform(words[1]) < r->foreseeable;
    int reached = source == SOURCE_CONFLICT || stream_uniform(words[2]) < problem_reach(r, layer);
    int found = work->present[owner][lane] > 0 && (at_hand || foreseen) && reached;
    block->diagnosed[cause][lane] += found;
    return found;
}

/* All diagnoses from one source. Those by conflict need two words each, so that two share a block of four. */
static void diagnoses(struct block *block, struct work *work, const struct scenario *scenario, int month,
                      enum diagnosis_source source, const lane_whole number)
{
    static const enum purpose purposes[N_SOURCES] = {PURPOSE_DIAGNOSIS, PURPOSE_ANALYSIS, PURPOSE_DOING};
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    int per_block = source == SOURCE_CONFLICT ? 2 : 1;
    int most = largest(number);
    for (int attempt = 0; attempt < most; attempt++) {
        if (attempt % per_block == 0) {
            draw_words(block, scenario->seed, purposes[source], month, (uint32_t)(attempt / per_block), words);
        }
        int word = attempt % per_block * 2;
        for (int lane = 0; lane < LANES; lane++) {
            if (attempt < number[lane]) {
                const uint32_t own[3] = {words[word][lane], words[word + 1][lane], words[2][lane]};
                work->found[source][lane] += diagnose(block, work, &scenario->rates, lane, source, own);
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
    float chance = problem_structural_chance(r, coordination, supporting(block, r, lane, cause));
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

/* Quick attempts: a success relieves the symptom, unless it is on paper only. */
static void quick_attempts(const struct block *block, struct work *work, const struct scenario *scenario, int month,
                           const lane_real coordination, const lane_whole number)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    _Alignas(LANE_ALIGNMENT) lane_real paper[4];
    int most = largest(number);
    float kept = 1.0F - r->relief;
    for (int attempt = 0; attempt < most; attempt++) {
        if (attempt % 4 == 0) {
            draw_uniforms(block, scenario->seed, PURPOSE_QUICK, month, (uint32_t)attempt / 4, uniform);
            draw_uniforms(block, scenario->seed, PURPOSE_PAPER, month, (uint32_t)attempt / 4, paper);
        }
        const float *luck = uniform[attempt % 4];
        const float *paper_luck = paper[attempt % 4];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            int success = (attempt < number[lane]) & (luck[lane] < problem_quick_chance(r, coordination[lane]));
            int on_paper = success & (paper_luck[lane] < problem_paper_chance(r, block->pressure[lane]));
            int real = success & !on_paper;
            work->quick[lane] += real;
            work->paper[lane] += on_paper;
            work->relief[lane] *= real ? kept : 1.0F;
        }
    }
}

/* Step 4: relapse of what living collaborations addressed; those that ended lose it without support. */
static void relapse(struct block *block, struct work *work, const struct scenario *scenario, int month)
{
    const struct rates *r = &scenario->rates;
    for (int cause = 0; cause < r->causes; cause++) {
        int32_t *addressed = block->addressed[cause];
        const float *luck = work->luck.relapse[cause];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            float rate = problem_relapse_rate(r, addressed[lane], work->escalated[lane], work->coverage[lane]);
            addressed[lane] -= work->lived[lane] & happens(luck[lane], rate);
        }
    }
    _Alignas(LANE_ALIGNMENT) lane_whole ended;
    int any = 0;
#pragma omp simd reduction(| : any)
    for (int lane = 0; lane < LANES; lane++) {
        ended[lane] = (lane < block->n_lanes) & !work->lived[lane];
        any |= ended[lane];
    }
    if (any) {
        relapse_unsupported(block, scenario, month, ended);
    }
}

/* Diagnoses that were not acted on go stale. */
static void go_stale(struct block *block, const struct work *work, const struct rates *r)
{
    for (int cause = 0; cause < r->causes; cause++) {
        int32_t *diagnosed = block->diagnosed[cause];
        const int32_t *addressed = block->addressed[cause];
        const float *luck = work->luck.stale[cause];
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            diagnosed[lane] -= (diagnosed[lane] > addressed[lane]) & happens(luck[lane], r->stale);
        }
    }
}

/* Steps 5 and 6: relevance and symptom. */
static void settle_symptom(struct block *block, struct work *work, const struct rates *r)
{
    float share = 1.0F / (float)(r->causes * r->layers);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        float wins = (float)(work->quick[lane] + work->structural[lane]);
        float relevance = problem_relevance(r, block->relevance[lane], block->symptom[lane], wins);
        float structural_share = (float)block->n_addressed[lane] * share;
        work->relevance_after[lane] = block->alive[lane] ? relevance : block->relevance[lane];
        block->symptom[lane] = problem_symptom(r, block->symptom[lane], structural_share) * work->relief[lane];
    }
}

static void problem(struct block *block, struct work *work, const struct scenario *scenario, float force, int month)
{
    const struct rates *r = &scenario->rates;
    struct attempts attempts;
    _Alignas(LANE_ALIGNMENT) lane_real coordination;
    memset(work->found, 0, sizeof work->found);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        coordination[lane] = problem_coordination(r, block->mean_trust[lane], block->mean_open[lane]);
        work->quick[lane] = 0;
        work->paper[lane] = 0;
        work->structural[lane] = 0;
        work->relief[lane] = 1.0F;
    }
    plan_attempts(block, work, scenario, force, month, &attempts);
    diagnoses(block, work, scenario, month, SOURCE_CONFLICT, attempts.diagnoses[SOURCE_CONFLICT]);
    diagnoses(block, work, scenario, month, SOURCE_ANALYSIS, attempts.diagnoses[SOURCE_ANALYSIS]);
    diagnoses(block, work, scenario, month, SOURCE_DOING, attempts.diagnoses[SOURCE_DOING]);
    structural_attempts(block, work, scenario, month, coordination, attempts.structural, attempts.quick);
    quick_attempts(block, work, scenario, month, coordination, attempts.quick);
    relapse(block, work, scenario, month);
    go_stale(block, work, r);
    count_layers(block, r);
    settle_symptom(block, work, r);
}

#endif
