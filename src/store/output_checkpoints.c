/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/output_inside.h"
#include "store/parts/aside.h"

/* Checkpoints in the folder of an output. */

dredge_status store_checkpoint_begin(struct store *store, const struct checkpoint *checkpoint)
{
    char *path = folder_checkpoint(&store->hold.folder, checkpoint->span.point, checkpoint->span.first);
    if (path == NULL) {
        return status_no_memory(strlen(store->hold.folder.path));
    }
    checkpoint_file_abandon(&store->checkpoint_writer);
    store->has_checkpoints = 1;
    dredge_status status = checkpoint_file_begin(&store->checkpoint_writer, path, &store->head, checkpoint);
    free(path);
    return status;
}

dredge_status store_checkpoint_add(struct store *store, size_t n, const uint32_t *words)
{
    return checkpoint_file_add(&store->checkpoint_writer, n, words);
}

dredge_status store_checkpoint_commit(struct store *store)
{
    return checkpoint_file_commit(&store->checkpoint_writer);
}

dredge_status store_checkpoint_find(struct store *store, struct checkpoint *checkpoint, int *is_found)
{
    dredge_status status = DREDGE_OK;
    *is_found = 0;
    checkpoint_file_close(&store->checkpoint_reader);
    if (!store->has_checkpoints) {
        return DREDGE_OK;
    }
    char *path = folder_checkpoint(&store->hold.folder, checkpoint->span.point, checkpoint->span.first);
    if (path == NULL) {
        return status_no_memory(strlen(store->hold.folder.path));
    }
    if (files_exist(path)) {
        status = checkpoint_file_open(&store->checkpoint_reader, path, &store->head);
        if (status == DREDGE_OK) {
            *checkpoint = store->checkpoint_reader.checkpoint;
            *is_found = 1;
        }
    }
    free(path);
    return status;
}

dredge_status store_checkpoint_read(struct store *store, uint64_t start, size_t n, uint32_t *words)
{
    return checkpoint_file_read(&store->checkpoint_reader, start, n, words);
}

dredge_status output_check_checkpoints(struct store *store, store_warn *warn, void *context)
{
    const struct folder *folder = &store->hold.folder;
    store->has_checkpoints = folder->n_checkpoints > 0;
    for (int i = 0; i < folder->n_checkpoints && store->options.rank == 0; i++) {
        int is_damaged = 0;
        dredge_status status = checkpoint_file_check(folder->checkpoints[i], &store->head, &is_damaged);
        if (is_damaged) {
            status = aside_set(folder->checkpoints[i], "are done again from their start", warn, context);
        }
        if (status != DREDGE_OK) {
            return status;
        }
    }
    return DREDGE_OK;
}

/* The segment of these parcels is on disk, so that nobody needs their checkpoints. */
dredge_status output_drop_checkpoints(struct store *store, int n_parcels, const struct parcel *parcels)
{
    dredge_status status = DREDGE_OK;
    for (int k = 0; k < n_parcels && status == DREDGE_OK && store->has_checkpoints; k++) {
        char *path = folder_checkpoint(&store->hold.folder, parcels[k].span.point, parcels[k].span.first);
        status = path == NULL ? status_no_memory(strlen(store->hold.folder.path)) : files_remove(path);
        free(path);
    }
    return status;
}
