/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/schedule.h"

#include <stdlib.h>

#include "engine/lanes.h"
#include "result/stopping.h"

enum { GROUP = 32 }; /* points watched at a time */

/* Collaborations in a chunk: many, since each parcel has a tally of its own to fill and to write, but not so many that
 * a study falls into fewer than SPREAD chunks, which shards and ranks divide. */
enum { CHUNK_LEAST = 256, CHUNK_MOST = 1024, SPREAD = 32 };

struct schedule {
    const struct study *study;
    const struct runner_options *options;
    const struct runner_sink *sink;
    int chunk;
    long long stride;         /* from one point to the next in the order of work */
    long long n_chunks, next; /* the next chunk (fixed number) or point (stopping rule) to consider */
    long long skipped;
    int point, cursor, end; /* the rest of the chunk at hand: replicates cursor .. end - 1 of point */
    int n_group;
    struct watched group[GROUP];
};

int schedule_chunk(const struct study *study)
{
    int per_run = study->parameters.collaborations;
    long long share = (long long)study->design.n_points * study->replication.max / SPREAD;
    int most = share < CHUNK_LEAST ? CHUNK_LEAST : share > CHUNK_MOST ? CHUNK_MOST : (int)(share / LANES) * LANES;
    int chunk = per_run >= most ? 1 : most / per_run;
    return chunk < study->replication.max ? chunk : study->replication.max;
}

/* Points are not taken in their order: what an interruption leaves should be an even sample of the design. Steps of the
 * golden section of n, modulo n, spread any number of first points evenly (Weyl 1916); if n and the step share no divisor
 * they come by all. */
static long long even_stride(int n)
{
    long long stride = (long long)(0.6180339887498949 * n);
    for (stride = stride > 0 ? stride : 1; stride < n; stride++) {
        long long a = n, b = stride;
        while (b != 0) {
            long long rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1) {
            return stride;
        }
    }
    return 1;
}

/* The point of chunk `number`: all points once, then again with their next replicates. */
static int point_of(const struct schedule *schedule, long long number)
{
    int n_points = schedule->study->design.n_points;
    return (int)(number % n_points * schedule->stride % n_points);
}

dredge_status schedule_new(struct schedule **schedule, const struct study *study, const struct runner_options *options,
                           const struct runner_sink *sink)
{
    struct schedule *own = calloc(1, sizeof *own);
    if (own == NULL) {
        return status_no_memory(sizeof *own);
    }
    own->study = study;
    own->options = options;
    own->sink = sink;
    own->chunk = schedule_chunk(study);
    own->stride = even_stride(study->design.n_points);
    int chunks_per_point = (study->replication.max + own->chunk - 1) / own->chunk;
    int fixed = study->replication.outcome < 0;
    own->n_chunks = (long long)study->design.n_points * (fixed ? chunks_per_point : 1);
    own->next = -1;
    *schedule = own;
    return DREDGE_OK;
}

void schedule_free(struct schedule *schedule)
{
    if (schedule != NULL) {
        for (int k = 0; k < schedule->n_group; k++) {
            watched_free(&schedule->group[k]);
        }
        free(schedule);
    }
}

long long schedule_skipped(const struct schedule *schedule)
{
    return schedule->skipped;
}

/* The next chunk (or point) of this process; n_chunks when there is none. */
static long long advance(struct schedule *schedule)
{
    const struct runner_options *options = schedule->options;
    if (options->next != NULL) {
        schedule->next = options->next(options->next_context, schedule->n_chunks);
    } else {
        int n_shards = options->n_shards > 1 ? options->n_shards : 1;
        schedule->next = schedule->next < 0 ? options->shard : schedule->next + n_shards;
    }
    schedule->next = schedule->next < schedule->n_chunks ? schedule->next : schedule->n_chunks;
    return schedule->next;
}

static int finished(const struct schedule *schedule, int point, int replicate)
{
    return schedule->sink->has != NULL && schedule->sink->has(schedule->sink->context, point, replicate);
}

/* Is the replicate known under some regimes? */
static int known(const struct schedule *schedule, int point, int replicate)
{
    const struct runner_sink *sink = schedule->sink;
    return sink->known != NULL && sink->knows(sink->context, point, replicate);
}

/* How many regimes need not be run where a replicate is known. */
static int n_known_regimes(const struct schedule *schedule)
{
    int n = 0;
    for (int regime = 0; regime < schedule->study->n_regimes; regime++) {
        n += schedule->sink->known[regime];
    }
    return n;
}

/* The next range of missing replicates of the chunk at hand, under the same regimes; 0 when there is none. */
static int next_range(struct schedule *schedule, struct span *request)
{
    int first = schedule->cursor;
    while (first < schedule->end && finished(schedule, schedule->point, first)) {
        first++;
    }
    schedule->skipped += (long long)(first - schedule->cursor) * schedule->study->n_regimes;
    int last = first, is_known = first < schedule->end && known(schedule, schedule->point, first);
    while (last < schedule->end && !finished(schedule, schedule->point, last) &&
           known(schedule, schedule->point, last) == is_known) {
        last++;
    }
    schedule->skipped += is_known ? (long long)(last - first) * n_known_regimes(schedule) : 0;
    schedule->cursor = last;
    *request = (struct span){schedule->point, first, last - first};
    return last > first;
}

static void next_fixed(struct schedule *schedule, int limit, struct span *requests, int *n)
{
    while (*n < limit) {
        if (schedule->cursor < schedule->end) {
            *n += next_range(schedule, &requests[*n]);
            continue;
        }
        long long number = advance(schedule);
        if (number >= schedule->n_chunks) {
            return;
        }
        int max = schedule->study->replication.max;
        schedule->point = point_of(schedule, number);
        schedule->cursor = (int)(number / schedule->study->design.n_points) * schedule->chunk;
        schedule->end = max - schedule->cursor < schedule->chunk ? max : schedule->cursor + schedule->chunk;
    }
}

/* Watches a point, with what is known of it from before. */
static dredge_status watch(struct schedule *schedule, int point)
{
    const struct study *study = schedule->study;
    const struct runner_sink *sink = schedule->sink;
    struct watched *watched = &schedule->group[schedule->n_group];
    dredge_status status = watched_init(watched, study, point);
    if (status != DREDGE_OK) {
        return status;
    }
    schedule->n_group++;
    for (int replicate = 0; replicate < study->replication.max; replicate++) {
        watched->known[replicate] = (uint8_t)finished(schedule, point, replicate);
        schedule->skipped += watched->known[replicate] ? study->n_regimes : 0;
    }
    if (sink->outcomes != NULL) {
        status =
            sink->outcomes(sink->context, point, study->replication.outcome, study->replication.max, watched->values);
    }
    watched_look(watched, study);
    return status;
}

static void drop_decided(struct schedule *schedule)
{
    int kept = 0;
    for (int k = 0; k < schedule->n_group; k++) {
        if (schedule->group[k].open) {
            schedule->group[kept++] = schedule->group[k];
        } else {
            watched_free(&schedule->group[k]);
        }
    }
    schedule->n_group = kept;
}

static dredge_status next_watched(struct schedule *schedule, int limit, struct span *requests, int *n)
{
    while (*n == 0) {
        drop_decided(schedule);
        while (schedule->n_group < GROUP && advance(schedule) < schedule->n_chunks) {
            dredge_status status = watch(schedule, point_of(schedule, schedule->next));
            if (status != DREDGE_OK) {
                return status;
            }
        }
        if (schedule->n_group == 0) {
            return DREDGE_OK;
        }
        for (int k = 0; k < schedule->n_group; k++) {
            const struct watched *watched = &schedule->group[k];
            int first = 0;
            int length = watched_missing(watched, schedule->chunk, &first);
            while (length > 0 && *n < limit) {
                requests[(*n)++] = (struct span){watched->point, first, length};
                first += length;
                length = watched_missing(watched, schedule->chunk, &first);
            }
        }
    }
    return DREDGE_OK;
}

dredge_status schedule_next(struct schedule *schedule, int limit, struct span *requests, int *n)
{
    *n = 0;
    if (schedule->study->replication.outcome >= 0) {
        return next_watched(schedule, limit, requests, n);
    }
    next_fixed(schedule, limit, requests, n);
    return DREDGE_OK;
}

void schedule_tell(struct schedule *schedule, const struct parcel *parcel)
{
    const struct study *study = schedule->study;
    for (int k = 0; k < schedule->n_group; k++) {
        struct watched *watched = &schedule->group[k];
        if (watched->point != parcel->span.point) {
            continue;
        }
        size_t n = (size_t)parcel->span.n_replicates;
        size_t max = (size_t)study->replication.max;
        for (size_t regime = 0; regime < (size_t)study->n_regimes; regime++) {
            size_t row = (size_t)study_outcome_column(study->replication.outcome) * (size_t)study->n_regimes + regime;
            for (size_t replicate = 0; replicate < n; replicate++) {
                size_t place = (size_t)parcel->span.first + replicate;
                watched->values[regime * max + place] = parcel->outcomes[row * n + replicate];
                watched->known[place] = 1;
            }
        }
        watched_look(watched, study);
        watched->open &= parcel->message[0] == '\0'; /* an impossible point has said all it can */
    }
}
