/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "run/runner_inside.h"
#include "run/schedule.h"

/* How many runs are on their way at once, and the memory that they take. */

/* A batch holds at most so many requests and runs of one collaboration. */
enum { BATCH_JOBS = 1024, BATCH_RUNS_OF_A_THREAD = 1 << 12 };

/* Series of a regime in a month. */
static unsigned long long n_cells(const struct study *study)
{
    return study->trajectories == TRAJECTORIES_NONE
               ? 0
               : (unsigned long long)study_n_series(study) * (unsigned long long)study->n_regimes *
                     (unsigned long long)study_n_samples(study);
}

/* What the samples of a chunk take on their way into its parcel. */
static unsigned long long columns_bytes(const struct study *study)
{
    return n_cells(study) * (unsigned long long)schedule_chunk(study) * sizeof(float);
}

/* The tallies of a chunk, at most: as parts, and as a whole in the parcel. */
static unsigned long long tallies_bytes(const struct study *study)
{
    return study->trajectories != TRAJECTORIES_SUMMARY
               ? 0
               : (unsigned long long)study->n_regimes *
                     tally_code_most_bytes(study_n_series(study), study_n_samples(study), schedule_chunk(study));
}

/* The same as they mostly are, since many values fall into few bins: 30, 88 and 114 bytes for a series in a month over 16, 256
 * and 1,024 replicates of the default study. Two thirds of it were used before, or will be again. */
static double likely_tallies_bytes(const struct study *study)
{
    double of_cell = 30 + 14 * fmax(0, log2(schedule_chunk(study) / 16.0));
    return fmin((double)tallies_bytes(study), of_cell * (double)n_cells(study)) / 3;
}

int runner_batch_limit(const struct study *study, const struct runner_options *options, int n_threads)
{
    if (options->checkpoint_every > 0 && study->parameters.collaborations > 1) {
        return 1; /* what was saved is handed on soon */
    }
    int chunk = schedule_chunk(study);
    unsigned long long by_bytes = RUNNER_WAITING_BYTES / (runner_parcel_bytes(study) + 1);
    unsigned long long runs = (unsigned long long)chunk * (unsigned long long)study->n_regimes *
                              (unsigned long long)study->parameters.collaborations;
    unsigned long long by_runs = (unsigned long long)n_threads * BATCH_RUNS_OF_A_THREAD / runs;
    unsigned long long limit = by_bytes < by_runs ? by_bytes : by_runs;
    unsigned long long chunks =
        (unsigned long long)((study->replication.max + chunk - 1) / chunk) * (unsigned long long)study->design.n_points;
    limit = limit < chunks ? limit : chunks;
    limit = limit < 1 ? 1 : limit;
    return limit < BATCH_JOBS ? (int)limit : BATCH_JOBS;
}

int runner_batch(const struct study *study, int n_threads)
{
    const struct runner_options options = {.n_threads = n_threads};
    return runner_batch_limit(study, &options, n_threads);
}

unsigned long long runner_parcel_bytes(const struct study *study)
{
    return parcel_bytes(study, schedule_chunk(study)) + columns_bytes(study) + tallies_bytes(study);
}

unsigned long long runner_waiting_bytes(const struct study *study, int n_threads)
{
    return RUNNER_WAITING_BYTES + (unsigned long long)runner_batch(study, n_threads) * runner_parcel_bytes(study);
}

double runner_likely_bytes(const struct study *study, int n_threads, double seconds)
{
    int chunk = schedule_chunk(study), batch = runner_batch(study, n_threads);
    double n_chunks = ceil((double)study->replication.max / chunk) * study->design.n_points;
    double tallies = likely_tallies_bytes(study);
    double parcel = (double)(parcel_bytes(study, chunk) - tallies_bytes(study)) + tallies;
    /* Finished ones wait for others until so much time or so many bytes have come together. */
    double finished = n_chunks * fmin(1, RUNNER_APPEND_SECONDS / fmax(seconds, RUNNER_APPEND_SECONDS)) * parcel;
    return batch * (parcel + (double)columns_bytes(study) + tallies) +
           fmin(fmin(finished, RUNNER_WAITING_BYTES), (n_chunks - batch) * parcel);
}
