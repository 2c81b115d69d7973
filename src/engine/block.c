/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/block.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rows.h"

static void lay_out(struct block *block, const struct scenario *scenario, int shared, struct rows *rows)
{
    size_t n_ties = (size_t)scenario->plan.n_ties;
    size_t n_seats = (size_t)scenario->plan.n_seats;
    size_t causes = (size_t)scenario->rates.causes;
    size_t layers = (size_t)scenario->rates.layers;
    lane_real **tie_rows[] = {&block->trust, &block->latent, &block->open, &block->unexplored};
    for (size_t k = 0; k < sizeof tie_rows / sizeof tie_rows[0]; k++) {
        *tie_rows[k] = rows_take(rows, n_ties, sizeof(lane_real));
    }
    for (int axis = 0; axis < N_AXES; axis++) {
        block->frame[axis] = rows_take(rows, n_seats, sizeof(lane_real));
        block->position[axis] = rows_take(rows, n_seats, sizeof(lane_real));
    }
    lane_real **seat_rows[] = {&block->momentum, &block->standing, &block->appreciation};
    for (size_t k = 0; k < sizeof seat_rows / sizeof seat_rows[0]; k++) {
        *seat_rows[k] = rows_take(rows, n_seats, sizeof(lane_real));
    }
    block->inside = rows_take(rows, n_seats, sizeof(lane_whole));
    block->organisation = shared ? rows_take(rows, n_seats, sizeof(lane_word)) : NULL;
    block->diagnosed = rows_take(rows, causes, sizeof(lane_whole));
    block->addressed = rows_take(rows, causes, sizeof(lane_whole));
    block->owner = rows_take(rows, causes * layers, sizeof(lane_byte));
}

size_t block_bytes(const struct scenario *scenario, int shared)
{
    struct block block = {.n_lanes = 0};
    struct rows rows = {NULL, 0};
    lay_out(&block, scenario, shared, &rows);
    return rows.n_bytes;
}

void block_place(struct block *block, const struct scenario *scenario, int shared, void *memory)
{
    memset(block, 0, sizeof *block);
    struct rows rows = {memory, 0};
    lay_out(block, scenario, shared, &rows);
}

dredge_status block_init(struct block *block, const struct scenario *scenario, int shared)
{
    memset(block, 0, sizeof *block);
    size_t n_bytes = block_bytes(scenario, shared);
    void *memory = rows_new(n_bytes);
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    block_place(block, scenario, shared, memory);
    block->memory = memory;
    return DREDGE_OK;
}

void block_free(struct block *block)
{
    free(block->memory);
    memset(block, 0, sizeof *block);
}

static int share(float value)
{
    return value >= 0.0F && value <= 1.000001F;
}

static int verify_ties(const struct block *block, const struct plan *plan, int lane)
{
    for (int tie = 0; tie < plan->n_ties; tie++) {
        float latent = block->latent[tie][lane];
        float open = block->open[tie][lane];
        if (!share(block->trust[tie][lane]) || !share(latent) || !share(open) || !share(latent + open) ||
            !share(block->unexplored[tie][lane])) {
            return 0;
        }
    }
    return 1;
}

static int verify_persons(const struct block *block, const struct plan *plan, int lane)
{
    int n_inside = 0;
    for (int seat = 0; seat < plan->n_seats; seat++) {
        float momentum = block->momentum[seat][lane];
        int inside = block->inside[seat][lane];
        int finite = 1;
        for (int axis = 0; axis < N_AXES; axis++) {
            finite &= isfinite(block->frame[axis][seat][lane]) && isfinite(block->position[axis][seat][lane]);
        }
        if (!(momentum > 0.0F && momentum <= 1.0F) || (inside != 0 && inside != 1) || !finite ||
            !share(block->standing[seat][lane]) || !share(block->appreciation[seat][lane])) {
            return 0;
        }
        n_inside += inside;
    }
    return n_inside == block->n_inside[lane];
}

static int verify_problem(const struct block *block, const struct scenario *scenario, int lane)
{
    int n_addressed = 0;
    int n_diagnosed = 0;
    for (int cause = 0; cause < scenario->rates.causes; cause++) {
        int diagnosed = block->diagnosed[cause][lane];
        int addressed = block->addressed[cause][lane];
        if (addressed < 0 || addressed > diagnosed || diagnosed > scenario->rates.layers) {
            return 0;
        }
        n_addressed += addressed;
        n_diagnosed += diagnosed;
    }
    return n_addressed == block->n_addressed[lane] && n_diagnosed == block->n_diagnosed[lane] &&
           share(block->symptom[lane]);
}

int block_verify(const struct block *block, const struct scenario *scenario, size_t sentence_bytes, char *sentence)
{
    for (int lane = 0; lane < block->n_lanes; lane++) {
        const char *what = NULL;
        if (!verify_ties(block, &scenario->plan, lane)) {
            what = "a tie";
        } else if (!verify_persons(block, &scenario->plan, lane)) {
            what = "a person or an organisation";
        } else if (!verify_problem(block, scenario, lane)) {
            what = "the problem";
        } else if (!share(block->pressure[lane]) || !(block->budget[lane] <= 1.0F) ||
                   !(block->budget[lane] >= scenario->rates.budget_floor)) {
            what = "the funder's side";
        } else if (!share(block->relevance[lane]) || !share(block->fatigue[lane]) || !share(block->skill[lane]) ||
                   !share(block->commitment[lane]) || block->failed[lane] != 0) {
            what = "the collaboration";
        }
        if (what != NULL) {
            (void)snprintf(sentence, sentence_bytes, "lane %d: %s is out of range", lane, what);
            return 0;
        }
    }
    return 1;
}
