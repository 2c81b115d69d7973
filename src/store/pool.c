/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/list.h"

enum { STATUS_BLOCK = 1 << 20, MOST_OPEN = 16 };

void pool_init(struct pool *pool, const struct head *head)
{
    memset(pool, 0, sizeof *pool);
    pool->head = head;
}

void pool_free(struct pool *pool)
{
    segment_close(&pool->segment);
    for (int i = 0; i < pool->n_sources; i++) {
        free(pool->source[i].path);
        free(pool->source[i].parts);
        results_file_close(pool->source[i].file);
    }
    free(pool->source);
    spool_free(pool->spool);
    pieces_free(&pool->pieces);
    memset(pool, 0, sizeof *pool);
}

static dredge_status add_source(struct pool *pool, const char *path, struct results_file *file)
{
    dredge_status status = list_grow(&pool->source, sizeof *pool->source, pool->n_sources, &pool->capacity);
    if (status != DREDGE_OK) {
        return status;
    }
    char *copy = files_text("%s", path);
    if (copy == NULL) {
        return status_no_memory(strlen(path));
    }
    struct source *source = &pool->source[pool->n_sources++];
    *source = (struct source){.path = copy, .has_tallies = 1, .kept_point = -1, .dropped_point = -1};
    if (file != NULL) {
        source->is_file = 1;
        source->has_tallies = results_file_has_tallies(file);
        (void)snprintf(source->digest, sizeof source->digest, "%s", results_file_text(file, RESULTS_DIGEST));
    }
    return DREDGE_OK;
}

static void drop_last_source(struct pool *pool)
{
    pool->n_sources--;
    free(pool->source[pool->n_sources].path);
    free(pool->source[pool->n_sources].parts);
}

/* Keeps the open file of a source; closes the one that was not used for longest when too many are. */
static void keep_open(struct pool *pool, int source, struct results_file *file)
{
    int oldest = -1;
    for (int i = 0; pool->n_open == MOST_OPEN && i < pool->n_sources; i++) {
        const struct source *other = &pool->source[i];
        if (other->file != NULL && (oldest < 0 || other->last_use < pool->source[oldest].last_use)) {
            oldest = i;
        }
    }
    if (oldest >= 0) {
        results_file_close(pool->source[oldest].file);
        pool->source[oldest].file = NULL;
        pool->n_open--;
    }
    pool->source[source].file = file;
    pool->source[source].last_use = pool->n_uses++;
    pool->n_open++;
}

dredge_status pool_file(struct pool *pool, int source, struct results_file **file)
{
    struct source *own = &pool->source[source];
    if (own->file == NULL) {
        dredge_status status = results_file_open(file, own->path);
        if (status == DREDGE_OK && strcmp(results_file_text(*file, RESULTS_DIGEST), own->digest) != 0) {
            results_file_close(*file);
            status = status_fail(DREDGE_FILE, "%s: was replaced while it was read; give the command again", own->path);
        }
        if (status != DREDGE_OK) {
            *file = NULL;
            return status;
        }
        keep_open(pool, source, *file);
    }
    own->last_use = pool->n_uses++;
    *file = own->file;
    return DREDGE_OK;
}

dredge_status pool_spool(struct pool *pool, const char *path)
{
    return spool_new(&pool->spool, path, pool->head);
}

dredge_status pool_add_segment(struct pool *pool, const char *path, int *is_damaged)
{
    *is_damaged = 0;
    dredge_status status = add_source(pool, path, NULL);
    if (status != DREDGE_OK) {
        return status;
    }
    status = segment_scan(path, pool->head, pool->n_sources - 1, &pool->pieces, is_damaged);
    if (status != DREDGE_OK) {
        drop_last_source(pool);
    }
    return status;
}

static int is_finished(const uint8_t *status, int n_regimes, size_t stride, size_t replicate)
{
    for (size_t regime = 0; regime < (size_t)n_regimes; regime++) {
        if (status[regime * stride + replicate] == RUN_NOT_RUN) {
            return 0;
        }
    }
    return 1;
}

static int is_empty(int n, const int *replicates_done)
{
    for (int i = 0; i < n; i++) {
        if (replicates_done[i] != 0) {
            return 0;
        }
    }
    return 1;
}

/* Appends what is finished among replicates first .. first + n - 1 of a point, status [n_regimes][n], going on with the
 * last piece where it touches. */
static dredge_status add_finished(struct pool *pool, int point, int first, int n, const uint8_t *statuses)
{
    int source = pool->n_sources - 1;
    for (int replicate = 0; replicate < n; replicate++) {
        if (!is_finished(statuses, pool->head->shape.n_regimes, (size_t)n, (size_t)replicate)) {
            continue;
        }
        struct piece *last = pool->pieces.n > 0 ? &pool->pieces.piece[pool->pieces.n - 1] : NULL;
        if (last != NULL && last->source == source && last->span.point == point &&
            last->span.first + last->span.n_replicates == first + replicate) {
            last->span.n_replicates++;
            continue;
        }
        struct piece piece = {{point, first + replicate, 1}, source, 0};
        dredge_status status = pieces_add(&pool->pieces, &piece);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    return DREDGE_OK;
}

/* Looks through the statuses of a file, some points or a part of one point at a time. Blocks of points without any run
 * are not read: a shard of a large study is nearly empty. */
static dredge_status scan_statuses(struct pool *pool, struct results_file *file)
{
    const struct shape *shape = results_file_shape(file);
    const int *done = results_info(results_file_results(file))->replicates_done;
    size_t per_replicate = (size_t)shape->n_regimes, per_point = per_replicate * (size_t)shape->n_replicates;
    int n_points = per_point < STATUS_BLOCK ? (int)(STATUS_BLOCK / per_point) : 1;
    int n_replicates = per_point < STATUS_BLOCK ? shape->n_replicates : STATUS_BLOCK / shape->n_regimes;
    uint8_t *statuses = malloc((size_t)n_points * (size_t)n_replicates * per_replicate);
    dredge_status status = statuses == NULL ? status_no_memory(STATUS_BLOCK) : DREDGE_OK;
    for (int point = 0; status == DREDGE_OK && point < shape->n_points; point += n_points) {
        int n = shape->n_points - point < n_points ? shape->n_points - point : n_points;
        if (is_empty(n, done + point)) {
            continue;
        }
        for (int first = 0; status == DREDGE_OK && first < shape->n_replicates; first += n_replicates) {
            int n_now = shape->n_replicates - first < n_replicates ? shape->n_replicates - first : n_replicates;
            status = n_now == shape->n_replicates ? results_status(results_file_results(file), point, n, statuses)
                                                  : results_file_status_part(file, point, first, n_now, 0, statuses);
            for (int i = 0; status == DREDGE_OK && i < n; i++) {
                status =
                    add_finished(pool, point + i, first, n_now, statuses + (size_t)i * per_replicate * (size_t)n_now);
            }
        }
    }
    free(statuses);
    return status;
}

dredge_status pool_add_results(struct pool *pool, struct results_file *file)
{
    const struct shape *shape = results_file_shape(file), *own = &pool->head->shape;
    if (strcmp(results_file_text(file, RESULTS_STUDY_DIGEST), pool->head->origin.study_digest) != 0) {
        return status_fail(DREDGE_FILE, "%s: holds another study", results_file_path(file));
    }
    if (shape->n_points != own->n_points || shape->n_regimes != own->n_regimes ||
        shape->n_replicates > own->n_replicates || shape->n_months != own->n_months ||
        shape->trajectories != own->trajectories) {
        return results_file_unfit(file, "study", "does not fit the dimensions of the file");
    }
    int n_before = pool->pieces.n;
    const struct origin origin = results_file_origin(file);
    dredge_status status = origin_check_model(results_file_path(file), &origin, &pool->head->origin);
    if (status == DREDGE_OK) {
        status = origin_check_design(results_file_path(file), &origin, &pool->head->origin);
    }
    if (status == DREDGE_OK) {
        status = add_source(pool, results_file_path(file), file);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    int source = pool->n_sources - 1;
    status = scan_statuses(pool, file);
    if (status == DREDGE_OK) {
        status = results_file_parts(file, &pool->source[source].parts);
    }
    if (status == DREDGE_OK && pool->spool != NULL) {
        status = spool_add(pool->spool, source, pool->source[source].path, file, pool->pieces.n - n_before,
                           pool->pieces.piece + n_before);
    }
    if (status == DREDGE_OK) {
        keep_open(pool, source, file);
    } else {
        drop_last_source(pool);
        pool->pieces.n = n_before;
    }
    return status;
}

int pool_find(const struct pool *pool, int point, int replicate)
{
    int low = 0, high = pool->pieces.n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        const struct piece *piece = &pool->pieces.piece[middle];
        int is_before = piece->span.point < point ||
                        (piece->span.point == point && piece->span.first + piece->span.n_replicates <= replicate);
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}

int pool_holds(const struct pool *pool, int point, int n_points, int first, int n)
{
    for (int i = pool_find(pool, point, first); i < pool->pieces.n; i++) {
        const struct piece *piece = &pool->pieces.piece[i];
        if (piece->span.point >= point + n_points) {
            return 0;
        }
        if (piece->span.first < first + n && piece->span.first + piece->span.n_replicates > first) {
            return 1;
        }
    }
    return 0;
}

int pool_replicates(const struct pool *pool)
{
    int most = 0;
    for (int i = 0; i < pool->pieces.n; i++) {
        int end = pool->pieces.piece[i].span.first + pool->pieces.piece[i].span.n_replicates;
        most = end > most ? end : most;
    }
    return most;
}
