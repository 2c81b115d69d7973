/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/programme.h"

#include "base/stop.h"
#include "run/derive.h"
#include "run/saved_world.h"

int programme_stops(const struct runner_options *options)
{
    int64_t wishes = stop_is_wished(options->stop);
    if (options->n_parts > 1) {
        options->all_sum(options->all_sum_context, 1, &wishes);
    }
    return wishes != 0;
}

dredge_status programme_world(const struct runner_options *options, const struct scenario *scenario, int n_threads,
                              struct world *world)
{
    long long n = scenario->parameters.collaborations;
    if (options->n_parts <= 1) {
        return world_init(world, kernel_best(), scenario, 0, (int)n, n_threads);
    }
    long long first = n * options->part / options->n_parts;
    long long last = n * (options->part + 1) / options->n_parts;
    dredge_status status = world_init(world, kernel_best(), scenario, (int)first, (int)(last - first), n_threads);
    world->all_sum = options->all_sum;
    world->context = options->all_sum_context;
    return status;
}

void programme_start(struct world *world, struct job *job, int task)
{
    int n = job->parcel.span.n_replicates;
    world_start(world, (uint32_t)(job->parcel.span.first + task % n), task / n);
    if (derive_sees(job, 0)) {
        world_observe(world);
        derive_world(job, job->run[task / n], task % n, 0, world);
    }
}

static int months_of(const struct job *job)
{
    return job->scenario->parameters.months + job->scenario->parameters.aftercare_months;
}

/* Steps until so many months are done; returns 0 when it was stopped before. */
static int step_until(const struct runner_options *options, struct world *world, struct job *job, int task, int month)
{
    int n = job->parcel.span.n_replicates;
    while (world->month < month) {
        if (programme_stops(options)) {
            return 0;
        }
        int sample = world->month / job->every;
        int observed = job->is_sampled && (world->month + 1) % job->every == 0;
        int derives = derive_sees(job, world->month + 1);
        world_step(world, observed || derives);
        if (derives) {
            derive_world(job, job->run[task / n], task % n, world->month, world);
        }
        for (int series = 0; observed && series < job->parcel.n_series; series++) {
            job_samples(job, job->run[task / n], sample, series)[task % n] = world->series[series];
        }
    }
    return 1;
}

static void keep_outcomes(struct world *world, struct job *job, int task)
{
    double outcomes[N_OUTCOME_COLUMNS];
    int n = job->parcel.span.n_replicates;
    int is_sound = world_outcomes(world, outcomes);
    job_store(job, job->run[task / n], task % n, is_sound, outcomes);
    derive_end(job, job->run[task / n], task % n);
}

int programme_run(const struct runner_options *options, struct world *world, struct job *job, int task)
{
    if (!step_until(options, world, job, task, months_of(job))) {
        return 0;
    }
    keep_outcomes(world, job, task);
    return 1;
}

dredge_status programme_run_saved(const struct runner_options *options, struct world *world, struct job *job, int task,
                                  int *is_done)
{
    int end = months_of(job);
    int every = options->checkpoint_every > 0 ? options->checkpoint_every : end;
    int saved = world->month;
    *is_done = 0;
    while (!*is_done) {
        int next = (world->month / every + 1) * every;
        int went_on = step_until(options, world, job, task, next < end ? next : end);
        *is_done = went_on && world->month == end;
        if (!*is_done && options->checkpoint_every > 0 && world->month > saved) {
            dredge_status status = saved_world_save(options, job, task, world);
            if (status != DREDGE_OK) {
                return status;
            }
            saved = world->month;
        }
        if (!went_on) {
            return DREDGE_OK;
        }
    }
    keep_outcomes(world, job, task);
    return DREDGE_OK;
}
