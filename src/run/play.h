/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PLAY_H
#define RUN_PLAY_H

#include "base/json.h"
#include "base/status.h"
#include "engine/ensemble.h"
#include "engine/world.h"
#include "study/study.h"

/* A play: one replicate of a scenario under a few regimes, stepped month by month and shown as frames. Of a programme
 * the first collaboration is shown. A frame is a row of floats: the scalars below, then per seat momentum, inside, left;
 * per tie trust, latent, open, escalated; per cause diagnosed, addressed. */

#define PLAY_SCALARS(X)                                                                                                \
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
    X(worked_through)                                                                                                  \
    X(relevance)                                                                                                       \
    X(skill)                                                                                                           \
    X(paper)                                                                                                           \
    X(found_by_conflict) /* layers diagnosed in the month, by what they were found */                                  \
    X(found_by_analysis)                                                                                               \
    X(found_by_doing)

enum play_scalar {
#define X(name) PLAY_##name,
    PLAY_SCALARS(X)
#undef X
        N_PLAY_SCALARS
};

struct play {
    struct scenario scenario;
    struct ensemble ensemble; /* of a single collaboration */
    struct world *worlds;     /* [n_regimes], of a programme; NULL where there is none; owned */
    int month;                /* the next one */
    int stride;               /* floats of a frame */
    float *frames;            /* [n_regimes][stride], owned: after the last month */
    float *before;            /* [stride], owned: the frame before the month that is being packed */
};

/* The regime that is called `name` (NULL: the first) as the study's first design point has it, or a built-in one; DREDGE_USAGE where
 * none is called so, with the nearest that there is. */
STATUS_CHECKED dredge_status play_regime(const struct study *study, const char *name, struct regime *regime);

/* Starts replicate `replicate` of the first design point under `regimes` (copied); freed with play_free (safe when
 * zeroed). */
STATUS_CHECKED dredge_status play_init(struct play *play, const struct study *study, int n_regimes,
                                       const struct regime *regimes, uint32_t replicate);
void play_free(struct play *play);

/* Sets what regime `regime` does from the next month on, in formation too: a fixed share of process work and depth; of its
 * own steering only the weight of KPIs (of its first phase) stays. */
void play_steer(struct play *play, int regime, double process, double depth);

/* Opens the first `months` months of regime `regime` to analysis, as a formation is; play_steer closes them again. */
void play_form(struct play *play, int regime, int months);

/* Multiplies what the study's attempts are, of all regimes, by `grant` (>= 0) from the next month on. */
void play_grant(struct play *play, double grant);

/* Ends the support of all regimes that are shown: nobody works from the next month on. */
void play_stop(struct play *play);

/* Layers that regime `regime` has diagnosed and not addressed. */
int play_known(const struct play *play, int regime);

/* One month further, of support or aftercare; 0 when there is none left. */
int play_step(struct play *play);

/* Describes what does not change: seats, ties, owners of layers, names of scalars. */
void play_describe(const struct play *play, struct json *json);

#endif
