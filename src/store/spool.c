/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/spool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/list.h"
#include "store/file/unpacking.h"

/* A chunk in the scratch file: the statuses, then the rows of outcomes. */
struct spooled_chunk {
    int number;      /* in its file: chunks of the same points follow each other */
    uint64_t offset; /* in the scratch file */
    uint32_t *rows;  /* [n_rows], owned: 4 * bytes + enum unpacking_stored */
};

struct spooled_file {
    const char *name;             /* borrowed; NULL: not held */
    struct results_chunks chunks; /* their size */
    int n_across;                 /* chunks along the replicates */
    int n, capacity;
    struct spooled_chunk *chunk; /* [capacity], in order of their numbers, owned */
    int job;                     /* the last one that reads of this file, -1: none */
};

/* Replicates of one point, all in one chunk. */
struct want {
    int point, first, n; /* in the chunk */
    int next;            /* of the same chunk, -1: none */
    struct pool_target target;
};

/* A chunk to be read. */
struct job {
    int source, chunk, want;
};

struct spool {
    const struct head *head; /* borrowed */
    const char *path;        /* borrowed */
    int descriptor, n_rows;
    uint64_t n_bytes;
    struct unpacking *unpacking; /* its room takes what is copied */
    int n_files;
    struct spooled_file *file; /* [n_files], by number of source, owned */
    int n_wants, n_jobs, want_capacity, job_capacity;
    struct want *want; /* [want_capacity], owned */
    struct job *job;   /* [job_capacity], owned */
};

dredge_status spool_new(struct spool **spool, const char *path, const struct head *head)
{
    struct spool *own = *spool = calloc(1, sizeof *own);
    if (own == NULL) {
        return status_no_memory(sizeof *own);
    }
    own->head = head;
    own->path = path;
    own->descriptor = -1;
    own->n_rows = 1 + head->catalogue.n_outcomes;
    dredge_status status = unpacking_new(&own->unpacking);
    return status == DREDGE_OK ? files_scratch(path, &own->descriptor) : status;
}

void spool_free(struct spool *spool)
{
    if (spool == NULL) {
        return;
    }
    for (int i = 0; i < spool->n_files; i++) {
        for (int k = 0; k < spool->file[i].n; k++) {
            free(spool->file[i].chunk[k].rows);
        }
        free(spool->file[i].chunk);
    }
    if (spool->descriptor >= 0) {
        (void)close(spool->descriptor);
    }
    unpacking_free(spool->unpacking);
    free(spool->file);
    free(spool->want);
    free(spool->job);
    free(spool);
}

/* ---- copying ---- */

static dredge_status add_chunk(struct spool *spool, struct spooled_file *own, struct results_file *file, int point,
                               int replicate, int number)
{
    dredge_status status = list_grow(&own->chunk, sizeof *own->chunk, own->n, &own->capacity);
    if (status != DREDGE_OK) {
        return status;
    }
    struct spooled_chunk *chunk = &own->chunk[own->n];
    *chunk = (struct spooled_chunk){number, spool->n_bytes, calloc((size_t)spool->n_rows, sizeof *chunk->rows)};
    if (chunk->rows == NULL) {
        return status_no_memory((size_t)spool->n_rows * sizeof *chunk->rows);
    }
    own->n++;
    for (int row = 0; status == DREDGE_OK && row < spool->n_rows; row++) {
        struct results_chunk stored;
        status = results_file_chunk(file, row - 1, &own->chunks, point, replicate, spool->unpacking, &stored);
        if (status == DREDGE_OK && stored.n_bytes > 0) {
            status = files_write_at(spool->descriptor, spool->path, spool->n_bytes, stored.n_bytes, stored.bytes);
            chunk->rows[row] = 4 * (uint32_t)stored.n_bytes + (uint32_t)stored.stored;
            spool->n_bytes += stored.n_bytes;
        }
    }
    return status;
}

static dredge_status add_file(struct spool *spool, int source)
{
    if (source >= spool->n_files) {
        struct spooled_file *grown = realloc(spool->file, ((size_t)source + 1) * sizeof *grown);
        if (grown == NULL) {
            return status_no_memory(((size_t)source + 1) * sizeof *grown);
        }
        memset(grown + spool->n_files, 0, (size_t)(source + 1 - spool->n_files) * sizeof *grown);
        spool->file = grown;
        spool->n_files = source + 1;
    }
    return DREDGE_OK;
}

dredge_status spool_add(struct spool *spool, int source, const char *name, struct results_file *file, int n_pieces,
                        const struct piece *pieces)
{
    struct results_chunks chunks;
    if (!results_file_has_chunks(file, &chunks)) {
        return DREDGE_OK;
    }
    dredge_status status = add_file(spool, source);
    if (status != DREDGE_OK) {
        return status;
    }
    struct spooled_file *own = &spool->file[source];
    int n_replicates = results_file_shape(file)->n_replicates, last = -1;
    own->chunks = chunks;
    own->n_across = 1 + (n_replicates - 1) / chunks.n_replicates;
    own->job = -1;
    for (int i = 0; i < n_pieces; i++) {
        const struct span *span = &pieces[i].span;
        int end = span->first + span->n_replicates;
        for (int across = span->first / chunks.n_replicates; status == DREDGE_OK && across * chunks.n_replicates < end;
             across++) {
            int number = span->point / chunks.n_points * own->n_across + across;
            if (number != last) {
                status = add_chunk(spool, own, file, span->point, across * chunks.n_replicates, number);
                last = number;
            }
        }
    }
    own->name = status == DREDGE_OK ? name : NULL;
    while (own->name == NULL && own->n > 0) {
        free(own->chunk[--own->n].rows);
    }
    return status;
}

int spool_holds(const struct spool *spool, int source)
{
    return source < spool->n_files && spool->file[source].name != NULL;
}

/* ---- reading ---- */

/* The place of a chunk that is there. */
static int find_chunk(const struct spooled_file *file, int number)
{
    int low = 0, high = file->n - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int is_before = file->chunk[middle].number < number;
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}

/* Replicates that lie in one chunk. */
static dredge_status want_part(struct spool *spool, int source, int number, const struct want *want)
{
    struct spooled_file *file = &spool->file[source];
    int chunk = find_chunk(file, number);
    dredge_status status = list_grow(&spool->want, sizeof *want, spool->n_wants, &spool->want_capacity);
    if (status == DREDGE_OK) {
        status = list_grow(&spool->job, sizeof *spool->job, spool->n_jobs, &spool->job_capacity);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    if (file->job < 0 || spool->job[file->job].chunk != chunk) {
        file->job = spool->n_jobs++;
        spool->job[file->job] = (struct job){source, chunk, -1};
    }
    spool->want[spool->n_wants] = *want;
    spool->want[spool->n_wants].next = spool->job[file->job].want;
    spool->job[file->job].want = spool->n_wants++;
    return DREDGE_OK;
}

dredge_status spool_want(struct spool *spool, const struct piece *piece, int first, int n,
                         const struct pool_target *target)
{
    const struct spooled_file *file = &spool->file[piece->source];
    const struct results_chunks *chunks = &file->chunks;
    dredge_status status = DREDGE_OK;
    for (int done = 0, n_now = 0; status == DREDGE_OK && done < n; done += n_now) {
        int replicate = first + done, across = replicate / chunks->n_replicates;
        struct want want = {.point = piece->span.point % chunks->n_points,
                            .first = replicate % chunks->n_replicates,
                            .target = *target};
        int room = chunks->n_replicates - want.first;
        n_now = want.n = n - done < room ? n - done : room;
        want.target.outcomes += done;
        want.target.status += done;
        status = want_part(spool, piece->source, piece->span.point / chunks->n_points * file->n_across + across, &want);
    }
    return status;
}

/* What is wanted of the row of the chunk that was opened: statuses when `row` is 0. */
static void take_row(const struct spool *spool, const struct unpacking *unpacking, const struct job *job, int row)
{
    const struct catalogue_row *about = row > 0 ? &spool->head->catalogue.outcome[row - 1] : NULL;
    size_t n_places = about != NULL ? (size_t)about->n_columns : 1, n_regimes = (size_t)spool->head->shape.n_regimes;
    size_t n_replicates = (size_t)spool->file[job->source].chunks.n_replicates;
    for (int i = job->want; i >= 0; i = spool->want[i].next) {
        const struct want *want = &spool->want[i];
        const struct pool_target *target = &want->target;
        for (size_t regime = 0; regime < n_regimes; regime++) {
            size_t run = ((size_t)want->point * n_regimes + regime) * n_replicates + (size_t)want->first;
            if (about == NULL) {
                unpacking_bytes(unpacking, run, 1, (size_t)want->n, target->status + regime * target->regime_stride);
            }
            for (size_t place = 0; about != NULL && place < n_places; place++) {
                unpacking_reals(unpacking, run * n_places + place, n_places, (size_t)want->n,
                                target->outcomes + ((size_t)about->column + place) * target->outcome_stride +
                                    regime * target->regime_stride);
            }
        }
    }
}

/* What may go wrong with a row of a chunk. */
enum trouble { NO_MEMORY = 1 << 0, UNREADABLE = 1 << 1, DAMAGED = 1 << 2 };

/* Reads a row of a chunk. Returns its trouble, or 0. */
static int read_row(const struct spool *spool, struct unpacking *unpacking, const struct job *job, int row)
{
    const struct spooled_file *file = &spool->file[job->source];
    const struct spooled_chunk *chunk = &file->chunk[job->chunk];
    size_t n_bytes = chunk->rows[row] / 4, n_whole = (size_t)file->chunks.n_points * (size_t)file->chunks.n_replicates;
    uint64_t offset = chunk->offset;
    if (n_bytes == 0) {
        return 0;
    }
    for (int before = 0; before < row; before++) {
        offset += chunk->rows[before] / 4;
    }
    n_whole *= (size_t)spool->head->shape.n_regimes;
    n_whole *= row > 0 ? sizeof(double) * (size_t)spool->head->catalogue.outcome[row - 1].n_columns : 1;
    unsigned char *room = unpacking_room(unpacking, n_bytes);
    if (room == NULL) {
        return NO_MEMORY;
    }
    if (files_read_at(spool->descriptor, spool->path, offset, n_bytes, room) != DREDGE_OK) {
        status_clear(); /* of this thread: spool_read says it */
        return UNREADABLE;
    }
    enum unpacked unpacked = unpacking_open(unpacking, (int)(chunk->rows[row] % 4), n_bytes, n_whole);
    if (unpacked != UNPACKED) {
        return unpacked == UNPACKED_NO_MEMORY ? NO_MEMORY : DAMAGED;
    }
    take_row(spool, unpacking, job, row);
    return 0;
}

/* The sentence for what went wrong, of which row `failed` is the last. */
static dredge_status tell(const struct spool *spool, int trouble, int failed)
{
    int row = failed % spool->n_rows;
    if (trouble & NO_MEMORY) {
        return status_fail(DREDGE_MEMORY, "out of memory");
    }
    if (trouble & UNREADABLE) {
        return status_fail(DREDGE_FAILURE, "%s: what was copied there cannot be read again", spool->path);
    }
    return status_fail(DREDGE_FILE,
                       "%s: `%s` cannot be read: the file is damaged; copy it again, or make it again with dredge run",
                       spool->file[spool->job[failed / spool->n_rows].source].name,
                       row > 0 ? spool->head->catalogue.outcome[row - 1].name : "status");
}

dredge_status spool_read(struct spool *spool, int n_threads)
{
    int n_rows = spool->n_rows, n = spool->n_jobs * n_rows, failed = 0, trouble = 0;
    if (n == 0) {
        return DREDGE_OK;
    }
#pragma omp parallel num_threads(n_threads) reduction(max : failed) reduction(| : trouble)
    {
        struct unpacking *unpacking = NULL;
        int is_ready = unpacking_new(&unpacking) == DREDGE_OK;
        if (!is_ready) {
            status_clear(); /* of this thread: said below */
        }
#pragma omp for schedule(dynamic, 8)
        for (int i = 0; i < n; i++) {
            int own = is_ready ? read_row(spool, unpacking, &spool->job[i / n_rows], i % n_rows) : NO_MEMORY;
            failed = own != 0 && i > failed ? i : failed;
            trouble |= own;
        }
        unpacking_free(unpacking);
    }
    for (int i = 0; i < spool->n_jobs; i++) {
        spool->file[spool->job[i].source].job = -1;
    }
    dredge_status status = trouble != 0 ? tell(spool, trouble, failed) : DREDGE_OK;
    spool->n_jobs = 0;
    spool->n_wants = 0;
    return status;
}
