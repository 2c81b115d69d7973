/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_TRIALS_H
#define SEARCH_TRIALS_H

#include <signal.h>
#include <stdint.h>

#include "model/outcomes.h"
#include "search/space.h"
#include "study/study.h"

/* Candidates and what running them gave. All candidates of a set share their luck replicate by replicate (common random
 * numbers), so they are compared by pairs. They are run in one world, or in several: points of a design, each with as many
 * replicates. */

struct candidate {
    double x[SPACE_MAX];
    struct regime regime;
    int n;          /* replicates run, of all worlds together */
    double *values; /* [outcomes of the study][n_worlds][n_most / n_worlds], owned; NaN where not run */
};

struct trials {
    const struct study *study; /* borrowed: the scenario */
    int n_worlds;              /* 1: its design is left aside; otherwise its points are the worlds */
    uint64_t seed;
    int n_threads;
    const volatile sig_atomic_t *stop;
    int n, capacity, n_most;      /* candidates; replicates that a candidate may have */
    struct candidate *candidates; /* [n], owned */
    long long n_runs;
};

/* Freed with trials_free; safe on a zeroed set. `n_most` is rounded up so that all worlds have as many replicates. */
void trials_init(struct trials *trials, const struct study *study, int n_worlds, uint64_t seed, int n_most);
void trials_free(struct trials *trials);

/* Adds a candidate and its number. */
STATUS_CHECKED dredge_status trials_add(struct trials *trials, const struct regime *regime, const double *x,
                                        int *number);

/* Runs the chosen candidates up to `n_replicates` each, rounded up as n_most is. */
STATUS_CHECKED dredge_status trials_run(struct trials *trials, int n_chosen, const int *chosen, int n_replicates);

/* Mean over the replicates that have a value, and its standard error (may be NULL). */
double trials_mean(const struct trials *trials, int number, int outcome, double *se);

/* The mean in one world. */
double trials_world_mean(const struct trials *trials, int number, int outcome, int world);

#endif
