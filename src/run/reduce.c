/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine/kernel.h"
#include "run/batch.h"

/* From the columns of a job to trajectories, or to tallies of them. */

/* Samples of a point with a shorter horizon than others end earlier. */
static int samples_of(const struct job *job)
{
    const struct parameters *p = &job->scenario->parameters;
    return (p->months + p->aftercare_months) / job->every;
}

static int is_done(const struct job *job, int regime, int replicate)
{
    return job->parcel.status[(size_t)regime * (size_t)job->parcel.span.n_replicates + (size_t)replicate] == RUN_DONE;
}

/* The next range of neighbouring runs that are done under both regimes, from *end on; returns 0 when there is none. */
static int next_done(const struct job *job, int regime, int other, int *first, int *end)
{
    int n = job->parcel.span.n_replicates;
    *first = *end;
    while (*first < n && !(is_done(job, regime, *first) && is_done(job, other, *first))) {
        ++*first;
    }
    *end = *first;
    while (*end < n && is_done(job, regime, *end) && is_done(job, other, *end)) {
        ++*end;
    }
    return *first < *end;
}

/* How many these are. */
static int count_done(const struct job *job, int regime, int other)
{
    int n = 0;
    for (int first, end = 0; next_done(job, regime, other, &first, &end);) {
        n += end - first;
    }
    return n;
}

/* As next_done; where all are done, as mostly, at once. */
static int next_range(const struct job *job, int are_all, int regime, int other, int *first, int *end)
{
    int n = job->parcel.span.n_replicates;
    if (are_all && *end == 0) {
        *first = 0;
        *end = n;
        return 1;
    }
    return !are_all && next_done(job, regime, other, first, end);
}

/* The part of a tally that holds one series: where it stands, and how many bytes it has. */
static size_t *part_size(const struct job *job, int regime, int series)
{
    return (size_t *)job->codes + (size_t)regime * (size_t)job->parcel.n_series + (size_t)series;
}

static unsigned char *part(const struct job *job, int regime, int series)
{
    size_t n_parts = (size_t)job->parcel.n_regimes * (size_t)job->parcel.n_series;
    size_t before = (size_t)(part_size(job, regime, series) - (size_t *)job->codes);
    return (unsigned char *)part_size(job, 0, 0) + n_parts * sizeof(size_t) + before * job->code_room;
}

/* Codes a series of a tally: the runs that are done, and their pairs with the baseline. */
static void to_tally(const struct job *job, int series, int regime, int n_samples)
{
    const struct kernel *kernel = kernel_best();
    unsigned char *code = part(job, regime, series), *end = code;
    uint32_t bins[TALLY_BINS] = {0};
    int n = job->parcel.span.n_replicates;
    int are_all = count_done(job, regime, regime) == n, are_pairs = count_done(job, regime, 0) == n;
    for (int sample = 0; sample < n_samples; sample++) {
        const float *samples = job_samples(job, regime, sample, series);
        const float *baseline = job_samples(job, 0, sample, series);
        struct tally_cell cell;
        tally_cell_begin(&cell);
        for (int first, next = 0; next_range(job, are_all, regime, regime, &first, &next);) {
            tally_cell_count(&cell, kernel, series, next - first, samples + first, bins);
        }
        for (int first, next = 0; regime > 0 && next_range(job, are_pairs, regime, 0, &first, &next);) {
            tally_cell_count_pairs(&cell, kernel, series, next - first, samples + first, baseline + first);
        }
        tally_cell_gather(&cell, bins);
        end += tally_code_cell(&cell, end);
    }
    *part_size(job, regime, series) = (size_t)(end - code);
}

static dredge_status put_tally(struct job *job, int regime)
{
    struct tally_code *tally = &job->parcel.tallies[regime];
    int n_sampled = job->is_sampled ? samples_of(job) : 0;
    int n = count_done(job, regime, regime), n_pairs = regime > 0 ? count_done(job, regime, 0) : 0;
    size_t n_bytes = tally_code_most_bytes(0, job->parcel.n_samples, job->parcel.span.n_replicates);
    for (int series = 0; n_sampled > 0 && series < job->parcel.n_series; series++) {
        n_bytes += *part_size(job, regime, series);
    }
    tally->n_bytes = 0;
    dredge_status status = tally_code_reserve(tally, n_bytes);
    for (int sample = 0; status == DREDGE_OK && sample < job->parcel.n_samples; sample++) {
        int is_there = sample < n_sampled;
        tally->n_bytes += tally_code_counts(is_there ? n : 0, is_there ? n_pairs : 0, tally->bytes + tally->n_bytes);
    }
    for (int series = 0; status == DREDGE_OK && n_sampled > 0 && series < job->parcel.n_series; series++) {
        status = tally_code_append(tally, *part_size(job, regime, series), part(job, regime, series));
    }
    return status;
}

dredge_status job_tallies(struct job *job)
{
    dredge_status status = DREDGE_OK;
    for (int regime = 0; job->parcel.tallies != NULL && regime < job->parcel.n_regimes && status == DREDGE_OK;
         regime++) {
        status = put_tally(job, regime);
    }
    return status;
}

static void to_runs(struct job *job, int series, int regime, int n_samples)
{
    struct parcel *parcel = &job->parcel;
    size_t n = (size_t)parcel->span.n_replicates;
    size_t row = (size_t)series * (size_t)parcel->n_regimes + (size_t)regime;
    for (int sample = 0; sample < n_samples; sample++) {
        const float *samples = job_samples(job, regime, sample, series);
        for (size_t replicate = 0; replicate < n; replicate++) {
            if (is_done(job, regime, (int)replicate)) {
                parcel->runs[(row * n + replicate) * (size_t)parcel->n_samples + (size_t)sample] = samples[replicate];
            }
        }
    }
}

void job_reduce(struct job *job, int series, int regime)
{
    if (!job->is_sampled) {
        return;
    }
    int n_samples = samples_of(job);
    if (job->parcel.tallies != NULL) {
        to_tally(job, series, regime, n_samples);
    } else {
        to_runs(job, series, regime, n_samples);
    }
}
