/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include "base/status.h"
#include "engine/ensemble.h"
#include "engine/scenario.h"
#include "result/parcel.h"
#include "run/schedule.h"
#include "study/study.h"

/* A batch: requests made ready to run, with room for their results. All that can fail happens here, before threads
 * start. */

/* One request on its way. */
struct job {
    struct parcel parcel;
    const int *run; /* [n_run] the regimes that are run, in order; borrowed from the batch */
    int n_run;
    const struct derived *derived; /* [n_derived] outcomes of the study, borrowed */
    int n_derived;
    const struct scenario *scenario; /* NULL: the point is impossible and the parcel says why */
    int is_sampled;                  /* samples are kept in columns */
    float *columns;       /* [n_regimes][n_samples][n_series][n_replicates], owned; kept from batch to batch */
    size_t columns_bytes; /* that columns has room for */
    void *codes;          /* parts of tallies (run/reduce.c), owned; kept from batch to batch */
    size_t codes_bytes, code_room;
    int every;      /* months between samples */
    int n_tasks;    /* blocks of LANES replicates; for a programme replicates x regimes that are run */
    int first_task; /* number of its first task in the batch */
    int n_finished; /* tasks */
};

struct batch {
    const struct study *study;
    const struct runner_sink *sink; /* says what is known, borrowed */
    int *regimes;                   /* [2][n_regimes] all, and those to run where others are known; owned */
    int n_lacking;                  /* how many these are */
    int n_jobs, n_scenarios, n_tasks;
    int capacity;               /* of jobs and scenarios */
    struct job *jobs;           /* [capacity], owned */
    struct scenario *scenarios; /* [capacity], one per point, owned; kept for their tables */
};

STATUS_CHECKED dredge_status batch_init(struct batch *batch, const struct study *study, const struct runner_sink *sink,
                                        int capacity);
void batch_free(struct batch *batch); /* safe when zeroed */

/* Fills the batch with the requests; earlier jobs are freed. */
STATUS_CHECKED dredge_status batch_fill(struct batch *batch, int n_requests, const struct span *requests);

/* Is the scenario a programme of collaborations that share organisations? */
int scenario_is_programme(const struct scenario *scenario);

/* The job of a task, and the number of the task within it. */
struct job *batch_job(struct batch *batch, int task, int *within);

/* Runs one task of an ensemble job in `memory` (ensemble_bytes long). Cannot fail. */
void job_run_block(struct job *job, int within, void *memory);

/* Stores the outcomes and marks the run (regime, replicate within the parcel) as done, or as failed when it is not sound. */
void job_store(struct job *job, int regime, int replicate, int is_sound, const double outcomes[N_OUTCOME_COLUMNS]);

/* Says in the parcel's message which run failed, if any did; after the job's tasks. */
void job_explain(struct job *job);

/* Sets all samples to zero. */
void job_clear(struct job *job);

/* The place of one sample of one series and regime in the columns: [n_replicates]. */
float *job_samples(const struct job *job, int regime, int sample, int series);

/* Turns the columns of one series and regime into what the parcel keeps. Different series and regimes touch different
 * memory. */
void job_reduce(struct job *job, int series, int regime);

/* Puts the parts of the parcel's tallies together, once all of them are there. */
STATUS_CHECKED dredge_status job_tallies(struct job *job);

#endif
