/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_SCENARIO_H
#define ENGINE_SCENARIO_H

#include <stdint.h>

#include "base/status.h"
#include "engine/plan.h"
#include "engine/quantiles.h"
#include "model/parameters.h"
#include "model/rates.h"
#include "model/regime.h"
#include "model/roles.h"

/* A scenario: one design point made ready to run; read only while it runs, shared by all threads. */
struct scenario {
    uint64_t seed;
    struct parameters parameters; /* complete */
    struct rates rates;
    struct plan plan;
    int by_sector; /* are series by sector and by pair of sectors observed, too? 0 unless the caller sets it */
    int n_regimes;
    struct regime *regimes;                              /* [n_regimes], owned */
    struct quantiles trust, momentum, commitment, skill; /* of the start; skill also of successors */
    struct roles roles;
};

/* Fills all of `scenario` but the quantile tables. `scenario` must be zeroed or hold an earlier scenario, which is
 * replaced; the caller frees it with scenario_free (safe when zeroed). */
STATUS_CHECKED dredge_status scenario_make(struct scenario *scenario, uint64_t seed,
                                           const struct parameters *parameters, int n_regimes,
                                           const struct regime *regimes);

/* Makes the quantile tables of the start, as far as those that it holds are for other values. Takes milliseconds and
 * cannot fail, so threads can do it for many scenarios at once. */
void scenario_tables(struct scenario *scenario);

void scenario_free(struct scenario *scenario);

#endif
