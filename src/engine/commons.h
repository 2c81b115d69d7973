/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_COMMONS_H
#define ENGINE_COMMONS_H

#include <stdint.h>

#include "base/status.h"
#include "engine/block.h"
#include "engine/scenario.h"
#include "engine/work.h"

/* Organisations shared by the collaborations of one programme (docs/model.md 4.5). */

/* 32 bytes, so that a seat's organisation is one fetch. */
struct organisation {
    float position[N_AXES], standing, appreciation;
    float unused[3];
};

/* What one organisation's inside seats tell it in a month: exact sums (engine/fixed.h); one cache line. */
struct organisation_sums {
    int64_t n, trust, escalated, structural, frame[N_AXES], unused;
};

struct commons {
    int n_organisations, n_threads;
    int first_of[N_SECTORS + 1];       /* number of the first organisation of each sector */
    struct organisation *organisation; /* [n_organisations], owned */
    struct organisation_sums *sums;    /* [n_threads][n_organisations], owned */
};

/* Room for the organisations of `scenario`, and sums for `n_threads` threads; freed with commons_free (safe when
 * zeroed). */
STATUS_CHECKED dredge_status commons_init(struct commons *commons, const struct scenario *scenario, int n_threads);
void commons_free(struct commons *commons);

/* The organisations of replicate `replicate` at the start. */
void commons_start(struct commons *commons, const struct scenario *scenario, uint32_t replicate);

/* Chooses the organisation of every seat of the block's lanes (entity: number of the collaboration): drawn without
 * replacement from the pool of its region. */
void commons_seat(const struct commons *commons, const struct scenario *scenario, struct block *block);

/* Copies the state of the organisations to the block's seats. */
void commons_copy(const struct commons *commons, const struct scenario *scenario, struct block *block);

/* Adds what the block's inside seats experienced this month to the sums of `thread`; before the month is closed. */
void commons_gather(struct commons *commons, const struct scenario *scenario, const struct block *block,
                    const struct work *work, int thread);

/* Adds the sums of all threads for organisations first .. last - 1 into those of thread 0. */
void commons_add(struct commons *commons, int first, int last);

/* Moves organisations first .. last - 1 by the sums of thread 0 and sets the sums of all threads to zero. */
void commons_learn(struct commons *commons, const struct scenario *scenario, int first, int last);

#endif
