/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/work.h"

#include <stdlib.h>
#include <string.h>

#include "engine/rows.h"

static void lay_out(struct work *work, const struct scenario *scenario, struct rows *rows)
{
    size_t n_ties = (size_t)scenario->plan.n_ties;
    size_t n_seats = (size_t)scenario->plan.n_seats;
    size_t causes = (size_t)scenario->rates.causes;
    /* Draws come four to a block: rows for the last block's unused words follow. */
    work->luck.tie = rows_take(rows, n_ties + 3, sizeof(lane_word));
    work->luck.person_noise = rows_take(rows, n_seats + 1, sizeof(lane_real));
    work->luck.person_event = rows_take(rows, n_seats + 1, sizeof(lane_real));
    work->luck.withdrawal = rows_take(rows, n_seats + 3, sizeof(lane_real));
    work->luck.relapse = rows_take(rows, causes + 1, sizeof(lane_real));
    work->luck.stale = rows_take(rows, causes + 1, sizeof(lane_real));
    lane_real **seat_rows[] = {&work->drive,          &work->trust_sum,     &work->open_sum, &work->escalated_sum,
                               &work->pull[0],        &work->pull[1],       &work->pull[2],  &work->frame_start[0],
                               &work->frame_start[1], &work->frame_start[2]};
    for (size_t k = 0; k < sizeof seat_rows / sizeof seat_rows[0]; k++) {
        *seat_rows[k] = rows_take(rows, n_seats, sizeof(lane_real));
    }
    work->leaves = rows_take(rows, n_seats, sizeof(lane_whole));
    work->withdraws = rows_take(rows, n_seats, sizeof(lane_whole));
    work->joins = rows_take(rows, n_seats, sizeof(lane_whole));
    work->taken = rows_take(rows, n_seats, sizeof(int));
    work->luck.taken = rows_take(rows, n_seats, sizeof(int));
}

size_t work_bytes(const struct scenario *scenario)
{
    struct work work = {.memory = NULL};
    struct rows rows = {NULL, 0};
    lay_out(&work, scenario, &rows);
    return rows.n_bytes;
}

void work_place(struct work *work, const struct scenario *scenario, void *memory)
{
    memset(work, 0, sizeof *work);
    struct rows rows = {memory, 0};
    lay_out(work, scenario, &rows);
}

dredge_status work_init(struct work *work, const struct scenario *scenario)
{
    memset(work, 0, sizeof *work);
    size_t n_bytes = work_bytes(scenario);
    void *memory = rows_new(n_bytes);
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    work_place(work, scenario, memory);
    work->memory = memory;
    return DREDGE_OK;
}

void work_free(struct work *work)
{
    free(work->memory);
    memset(work, 0, sizeof *work);
}

void work_rest(struct work *work)
{
    memset(work->lived, 0, sizeof work->lived);
    memset(work->seats, 0, sizeof work->seats);
    memset(work->process, 0, sizeof work->process);
    memset(work->escalations, 0, sizeof work->escalations);
    memset(work->quick, 0, sizeof work->quick);
    memset(work->paper, 0, sizeof work->paper);
    memset(work->left, 0, sizeof work->left);
    memset(work->withdrew, 0, sizeof work->withdrew);
    memset(work->pair_learning, 0, sizeof work->pair_learning);
}
