/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_WORK_H
#define ENGINE_WORK_H

#include <stddef.h>

#include "base/status.h"
#include "engine/lanes.h"
#include "engine/scenario.h"
#include "model/outcomes.h"
#include "model/problem.h"

/* What a thread needs to step a block: the luck of the month, which all regimes of the same replicates share, and the
 * flows of the month, which are forgotten after it. */

/* Uniform numbers in (0, 1), except the words of ties and the noise. */
struct luck {
    lane_word *tie;                               /* [n_ties] words: escalation and xi (base/stream.h) */
    lane_real *person_noise;                      /* [n_seats], standard normal */
    lane_real *person_event;                      /* [n_seats] turnover or joining */
    lane_real *withdrawal;                        /* [n_seats] */
    lane_real *relapse, *stale;                   /* [causes] */
    int *taken;                                   /* [n_seats] is someone inside, in any lane of any regime? */
    _Alignas(LANE_ALIGNMENT) lane_real effort[4]; /* diagnoses by conflict, structural, quick, ending */
    lane_real source[4], succession[4];           /* diagnoses by analysis, by doing; succession, successor's skill */
};

struct work {
    struct luck luck;
    /* seats, [n_seats] */
    lane_real *drive;                                /* square root of momentum */
    lane_real *trust_sum, *open_sum, *escalated_sum; /* over the ties with insiders */
    lane_real *pull[N_AXES];                         /* sum of R (y_j - y_i) */
    lane_real *frame_start[N_AXES];                  /* frames at the start of the month */
    lane_whole *leaves, *withdraws, *joins;          /* 0 or 1 */
    int *taken;                                      /* is someone inside, in any lane? Ties without are left out */
    /* the collaboration */
    _Alignas(LANE_ALIGNMENT) lane_real process;
    lane_real depth;
    lane_real reaching;                              /* process work that reaches the ties */
    lane_real skill;                                 /* of the convener, effective */
    lane_real renown;                                /* relevance times the wins of the month before */
    lane_real bury_share;                            /* phi of burying */
    lane_real partners_inverse;                      /* 1 / (k - 1) */
    lane_real ties_inverse;                          /* 1 / number of ties between insiders, 0 when there is none */
    lane_whole lived;                                /* alive at the start of the month */
    lane_real coverage;                              /* c = k / K */
    lane_real learning, escalated, through;          /* rho, H, mean of R */
    lane_real escalations;                           /* number */
    lane_real pair_learning[N_SECTOR_PAIRS];         /* learning summed over the ties of a pair of sectors */
    lane_whole found[N_SOURCES];                     /* layers diagnosed */
    lane_whole quick, paper, structural;             /* successes; those on paper are no wins */
    lane_real relevance_after;                       /* at the end of the month */
    lane_real relief;                                /* (1 - relief)^quick */
    lane_whole left[N_SECTORS], withdrew[N_SECTORS]; /* persons by sector */
    lane_whole remaining;                            /* insiders less those who withdrew this month */
    lane_whole present[N_SECTORS];                   /* insiders by sector */
    lane_real seats;                                 /* insiders at the start of the month of those who were alive */
    lane_real series[N_SERIES_COLUMNS];              /* observed after the month */
    void *memory;                                    /* what the rows live in, owned; NULL when it is the caller's */
};

/* Bytes of rows that a work space needs; a multiple of LANE_ALIGNMENT. */
size_t work_bytes(const struct scenario *scenario);

/* Lays out a work space for blocks of `scenario` in `memory` (work_bytes long, aligned to LANE_ALIGNMENT; the
 * caller's). */
void work_place(struct work *work, const struct scenario *scenario, void *memory);

/* The same in memory of its own, freed with work_free, which is safe when zeroed. */
STATUS_CHECKED dredge_status work_init(struct work *work, const struct scenario *scenario);
void work_free(struct work *work);

/* Sets the flows that are observed to zero: in aftercare nobody works with support. */
void work_rest(struct work *work);

#endif
