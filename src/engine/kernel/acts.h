/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_ACTS_H
#define ENGINE_KERNEL_ACTS_H

#include "base/stream.h"
#include "engine/block.h"
#include "engine/kernel/means.h"
#include "engine/kernel/persons.h"
#include "model/act.h"
#include "model/purpose.h"

/* 4.0 What the world does to collaborations at the start of a month: rare, so one lane at a time. What has ended is left
 * as it is, but for the symptom. */

enum { ACT_SEATS = 1 << 9 }; /* seats of the draws of an act: four sectors, at most 64 inside and 64 outside each */

/* The words of a seat in the act that `order` others of its kind come before in this month. */
static void act_words(const struct block *block, const struct scenario *scenario, uint32_t purpose, int month,
                      int order, int seat, int lane, uint32_t words[4])
{
    struct stream_address address = {scenario->seed,      block->replicate[lane], purpose,
                                     block->entity[lane], (uint32_t)month,        (uint32_t)(order * ACT_SEATS + seat)};
    stream_words(&address, words);
}

/* Ties between insiders: their trust, or their tension under or on the table, as far as the other leaves room. */
static void shock_ties(struct block *block, const struct plan *plan, lane_real *rows, lane_real *other, float change)
{
    for (int tie = 0; tie < plan->n_ties; tie++) {
        const int32_t *inside_i = block->inside[plan->pair[tie].i];
        const int32_t *inside_j = block->inside[plan->pair[tie].j];
        for (int lane = 0; lane < LANES; lane++) {
            if (block->alive[lane] & inside_i[lane] & inside_j[lane]) {
                float room = other == NULL ? 1.0F : 1.0F - other[tie][lane];
                rows[tie][lane] = act_shocked(rows[tie][lane], change, 0.0F, room);
            }
        }
    }
}

static void shock_persons(struct block *block, const struct plan *plan, float change)
{
    for (int seat = 0; seat < plan->n_seats; seat++) {
        for (int lane = 0; lane < LANES; lane++) {
            if (block->alive[lane] & block->inside[seat][lane]) {
                block->momentum[seat][lane] = person_momentum_within(block->momentum[seat][lane] + change);
            }
        }
    }
}

static void shock_collaboration(struct block *block, lane_real row, float change, float low, int also_ended)
{
    for (int lane = 0; lane < LANES; lane++) {
        if (block->alive[lane] | also_ended) {
            row[lane] = act_shocked(row[lane], change, low, 1.0F);
        }
    }
}

static void act_shock(struct block *block, const struct scenario *scenario, enum shock what, float change)
{
    const struct plan *plan = &scenario->plan;
    switch (what) {
    case SHOCK_trust:
        shock_ties(block, plan, block->trust, NULL, change);
        break;
    case SHOCK_latent:
        shock_ties(block, plan, block->latent, block->open, change);
        break;
    case SHOCK_open:
        shock_ties(block, plan, block->open, block->latent, change);
        break;
    case SHOCK_momentum:
        shock_persons(block, plan, change);
        break;
    case SHOCK_pressure:
        shock_collaboration(block, block->pressure, change, 0.0F, 0);
        break;
    case SHOCK_budget:
        shock_collaboration(block, block->budget, change, scenario->rates.budget_floor, 0);
        break;
    case SHOCK_relevance:
        shock_collaboration(block, block->relevance, change, 0.0F, 0);
        break;
    case SHOCK_symptom:
        shock_collaboration(block, block->symptom, change, 0.0F, 1);
        break;
    case N_SHOCKS:
        break;
    }
}

/* Every insider of the sector leaves the seat with probability `share`. */
static void act_replace(struct block *block, const struct scenario *scenario, int month, int order, int sector,
                        float share)
{
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        for (int lane = 0; scenario->plan.seat[seat].sector == sector && lane < LANES; lane++) {
            uint32_t words[4];
            act_words(block, scenario, PURPOSE_REPLACEMENT, month, order, seat, lane, words);
            if ((block->alive[lane] & block->inside[seat][lane]) && stream_uniform(words[3]) < share) {
                take_seat(block, scenario, seat, lane, words);
                block->replaced[sector][lane]++;
            }
        }
    }
}

/* The outsider of the sector with the lowest draw, -1 when nobody is left outside. */
static int next_outsider(const struct block *block, const struct scenario *scenario, int month, int order, int sector,
                         int lane)
{
    int next = -1;
    uint32_t lowest = 0;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        if (scenario->plan.seat[seat].sector == sector && !block->inside[seat][lane]) {
            uint32_t words[4];
            act_words(block, scenario, PURPOSE_JOINING, month, order, seat, lane, words);
            if (next < 0 || words[0] < lowest) {
                next = seat;
                lowest = words[0];
            }
        }
    }
    return next;
}

static void act_join(struct block *block, const struct scenario *scenario, int month, int order, int sector,
                     int n_seats)
{
    for (int lane = 0; lane < LANES; lane++) {
        for (int k = 0; block->alive[lane] && k < n_seats; k++) {
            int seat = next_outsider(block, scenario, month, order, sector, lane);
            if (seat < 0) {
                break;
            }
            block->inside[seat][lane] = 1;
        }
    }
}

static void act_convener(struct block *block, float skill)
{
    for (int lane = 0; lane < LANES; lane++) {
        block->skill[lane] = block->alive[lane] ? skill : block->skill[lane];
    }
}

/* All acts of a month, in their order; what they set is in the rates of `scenario` already. */
static void acts(struct block *block, const struct scenario *scenario, int month, int n_acts, const struct act *acts)
{
    int order[ACT_CONVENER + 1] = {0};
    for (int k = 0; k < n_acts; k++) {
        const struct act *act = &acts[k];
        switch (act->kind) {
        case ACT_SET:
            break;
        case ACT_SHOCK:
            act_shock(block, scenario, (enum shock)act->what, (float)act->value);
            break;
        case ACT_REPLACE:
            act_replace(block, scenario, month, order[act->kind], act->what, (float)act->value);
            break;
        case ACT_JOIN:
            act_join(block, scenario, month, order[act->kind], act->what, (int)act->value);
            break;
        case ACT_CONVENER:
            act_convener(block, (float)act->value);
            break;
        }
        order[act->kind]++;
    }
    take_means(block, &scenario->plan);
}

#endif
