/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_BLOCK_H
#define ENGINE_BLOCK_H

#include <stddef.h>

#include "base/status.h"
#include "engine/lanes.h"
#include "engine/plan.h"
#include "engine/scenario.h"
#include "model/problem.h"

/* The state of LANES collaborations with one seating plan under one regime. */

/* Sums over the months, from which the outcomes of a run are made; one row each. */
struct totals {
    lane_real process, pressure, symptom, relevance; /* sums of monthly values */
    lane_real symptom_year3;                         /* after month 36 */
    lane_real quick, paper;                          /* counts */
    lane_real found[N_SOURCES];                      /* layers diagnosed */
    lane_real turnover[N_SECTORS], withdrawals[N_SECTORS];
    lane_real escalations; /* per tie, summed */
    lane_real person_months;
    lane_real first_win, first_layer, first_cause; /* month, counted from 1; 0 while there is none */
    lane_real learning[N_SECTOR_PAIRS];            /* summed over ties */
    lane_real addressed_end, solved_end;           /* layers and causes at the end of support */
};

struct block {
    _Alignas(LANE_ALIGNMENT) lane_word replicate; /* addresses of the lanes' luck */
    lane_word entity;
    int n_lanes; /* lanes in use: the first ones; the others never live */

    /* ties, [n_ties], shares */
    lane_real *trust, *latent, *open, *unexplored;
    /* persons, [n_seats] */
    lane_real *frame[N_AXES], *momentum;
    lane_whole *inside; /* 0 or 1 */
    /* the organisation of each seat, [n_seats]: its own where it sits at one table only, a copy where it is shared */
    lane_real *position[N_AXES], *standing, *appreciation;
    lane_word *organisation; /* [n_seats] number in the programme; NULL where organisations are not shared */
    /* the problem; from `symptom` to `totals` there are rows only (engine/world_state.c) */
    lane_whole *diagnosed, *addressed; /* [causes], layers */
    lane_byte *owner;                  /* [causes * layers], enum sector */
    _Alignas(LANE_ALIGNMENT) lane_real symptom;
    lane_whole n_diagnosed, n_addressed, n_solved; /* sums over causes */
    /* the collaboration */
    lane_real commitment, skill; /* skill: the convener's own */
    lane_real pressure, budget, relevance, fatigue;
    lane_real wins;                            /* of the month before */
    lane_real counted_since, structural_since; /* the last review date; counted: quick wins and those on paper */
    lane_whole replaced[N_SECTORS];            /* persons who made place at the start of the month */
    lane_whole formation;
    lane_whole alive;   /* until it ends, or support does */
    lane_whole goes_on; /* until it ends or, after support, lapses */
    lane_whole failed;  /* month, counted from 1, since which the state is not finite; 0: it is */
    /* means over insiders, at the end of the month before; k */
    lane_real mean_trust, mean_latent, mean_open, mean_unexplored, mean_momentum;
    lane_whole n_inside;

    struct totals totals;
    void *memory; /* what the rows above live in, owned; NULL when they live in memory of the caller */
};

/* Bytes of rows that a block needs; `shared` is 1 when its organisations are shared. A multiple of LANE_ALIGNMENT. */
size_t block_bytes(const struct scenario *scenario, int shared);

/* Lays the rows of `block` out in `memory` (block_bytes long, aligned to LANE_ALIGNMENT; the caller's). */
void block_place(struct block *block, const struct scenario *scenario, int shared, void *memory);

/* The same in memory of its own, freed with block_free, which is safe on a zeroed block. */
STATUS_CHECKED dredge_status block_init(struct block *block, const struct scenario *scenario, int shared);
void block_free(struct block *block);

/* Checks the invariants of a block (ranges, l + q <= 1, addressed <= diagnosed <= layers, counts); on a breach writes
 * a sentence and returns 0, else 1. For tests. */
int block_verify(const struct block *block, const struct scenario *scenario, size_t sentence_bytes, char *sentence);

#endif
