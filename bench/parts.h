/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PARTS_H
#define BENCH_PARTS_H

#include "base/json.h"
#include "base/status.h"

/* The parts of dredge-bench. Each writes members of the JSON object that is open; figures are medians of `rounds`. */

/* Nanoseconds per tie and month at each vector level, all ties active: draws, bare kernel, tie phase. */
STATUS_CHECKED dredge_status part_ties(struct json *json);

/* Nanoseconds per active tie and month of `replicates` whole runs of the default study on one thread, processor time:
 * the engine alone, the runner without trajectories and with their summary, and the same for the regime iterative
 * alone. What they are compared to is measured in the same round. */
STATUS_CHECKED dredge_status part_runs(struct json *json, int replicates, int rounds);

/* Wall time of an ensemble of `replicates` on one thread over that on `n_threads`. */
STATUS_CHECKED dredge_status part_threads(struct json *json, int replicates, int n_threads, int rounds);

/* One world of `n_persons` in programmes of 10 persons each, organisations shared by two on average: nanoseconds per
 * person and month (processor time of one thread), wall time on one thread over that on `n_threads`, bytes. */
STATUS_CHECKED dredge_status part_world(struct json *json, int n_persons, int n_threads, int rounds);

/* One number of the open object. */
static inline void put(struct json *json, const char *key, double value)
{
    json_key(json, key);
    json_number(json, value);
}

#endif
