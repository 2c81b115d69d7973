/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_TIES_H
#define BENCH_TIES_H

#include "engine/scenario.h"

/* Nanoseconds per tie and month, all lanes and all ties active; the median of several rounds. */
struct tie_figures {
    double draws;  /* Philox and its uniform numbers alone */
    double kernel; /* draws and the arithmetic of a tie, on a few rows that stay in the cache: the bare computation */
    double phase;  /* draws and the engine's tie phase: gather, rule, scatter */
};

typedef void bench_ties(const struct scenario *scenario, struct tie_figures *figures);

bench_ties bench_ties_v1, bench_ties_v2, bench_ties_v3, bench_ties_v4, bench_ties_portable;

#endif
