/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PROGRAMME_H
#define RUN_PROGRAMME_H

#include "engine/world.h"
#include "run/batch.h"
#include "run/runner.h"

/* The worlds of a programme's job: task regime * n_replicates + replicate is one replicate under one regime. */

/* Is a stop asked for, here or in any process that is in step with this one? */
int programme_stops(const struct runner_options *options);

/* Room for one world, or for this process's part of it; freed with world_free. */
STATUS_CHECKED dredge_status programme_world(const struct runner_options *options, const struct scenario *scenario,
                                             int n_threads, struct world *world);

/* Starts the world of a task. */
void programme_start(struct world *world, struct job *job, int task);

/* Steps the world of a task to its end and keeps what it gave; returns 0 when it was stopped before. */
int programme_run(const struct runner_options *options, struct world *world, struct job *job, int task);

/* The same with a checkpoint every checkpoint_every months and where it is stopped; `*is_done`: it came to its end. */
STATUS_CHECKED dredge_status programme_run_saved(const struct runner_options *options, struct world *world,
                                                 struct job *job, int task, int *is_done);

#endif
