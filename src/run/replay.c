/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/replay.h"

#include <string.h>

#include "run/runner.h"

/* A sink that wants one replicate of one point only. */
struct wanted {
    int point, replicate;
    struct parcel *parcel;
};

static int wanted_has(void *context, int point, int replicate)
{
    const struct wanted *wanted = context;
    return point != wanted->point || replicate != wanted->replicate;
}

static dredge_status wanted_append(void *context, int n_parcels, struct parcel *parcels)
{
    struct wanted *wanted = context;
    if (n_parcels != 1) {
        return status_fail(DREDGE_FAILURE, "replay: %d parcels where 1 was asked for", n_parcels);
    }
    *wanted->parcel = parcels[0];
    memset(&parcels[0], 0, sizeof parcels[0]);
    return DREDGE_OK;
}

dredge_status replay_run(const struct study *study, int point, int replicate, struct parcel *parcel)
{
    memset(parcel, 0, sizeof *parcel);
    struct study part = *study; /* shares what the study owns */
    part.trajectories = TRAJECTORIES_RUNS;
    part.by_sector = 1;
    part.replication.outcome = -1;
    part.replication.min = replicate + 1;
    part.replication.max = replicate + 1;
    struct wanted wanted = {point, replicate, parcel};
    struct runner_options options = {.n_threads = 1};
    struct runner_sink sink = {.context = &wanted, .has = wanted_has, .append = wanted_append};
    return runner_run(&part, &options, &sink);
}
