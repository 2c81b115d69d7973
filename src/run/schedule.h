/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SCHEDULE_H
#define RUN_SCHEDULE_H

#include "base/status.h"
#include "result/parcel.h"
#include "result/span.h"
#include "run/runner.h"
#include "study/study.h"

/* Which runs are next: the plan of a study, cut into chunks, less what is finished. A fixed number of replicates is cut
 * into chunks of one point, which are taken so that any number of the first ones are an even sample of the points and
 * replicates; chunk k belongs to shard k % n_shards. Under a stopping rule point k does, as the decision
 * needs all its replicates. */

struct schedule; /* opaque */

STATUS_CHECKED dredge_status schedule_new(struct schedule **schedule, const struct study *study,
                                          const struct runner_options *options, const struct runner_sink *sink);
void schedule_free(struct schedule *schedule); /* safe on NULL */

/* Up to `limit` requests that can be run now; n = 0 when the study is finished. The results of all requests given must
 * have been told before the next call. */
STATUS_CHECKED dredge_status schedule_next(struct schedule *schedule, int limit, struct span *requests, int *n);

/* Tells the results of a request. */
void schedule_tell(struct schedule *schedule, const struct parcel *parcel);

/* Replicates of one chunk: many short runs, or few long ones. */
int schedule_chunk(const struct study *study);

/* Runs found finished before, as far as the schedule has looked. */
long long schedule_skipped(const struct schedule *schedule);

#endif
