/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_GAME_H
#define LAB_GAME_H

#include "base/json.h"
#include "base/status.h"
#include "engine/ensemble.h"
#include "engine/world.h"
#include "study/study.h"

/* A game: one replicate of a scenario under a few regimes, stepped month by month and shown as frames. Of a programme
 * the first collaboration is shown. A frame is a row of floats: the scalars below, then per seat momentum, inside, left;
 * per tie trust, latent, open, escalated; per cause diagnosed, addressed. */

#define GAME_SCALARS(X)                                                                                                \
    X(symptom)                                                                                                         \
    X(pressure)                                                                                                        \
    X(budget)                                                                                                          \
    X(formation)                                                                                                       \
    X(alive)                                                                                                           \
    X(process)                                                                                                         \
    X(depth)                                                                                                           \
    X(quick)                                                                                                           \
    X(structural)                                                                                                      \
    X(structural_share)                                                                                                \
    X(trust)                                                                                                           \
    X(latent)                                                                                                          \
    X(open)                                                                                                            \
    X(momentum)                                                                                                        \
    X(inclusion)                                                                                                       \
    X(worked_through)

enum game_scalar {
#define X(name) GAME_##name,
    GAME_SCALARS(X)
#undef X
        N_GAME_SCALARS
};

struct game {
    struct scenario scenario;
    struct ensemble ensemble; /* of a single collaboration */
    struct world *worlds;     /* [n_regimes], of a programme; NULL where there is none; owned */
    int month;                /* the next one */
    int stride;               /* floats of a frame */
    float *frames;            /* [n_regimes][stride], owned: after the last month */
    float *before;            /* [stride], owned: the frame before the month that is being packed */
};

/* Finds regime `name`: of the study, else a built-in one. Returns 0 when there is none. */
int game_regime(const struct study *study, const char *name, struct regime *regime);

/* Starts replicate `replicate` of the first design point under `regimes` (copied); freed with game_free (safe when
 * zeroed). */
STATUS_CHECKED dredge_status game_init(struct game *game, const struct study *study, int n_regimes,
                                       const struct regime *regimes, uint32_t replicate);
void game_free(struct game *game);

/* Sets what regime `regime` does from the next month on: a fixed share of process work and depth. */
void game_steer(struct game *game, int regime, double process, double depth);

/* One month further, of support or aftercare; 0 when there is none left. */
int game_step(struct game *game);

/* Describes what does not change: seats, ties, owners of layers, names of scalars. */
void game_describe(const struct game *game, struct json *json);

#endif
