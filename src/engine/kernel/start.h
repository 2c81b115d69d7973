/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_START_H
#define ENGINE_KERNEL_START_H

#include "engine/kernel/draws.h"
#include "engine/kernel/layers.h"
#include "engine/kernel/means.h"
#include "engine/kernel/named.h"
#include "model/organisation.h"
#include "model/person.h"
#include "model/tie.h"

/* The start of all lanes (docs/model.md 5). */

static inline float sector_position(const struct parameters *parameters, int sector, int axis)
{
    const struct sector_parameters *own = &parameters->sector[sector];
    return (float)(axis == 0 ? own->collective : axis == 1 ? own->action : own->evidence);
}

/* Organisations that sit at one table only: its number is that of its first seat. */
static void start_organisations(struct block *block, const struct scenario *scenario)
{
    const struct rates *r = &scenario->rates;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
        struct block own = {.n_lanes = block->n_lanes};
        for (int lane = 0; lane < LANES; lane++) {
            own.replicate[lane] = block->replicate[lane];
            own.entity[lane] = (uint32_t)scenario->plan.seat[seat].organisation;
        }
        draw_uniforms(&own, scenario->seed, PURPOSE_ORGANISATION, 0, 0, uniform);
        for (int axis = 0; axis < N_AXES; axis++) {
            float centre = sector_position(&scenario->parameters, scenario->plan.seat[seat].sector, axis);
            float *position = block->position[axis][seat];
#pragma omp simd
            for (int lane = 0; lane < LANES; lane++) {
                position[lane] = organisation_start(r, centre, stream_normal(uniform[axis][lane]));
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            block->standing[seat][lane] = r->trust_start;
            block->appreciation[seat][lane] = r->recognition;
        }
    }
}

static void start_persons(struct block *block, const struct scenario *scenario)
{
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        draw_uniforms(block, scenario->seed, PURPOSE_START_FRAME, 0, (uint32_t)seat, uniform);
        for (int axis = 0; axis < N_AXES; axis++) {
            float *frame = block->frame[axis][seat];
            const float *position = block->position[axis][seat];
#pragma omp simd
            for (int lane = 0; lane < LANES; lane++) {
                frame[lane] = position[lane] + scenario->rates.frame_spread * stream_normal(uniform[axis][lane]);
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            block->inside[seat][lane] = scenario->plan.seat[seat].starts_inside;
        }
    }
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        if (seat % 4 == 0) {
            draw_uniforms(block, scenario->seed, PURPOSE_START_MOMENTUM, 0, (uint32_t)seat / 4, uniform);
        }
        for (int lane = 0; lane < LANES; lane++) {
            float own = quantiles_at(scenario->momentum, uniform[seat % 4][lane]) - scenario->rates.rest;
            block->momentum[seat][lane] = person_momentum_within(block->commitment[lane] + own);
        }
    }
}

static void start_ties(struct block *block, const struct scenario *scenario)
{
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    for (int tie = 0; tie < scenario->plan.n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        if (tie % 4 == 0) {
            draw_uniforms(block, scenario->seed, PURPOSE_START_TRUST, 0, (uint32_t)tie / 4, uniform);
        }
#pragma omp simd
        for (int lane = 0; lane < LANES; lane++) {
            float distance = tie_distance(block->frame[0][pair->i][lane] - block->frame[0][pair->j][lane],
                                          block->frame[1][pair->i][lane] - block->frame[1][pair->j][lane],
                                          block->frame[2][pair->i][lane] - block->frame[2][pair->j][lane]);
            block->latent[tie][lane] = tie_latent_start(&scenario->rates, distance);
            block->open[tie][lane] = 0;
            block->unexplored[tie][lane] = 1;
        }
        for (int lane = 0; lane < LANES; lane++) {
            block->trust[tie][lane] = quantiles_at(scenario->trust, uniform[tie % 4][lane]);
        }
    }
}

static void start_problem(struct block *block, const struct scenario *scenario)
{
    const struct rates *r = &scenario->rates;
    _Alignas(LANE_ALIGNMENT) lane_word words[4];
    for (int cause = 0; cause < r->causes; cause++) {
        if (cause % 4 == 0) {
            draw_words(block, scenario->seed, PURPOSE_KNOWN, 0, (uint32_t)cause / 4, words);
        }
        for (int lane = 0; lane < LANES; lane++) {
            block->diagnosed[cause][lane] = stream_uniform(words[cause % 4][lane]) < r->known;
            block->addressed[cause][lane] = 0;
        }
    }
    for (int layer = 0; layer < r->causes * r->layers; layer++) {
        if (layer % 4 == 0) {
            draw_words(block, scenario->seed, PURPOSE_OWNER, 0, (uint32_t)layer / 4, words);
        }
        for (int lane = 0; lane < LANES; lane++) {
            block->owner[layer][lane] = (uint8_t)stream_choice(words[layer % 4][lane], N_SECTORS);
        }
    }
}

static void start_collaboration(struct block *block, const struct scenario *scenario)
{
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    draw_uniforms(block, scenario->seed, PURPOSE_CONVENER, 0, 0, uniform);
    memset(&block->totals, 0, sizeof block->totals);
    memset(block->replaced, 0, sizeof block->replaced);
    for (int lane = 0; lane < LANES; lane++) {
        block->skill[lane] = quantiles_at(scenario->skill, uniform[0][lane]);
        block->commitment[lane] = quantiles_at(scenario->commitment, uniform[1][lane]);
        block->symptom[lane] = scenario->rates.urgency;
        block->pressure[lane] = 0;
        block->budget[lane] = 1;
        block->relevance[lane] = 1;
        block->fatigue[lane] = 0;
        block->wins[lane] = 0;
        block->counted_since[lane] = 0;
        block->structural_since[lane] = 0;
        block->formation[lane] = 1;
        block->alive[lane] = lane < block->n_lanes;
        block->goes_on[lane] = block->alive[lane];
        block->failed[lane] = 0;
    }
}

static void start(struct block *block, const struct scenario *scenario)
{
    if (block->organisation == NULL) {
        start_organisations(block, scenario);
    }
    start_collaboration(block, scenario);
    if (scenario->roster != NULL) {
        named_organisations(block, scenario);
    }
    start_persons(block, scenario);
    if (scenario->roster != NULL) {
        named_persons(block, scenario);
    }
    start_ties(block, scenario);
    if (scenario->roster != NULL) {
        named_ties(block, scenario);
    }
    start_problem(block, scenario);
    count_layers(block, &scenario->rates);
    take_means(block, &scenario->plan);
}

#endif
