/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_SCENARIO_H
#define ENGINE_SCENARIO_H

#include <stdint.h>

#include "base/status.h"
#include "engine/plan.h"
#include "engine/quantiles.h"
#include "model/act.h"
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
    struct regime *regimes;                                /* [n_regimes], owned */
    const struct quantiles *trust, *momentum, *commitment; /* of the start; in `tables` */
    const struct quantiles *latent;                        /* of the start, where members were asked about tension */
    const struct quantiles *skill;                         /* of the start, and of successors */
    struct quantiles *tables;                              /* [n_tables], owned */
    int n_tables;
    struct roles roles;
    const struct roster *roster; /* borrowed; NULL: nobody is named */
    int n_acts;
    struct act *acts; /* [n_acts], in the order in which they act, owned */
    int n_eras;
    struct era *eras; /* [n_eras], in the order of months, owned: what acts that set make of it */
};

/* The scenario from a month on. */
struct era {
    int from, own_plan;       /* from: month, from 0; own_plan: 0 where the plan is the one before */
    struct scenario scenario; /* shares all else with the scenario that it is an era of */
};

/* Fills all of `scenario` but the quantile tables; nothing happens in it yet. `scenario` must be zeroed or hold an
 * earlier scenario, which is replaced; the caller frees it with scenario_free (safe when zeroed). */
STATUS_CHECKED dredge_status scenario_make(struct scenario *scenario, uint64_t seed,
                                           const struct parameters *parameters, int n_regimes,
                                           const struct regime *regimes);

/* Seats the members of `roster` (borrowed, must outlive the scenario; the parameters have their seats). With nobody in it,
 * nothing changes. Before scenario_let_happen. */
void scenario_seat(struct scenario *scenario, const struct roster *roster);

/* Lets `n_acts` acts happen in it, which may come in any order. Before scenario_tables. */
STATUS_CHECKED dredge_status scenario_let_happen(struct scenario *scenario, int n_acts, const struct act *acts);

/* Makes the quantile tables, as far as those that it holds are for other values. Takes milliseconds and cannot fail, so
 * threads can do it for many scenarios at once. */
void scenario_tables(struct scenario *scenario);

void scenario_free(struct scenario *scenario);

/* What holds in `month` (from 0). */
const struct scenario *scenario_in(const struct scenario *scenario, int month);

/* The acts of `month` (from 0): their number; the first one goes to `*acts`. */
int scenario_acts(const struct scenario *scenario, int month, const struct act **acts);

#endif
