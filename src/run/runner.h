/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RUNNER_H
#define RUN_RUNNER_H

#include <signal.h>

#include "base/status.h"
#include "engine/world.h"
#include "result/checkpoint.h"
#include "result/parcel.h"
#include "study/study.h"

/* Runs a study: plans parcels, runs them in parallel in batches of about two seconds, and hands finished parcels to a
 * sink. What is run does not depend on threads, shards or what was finished before; only how it is spread does. */

/* Where parcels go, and what is there already. */
struct runner_sink {
    void *context;
    /* Is replicate `replicate` of `point` finished? NULL: nothing is. */
    int (*has)(void *context, int point, int replicate);
    /* Outcome `outcome` of the finished replicates 0 .. n_replicates-1 of a point: out[n_regimes][n_replicates], NaN
     * where missing; for the stopping rule. NULL: there are none, or no stopping rule. */
    dredge_status (*outcomes)(void *context, int point, int outcome, int n_replicates, double *out);
    /* Takes finished parcels; they are freed after the call, except those that the sink moves out and zeroes. */
    dredge_status (*append)(void *context, int n_parcels, struct parcel *parcels);
    /* Is this replicate known under the regimes of `known` ([n_regimes], 1 where so), which then need not be run? With a
     * fixed number of replicates only; `known` NULL: nothing is. */
    int (*knows)(void *context, int point, int replicate);
    const unsigned char *known;
};

struct runner_progress {
    long long n_done,
        n_runs; /* runs (one replicate under one regime); n_runs is an upper bound under a stopping rule */
};

struct runner_options {
    int n_threads;                     /* 0: all */
    int shard, n_shards;               /* this process's part, 0-based, of n_shards (0 or 1: all) */
    const volatile sig_atomic_t *stop; /* NULL, or set to non-zero to stop soon: DREDGE_INTERRUPTED */
    void (*progress)(void *context, const struct runner_progress *progress); /* NULL or called now and then */
    void *progress_context;
    /* The next chunk of work for this process, in place of shards (several processes on one study): returns numbers
     * that rise and that no other process gets; NULL when not used. */
    long long (*next)(void *context, long long n_chunks);
    void *next_context;
    /* Several processes in step, each with its part of the collaborations of every world (programmes only): this one's
     * number, how many there are (0 or 1: one), and how sums meet. Every process gets the same outcomes. */
    int part, n_parts;
    world_all_sum *all_sum;
    void *all_sum_context;
    /* Worlds of programmes go on from their checkpoints in the keeper (borrowed; NULL: they start anew), and are saved
     * there every so many months (0: never; needs a keeper). Worlds that are saved run one after the other. */
    const struct checkpoint_keeper *keeper;
    int checkpoint_every;
};

STATUS_CHECKED dredge_status runner_run(const struct study *study, const struct runner_options *options,
                                        const struct runner_sink *sink);

/* Runs of the study (points x regimes x replicates), an upper bound under a stopping rule. */
long long runner_runs(const struct study *study);

/* How many chunks of a study make a batch; bytes of one on its way; and of all that may wait for the sink. */
int runner_batch(const struct study *study, int n_threads);
unsigned long long runner_parcel_bytes(const struct study *study);
unsigned long long runner_waiting_bytes(const struct study *study, int n_threads);

/* What is likely to be on its way or waiting at most, in a run of the whole study that takes so many seconds. */
double runner_likely_bytes(const struct study *study, int n_threads, double seconds);

#endif
