/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_DERIVE_H
#define RUN_DERIVE_H

#include "engine/work.h"
#include "engine/world.h"
#include "run/batch.h"

/* The outcomes that a study derives, gathered while its runs go on: the number that each carries from month to month stands in
 * the parcel, in the place of the outcome, so that a checkpoint has it, too. */

/* Is a derived outcome to see the runs of this job after `month` months? */
int derive_sees(const struct job *job, int month);

/* After so many months: the lanes of a block, replicates first .. first + n_lanes - 1 of the parcel; one world. */
void derive_block(struct job *job, int regime, int first, int n_lanes, int month, const struct work *work);
void derive_world(struct job *job, int regime, int replicate, int month, const struct world *world);

/* Once a run has ended and its other outcomes are stored. */
void derive_end(struct job *job, int regime, int replicate);

#endif
