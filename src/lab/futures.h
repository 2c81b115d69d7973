/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_FUTURES_H
#define LAB_FUTURES_H

#include "base/status.h"
#include "engine/ensemble.h"
#include "engine/world.h"
#include "model/outcomes.h"
#include "study/study.h"
#include "result/tally.h"

/* Many futures of one scenario at once: replicates under a few regimes, for fan charts and distributions of outcomes. */

struct futures {
    struct scenario scenario;
    struct ensemble ensemble; /* of a single collaboration */
    struct world world;       /* of a programme */
    int n, done;              /* replicates asked for and finished */
    double *outcomes;         /* [N_OUTCOMES][n_regimes][n], owned */
    struct tally *tallies;    /* [n_regimes], owned */
};

/* Prepares `n` replicates (0 .. n - 1) of the first design point; freed with futures_free (safe when zeroed). */
STATUS_CHECKED dredge_status futures_init(struct futures *futures, const struct study *study, int n_regimes,
                                          const struct regime *regimes, int n);
void futures_free(struct futures *futures);

/* Runs the next LANES replicates (of a programme: one); returns how many are done. */
int futures_batch(struct futures *futures);

#endif
