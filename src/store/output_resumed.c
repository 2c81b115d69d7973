/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/output_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "result/stored_study.h"
#include "store/file/results_file.h"
#include "store/parts/aside.h"

static dredge_status refuse(const struct store *store, const char *file, const char *text, const char *overrides)
{
    char changes[STORED_STUDY_BYTES];
    stored_study_compare(file, text, overrides, store->study, changes);
    if (store->options.rank > 0) {
        return status_fail(
            DREDGE_USAGE,
            "%s: another rank reads another study than the first one: %s; give all the same file and options",
            store->path, changes);
    }
    return status_fail(DREDGE_FILE,
                       "%s: the study has changed since these runs were made: %s; take the change back to continue, or "
                       "start again with --force or another output",
                       store->path, changes);
}

/* Checks the manifest; `*replaces`: the output that exists does not count. A folder without manifest is new, or done with:
 * it gets one. */
static dredge_status check_manifest(struct store *store, int *replaces)
{
    struct manifest manifest = {0};
    *replaces = 0;
    if (!files_exist(store->hold.folder.manifest)) {
        return store->options.rank > 0 ? DREDGE_OK
                                       : manifest_write(store->hold.folder.manifest, store->study, &store->head, 0);
    }
    dredge_status status = manifest_read(store->hold.folder.manifest, &manifest);
    if (status == DREDGE_OK) {
        status = origin_check_model(store->hold.folder.path, &manifest.origin, &store->head.origin);
    }
    if (status == DREDGE_OK && strcmp(manifest.origin.study_digest, store->head.origin.study_digest) != 0) {
        status = refuse(store, manifest.file, manifest.text, manifest.overrides);
    }
    if (status == DREDGE_OK) {
        status = origin_check_design(store->hold.folder.path, &manifest.origin, &store->head.origin);
    }
    *replaces = manifest.replaces;
    manifest_free(&manifest);
    return status;
}

/* Takes the runs of an output that exists: a shard, or a file that is complete already. */
static dredge_status add_output(struct store *store)
{
    struct results_file *file = NULL;
    dredge_status status = results_file_open(&file, store->path);
    if (status != DREDGE_OK) {
        return status;
    }
    const struct origin origin = results_file_origin(file);
    status = origin_check_model(store->path, &origin, &store->head.origin);
    if (status == DREDGE_OK && strcmp(origin.study_digest, store->head.origin.study_digest) != 0) {
        status = refuse(store, store->path, results_file_text(file, RESULTS_STUDY),
                        results_file_text(file, RESULTS_OVERRIDES));
    }
    if (status == DREDGE_OK && results_file_text(file, RESULTS_SHARDS)[0] != '\0') {
        status = shards_add_text(&store->shards, results_file_text(file, RESULTS_SHARDS), store->path);
    }
    if (status == DREDGE_OK && store->shards.n > 0 && store->options.n_shards > 1 &&
        store->shards.n != store->options.n_shards) {
        status =
            status_fail(DREDGE_FILE,
                        "%s: holds shards of a study divided into %d, this is one of %d; divide it the same way, or "
                        "give the output another name",
                        store->path, store->shards.n, store->options.n_shards);
    }
    if (status == DREDGE_OK) {
        status = pool_add_results(&store->pool, file);
    }
    if (status != DREDGE_OK) {
        results_file_close(file);
        return status;
    }
    store->continues = 1;
    store->is_complete = store->shards.n == 0;
    return DREDGE_OK;
}

/* Adds a segment. One that is damaged is set aside and its runs are done again; one that cannot be read now may be sound. */
static dredge_status add_segment(struct store *store, const char *segment, store_warn *warn, void *context)
{
    int is_damaged = 0;
    dredge_status status = pool_add_segment(&store->pool, segment, &is_damaged);
    store->n_segments += status == DREDGE_OK;
    if (!is_damaged || store->options.rank > 0) {
        return status;
    }
    return aside_set(segment, "are done again", warn, context);
}

dredge_status output_take_resumed(struct store *store, store_warn *warn, void *context)
{
    int replaces = 0;
    dredge_status status = check_manifest(store, &replaces);
    if (status == DREDGE_OK && !replaces && files_exist(store->path)) {
        status = add_output(store);
    }
    if (status == DREDGE_OK) {
        status = folder_list(&store->hold.folder);
    }
    for (int i = 0; status == DREDGE_OK && i < store->hold.folder.n_segments; i++) {
        status = add_segment(store, store->hold.folder.segments[i], warn, context);
    }
    if (status == DREDGE_OK) {
        status = output_check_checkpoints(store, warn, context);
    }
    return status == DREDGE_OK ? pool_settle(&store->pool) : status;
}
