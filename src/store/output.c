/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/threads.h"
#include "store/compact.h"
#include "store/output_inside.h"

/* ---- beginning ---- */

static dredge_status check_output(const struct store *store)
{
    struct stat about;
    const char *path = store->path;
    if (path[0] == '\0' || path[strlen(path) - 1] == '/') {
        return status_fail(DREDGE_USAGE, "the output needs the name of a file, such as FILE.h5, not `%s`", path);
    }
    if (store->options.resume && store->options.force) {
        return status_fail(DREDGE_USAGE, "give --resume (to continue) or --force (to start again), not both");
    }
    if (!files_exist(path)) {
        return DREDGE_OK;
    }
    if (lstat(path, &about) != 0) {
        return status_fail(DREDGE_FILE, "%s: cannot see whether this file exists: %s", path, strerror(errno));
    }
    if (!S_ISREG(about.st_mode) && !S_ISLNK(about.st_mode)) {
        return status_fail(DREDGE_FILE, "%s: exists and is not a file; give the output another name", path);
    }
    if (!store->options.resume && !store->options.force && store->options.rank == 0) {
        return status_fail(DREDGE_FILE,
                           "%s: exists already; continue it with --resume, replace it with --force, or give the output "
                           "another name",
                           path);
    }
    return DREDGE_OK;
}

/* A new run: nothing may be there, or what is there goes. */
static dredge_status start_anew(struct store *store)
{
    dredge_status status = folder_list(&store->hold.folder);
    if (status == DREDGE_OK && folder_has_runs(&store->hold.folder) && !store->options.force) {
        status = status_fail(DREDGE_FILE,
                             "%s: what an interrupted run has done stands in %s; continue it with --resume, or start "
                             "again with --force",
                             store->path, store->hold.folder.path);
    }
    if (status == DREDGE_OK) {
        status = folder_empty(&store->hold.folder);
    }
    return status == DREDGE_OK
               ? manifest_write(store->hold.folder.manifest, store->study, &store->head, files_exist(store->path))
               : status;
}

static dredge_status begin(struct store *store, store_warn *warn, void *context)
{
    dredge_status status = check_output(store);
    if (status == DREDGE_OK && store->options.rank > 0) {
        status = hold_join(&store->hold, store->path, store->options.sign);
    } else if (status == DREDGE_OK) {
        status = hold_take(&store->hold, store->path, warn, context);
        if (status == DREDGE_OK) {
            folder_tidy(&store->hold.folder);
        }
    }
    if (status == DREDGE_OK) {
        status = store->options.resume || store->options.rank > 0 ? output_take_resumed(store, warn, context)
                                                                  : start_anew(store);
    }
    return status == DREDGE_OK ? folder_next_number(&store->hold.folder, store->options.rank, &store->next_number)
                               : status;
}

/* Gathers everything that is there now, each segment checked once more; `is_read`: its runs will be read, all of them. */
static dredge_status gather(struct store *store, int is_read)
{
    struct results_file *file = NULL;
    int is_damaged = 0;
    pool_free(&store->pool);
    pool_init(&store->pool, &store->head);
    dredge_status status = store->continues ? results_file_open(&file, store->path) : DREDGE_OK;
    if (file != NULL) {
        status = is_read ? pool_spool(&store->pool, store->hold.folder.building) : DREDGE_OK;
        status = status == DREDGE_OK ? pool_add_results(&store->pool, file) : status;
        if (status != DREDGE_OK) {
            results_file_close(file);
        }
    }
    for (int i = 0; status == DREDGE_OK && i < store->hold.folder.n_segments; i++) {
        status = pool_add_segment(&store->pool, store->hold.folder.segments[i], &is_damaged);
    }
    return status == DREDGE_OK ? pool_settle(&store->pool) : status;
}

dredge_status store_begin(struct store **store, const char *path, const struct study *study,
                          const struct store_options *options, store_warn *warn, void *context)
{
    struct store *made = calloc(1, sizeof *made);
    *store = NULL;
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    made->study = study;
    made->options = *options;
    made->path = files_text("%s", path);
    made->provenance = files_text("%s", options->provenance != NULL ? options->provenance : "{}");
    made->started = clock_seconds();
    pool_init(&made->pool, &made->head);
    dredge_status status = made->path == NULL || made->provenance == NULL ? status_no_memory(strlen(path))
                                                                          : head_of_study(study, &made->head);
    if (status == DREDGE_OK) {
        status = begin(made, warn, context);
    }
    if (status == DREDGE_OK && options->extends != NULL) {
        status = output_take_over(made);
        if (status == DREDGE_OK) {
            status = folder_list(&made->hold.folder);
        }
        if (status == DREDGE_OK) {
            status = gather(made, 0);
        }
    }
    if (status != DREDGE_OK) {
        store_end(made);
        return status;
    }
    *store = made;
    return DREDGE_OK;
}

dredge_status store_sign(struct store *store, int64_t *sign)
{
    return hold_sign(&store->hold, sign);
}

/* ---- what was resumed ---- */

int store_has(const struct store *store, int point, int replicate)
{
    int i = pool_find(&store->pool, point, replicate);
    return i < store->pool.pieces.n && store->pool.pieces.piece[i].span.point == point &&
           store->pool.pieces.piece[i].span.first <= replicate;
}

dredge_status store_outcomes(struct store *store, const struct span *span, int outcome, double *out)
{
    const struct pieces *pieces = &store->pool.pieces;
    int row = outcome < N_OUTCOMES ? outcome : N_OUTCOME_ROWS + outcome - N_OUTCOMES; /* of the catalogue */
    int point = span->point, n_replicates = span->n_replicates;
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; i < (size_t)store->head.shape.n_regimes * (size_t)n_replicates; i++) {
        out[i] = (double)NAN;
    }
    for (int i = pool_find(&store->pool, point, 0);
         status == DREDGE_OK && i < pieces->n && pieces->piece[i].span.point == point; i++) {
        const struct piece *piece = &pieces->piece[i];
        int n = piece->span.first + piece->span.n_replicates < n_replicates ? piece->span.n_replicates
                                                                            : n_replicates - piece->span.first;
        if (n > 0) {
            status = pool_read_outcome(&store->pool, piece, row, piece->span.first, n, 0, (size_t)n_replicates,
                                       out + piece->span.first);
        }
    }
    return status;
}

/* ---- appending and finishing ---- */

dredge_status store_append(struct store *store, int n_parcels, struct parcel *parcels)
{
    struct segment_maker maker = {store->provenance, clock_seconds() - store->started, 0};
    dredge_status status = DREDGE_OK;
    for (int k = 0; status == DREDGE_OK && k < n_parcels; k++) {
        if (store_takes(store, parcels[k].span.point, parcels[k].span.first)) {
            status = donor_fill(&store->donor, &parcels[k], &maker.n_taken);
        }
    }
    if (status == DREDGE_OK && n_parcels > 0) {
        status = output_append(store, &maker, n_parcels, parcels);
    }
    return status == DREDGE_OK ? output_drop_checkpoints(store, n_parcels, parcels) : status;
}

/* Lists the segments. Somebody may have removed what was finished: then the output would not be whole. */
static dredge_status list_again(struct store *store)
{
    dredge_status status = folder_list(&store->hold.folder);
    if (status == DREDGE_OK && store->hold.folder.n_segments < store->n_segments) {
        status = status_fail(DREDGE_FILE,
                             "%s: only %d of %d segments with finished runs are left: something removed the others; "
                             "make the missing runs again with --resume",
                             store->hold.folder.path, store->hold.folder.n_segments, store->n_segments);
    }
    return status;
}

static dredge_status compact(struct store *store, const char *shards, int is_complete)
{
    const struct compact_options options = {.temporary = store->hold.folder.building,
                                            .output = store->path,
                                            .provenance = store->provenance,
                                            .shards = shards,
                                            .n_threads = threads_for(store->options.n_threads),
                                            .is_complete = is_complete};
    threads_take(options.n_threads);
    dredge_status status = gather(store, 1);
    return status == DREDGE_OK ? compact_write(&store->pool, store->study, &options) : status;
}

dredge_status store_finish(struct store *store)
{
    dredge_status status = DREDGE_OK;
    char *shards = NULL;
    if (store->options.rank > 0) {
        return DREDGE_OK;
    }
    int is_complete = store->options.n_shards <= 1 || store->is_complete;
    int is_news = !store->continues || (is_complete && !store->is_complete);
    if (!is_complete) {
        is_news |= store->shards.n == 0 || !store->shards.held[store->options.shard];
        status = shards_add(&store->shards, store->options.shard, store->options.n_shards, store->path);
        is_complete = shards_complete(&store->shards);
    }
    if (status == DREDGE_OK) {
        status = list_again(store);
    }
    if (status == DREDGE_OK && (is_news || store->hold.folder.n_segments > 0)) {
        shards = is_complete ? files_text("%s", "") : shards_text(&store->shards, 1);
        status = shards == NULL ? status_no_memory(1) : compact(store, shards, is_complete);
        store->is_written = status == DREDGE_OK;
    }
    free(shards);
    return status == DREDGE_OK ? folder_empty(&store->hold.folder) : status;
}

int store_may_hold_failures(const struct store *store)
{
    return !store->is_written || store->pool.n_failed > 0;
}

void store_end(struct store *store)
{
    if (store == NULL) {
        return;
    }
    pool_free(&store->pool);
    checkpoint_file_abandon(&store->checkpoint_writer);
    checkpoint_file_close(&store->checkpoint_reader);
    donor_free(&store->donor);
    free(store->taken);
    hold_drop(&store->hold);
    shards_free(&store->shards);
    head_free(&store->head);
    free(store->provenance);
    free(store->path);
    free(store);
}
