/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's tie phase beside its bare arithmetic; compiled once per vector level, as the engine's kernel is. */
#include "ties.h"

#include <math.h>

#include "clock.h"
#include "engine/kernel/luck.h"
#include "engine/kernel/means.h"
#include "engine/kernel/start.h"
#include "engine/kernel/steer.h"
#include "engine/kernel/ties.h"

enum { ROUNDS = 15, MONTHS = 400 };

/* The rules of a tie on rows that hold still: no seats, no sums. */
static void bare_tie(const struct rates *rates, lane_real state[4], lane_real rest[9], const uint32_t *words)
{
    const struct rates own = *rates;
    const struct rates *r = &own;
    float *restrict trust = state[0];
    float *restrict latent = state[1];
    float *restrict open = state[2];
    float *restrict unexplored = state[3];
    const float settle_share = tie_settle_share(r);
#pragma omp simd
    for (int lane = 0; lane < LANES; lane++) {
        const struct tie now = {trust[lane], latent[lane], open[lane], unexplored[lane]};
        const struct tie_month m = {
            .process = rest[0][lane],
            .reaching = rest[0][lane],
            .pressure = rest[1][lane],
            .budget = rest[6][lane],
            .skill = rest[7][lane],
            .renown = 0.5F,
            .distance = tie_distance(rest[2][lane], rest[3][lane], rest[4][lane]),
            .activity = rest[5][lane],
            .luck = 2.0F * stream_uniform_lower(words[lane]),
        };
        float safety = tie_safety(r, now.trust);
        float generated = tie_generation(r, now, m);
        float surfaced = tie_surfacing(r, m.reaching, safety, now.latent);
        float through = tie_working_through(r, m.skill, m.reaching, safety, now.open);
        float buried = 0.1F * (now.open - through);
        float settled = settle_share * (now.open - through - buried);
        int escalates = happens(stream_uniform_upper(words[lane]), tie_escalation_rate(r, now, m));
        float escalated = escalates ? r->escalate_share * (now.latent - surfaced) : 0.0F;
        trust[lane] = tie_trust(r, now, m, through, escalated);
        latent[lane] = now.latent + generated - surfaced + buried - escalated;
        open[lane] = now.open + surfaced + escalated - through - buried - settled;
        unexplored[lane] = tie_unexplored(r, now.unexplored, through);
        rest[8][lane] += tie_learning(through, now.unexplored, m.distance, 1.0F);
    }
}

static void tie_luck(struct work *work, const struct block *block, const struct scenario *scenario, int month)
{
    work->luck.taken = work->taken;
    draw_ties(&work->luck, block, scenario, month);
}

static double measure_kernel(struct block *block, struct work *work, const struct scenario *scenario, int with_rules)
{
    enum { ROWS = 8 };
    static _Alignas(LANE_ALIGNMENT) lane_real state[ROWS][4];
    static _Alignas(LANE_ALIGNMENT) lane_real rest[9];
    for (int lane = 0; lane < LANES; lane++) {
        for (int row = 0; row < ROWS; row++) {
            state[row][0][lane] = 0.4F;
            state[row][1][lane] = 0.3F;
            state[row][2][lane] = 0.1F;
            state[row][3][lane] = 1.0F;
        }
        for (int row = 0; row < 8; row++) {
            rest[row][lane] = 0.3F + 0.05F * (float)row;
        }
    }
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        work->taken[seat] = 1;
    }
    double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = clock_processor();
        for (int month = 0; month < MONTHS; month++) {
            tie_luck(work, block, scenario, month);
            for (int tie = 0; with_rules && tie < scenario->plan.n_ties; tie++) {
                bare_tie(&scenario->rates, state[tie % ROWS], rest, work->luck.tie[tie]);
            }
        }
        rounds[round] = clock_processor() - start;
    }
    return median(rounds, ROUNDS);
}

static double measure_phase(struct block *block, struct work *work, const struct scenario *scenario)
{
    struct helm helm = helm_of(regime_steering(&scenario->regimes[0], 24), &scenario->rates, 24);
    double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        start(block, scenario);
        for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
            for (int lane = 0; lane < LANES; lane++) {
                block->inside[seat][lane] = 1;
            }
        }
        take_means(block, &scenario->plan);
        count_insiders(block, work, &scenario->plan);
        steer(block, work, scenario, &helm, 24);
        double begin = clock_processor();
        for (int month = 0; month < MONTHS; month++) {
            tie_luck(work, block, scenario, month);
            ties(block, work, scenario);
        }
        rounds[round] = clock_processor() - begin;
    }
    return median(rounds, ROUNDS);
}

void BENCH_TIES(const struct scenario *scenario, struct tie_figures *figures)
{
    struct block block;
    struct work work;
    double n = 1e-9 * MONTHS * LANES * (double)scenario->plan.n_ties;
    *figures = (struct tie_figures){(double)NAN, (double)NAN, (double)NAN};
    if (block_init(&block, scenario, 0) != DREDGE_OK) {
        return;
    }
    if (work_init(&work, scenario) == DREDGE_OK) {
        block.n_lanes = LANES;
        for (uint32_t lane = 0; lane < LANES; lane++) {
            block.replicate[lane] = lane;
        }
        figures->draws = measure_kernel(&block, &work, scenario, 0) / n;
        figures->kernel = measure_kernel(&block, &work, scenario, 1) / n;
        figures->phase = measure_phase(&block, &work, scenario) / n;
        work_free(&work);
    }
    block_free(&block);
}
