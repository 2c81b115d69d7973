/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SAVED_WORLD_H
#define RUN_SAVED_WORLD_H

#include "engine/world.h"
#include "run/batch.h"
#include "run/runner.h"

/* Checkpoints of the worlds of a programme, by the keeper of the options. Processes that step one world together call
 * each function together. */

/* Is there a checkpoint of this job's parcel? */
STATUS_CHECKED dredge_status saved_world_find(const struct runner_options *options, const struct job *job,
                                              struct checkpoint *checkpoint, int *is_found);

/* Puts the job, and the world that was started for its task checkpoint->task, where the checkpoint left them. */
STATUS_CHECKED dredge_status saved_world_load(const struct runner_options *options, const struct checkpoint *checkpoint,
                                              struct job *job, struct world *world);

/* Saves the job, and its task `task` as far as the world has come. */
STATUS_CHECKED dredge_status saved_world_save(const struct runner_options *options, const struct job *job, int task,
                                              const struct world *world);

#endif
