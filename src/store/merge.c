/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/compact.h"
#include "store/hold.h"
#include "store/merge_regimes.h"
#include "base/files.h"
#include "base/threads.h"
#include "store/parts/folder.h"
#include "store/file/results_file.h"
#include "store/parts/manifest.h"
#include "store/store.h"
#include "store/file/provenance.h"
#include "store/parts/shards.h"
#include "result/stored_study.h"

/* A merge under way. The first part decides about the study. */
struct merge {
    const char *path, *building;
    struct study study;
    int has_study;
    struct head head;
    struct pool pool;
    struct shards shards;
    int is_complete; /* a part is complete by itself */
};

static dredge_status take_study(struct merge *merge, const char *file, const char *text, const char *overrides)
{
    dredge_status status = stored_study_parse(file, text, overrides, &merge->study);
    if (status == DREDGE_OK) {
        status = head_of_study(&merge->study, &merge->head);
        pool_init(&merge->pool, &merge->head);
        merge->has_study = 1;
    }
    if (status == DREDGE_OK) {
        status = pool_spool(&merge->pool, merge->building);
    }
    return status;
}

/* Takes the study of the first part, and compares those of the others with it. */
static dredge_status check_study(struct merge *merge, const char *part, const struct origin *origin, const char *text,
                                 const char *overrides)
{
    char changes[STORED_STUDY_BYTES];
    dredge_status status = merge->has_study ? DREDGE_OK : take_study(merge, part, text, overrides);
    if (status == DREDGE_OK) {
        status = origin_check_model(part, origin, &merge->head.origin);
    }
    if (status == DREDGE_OK && strcmp(origin->study_digest, merge->head.origin.study_digest) != 0) {
        stored_study_compare(part, text, overrides, &merge->study, changes);
        status =
            status_fail(DREDGE_FILE, "%s: is of another study than the first part (here it `was`): %s", part, changes);
    }
    return status == DREDGE_OK ? origin_check_design(part, origin, &merge->head.origin) : status;
}

static dredge_status add_file(struct merge *merge, const char *part)
{
    struct results_file *file = NULL;
    dredge_status status = results_file_open(&file, part);
    if (status != DREDGE_OK) {
        return status;
    }
    const char *shards = results_file_text(file, RESULTS_SHARDS);
    const struct origin origin = results_file_origin(file);
    status = check_study(merge, part, &origin, results_file_text(file, RESULTS_STUDY),
                         results_file_text(file, RESULTS_OVERRIDES));
    merge->is_complete |= shards[0] == '\0';
    if (status == DREDGE_OK && shards[0] != '\0') {
        status = shards_add_text(&merge->shards, shards, part);
    }
    if (status == DREDGE_OK) {
        status = pool_add_results(&merge->pool, file);
    }
    if (status != DREDGE_OK) {
        results_file_close(file);
    }
    return status;
}

/* Adds to the sentence what helps. */
static dredge_status explain_damage(void)
{
    char *sentence = files_text("%s", status_message());
    if (sentence != NULL) {
        status_clear();
        (void)status_fail(DREDGE_FILE, "%s; the run that left it makes its runs again with --resume", sentence);
    }
    free(sentence);
    return DREDGE_FILE;
}

/* The folder of a run that was interrupted. */
static dredge_status add_folder(struct merge *merge, const char *part)
{
    struct folder folder = {0};
    struct manifest manifest = {0};
    int is_damaged = 0;
    dredge_status status = folder_init_at(&folder, part);
    if (status == DREDGE_OK) {
        status = manifest_read(folder.manifest, &manifest);
    }
    if (status == DREDGE_OK) {
        status = check_study(merge, part, &manifest.origin, manifest.text, manifest.overrides);
    }
    if (status == DREDGE_OK) {
        status = folder_list(&folder);
    }
    for (int i = 0; status == DREDGE_OK && i < folder.n_segments; i++) {
        status = pool_add_segment(&merge->pool, folder.segments[i], &is_damaged);
    }
    if (is_damaged) {
        status = explain_damage();
    }
    manifest_free(&manifest);
    folder_free(&folder);
    return status;
}

/* Whoever gives X.parts/... names what is in the folder instead of the folder. */
static dredge_status explain_piece(const char *part, dredge_status status)
{
    char *above = files_folder(part);
    if (above != NULL && status == DREDGE_FILE && folder_is_piece(part)) {
        status_clear();
        status = status_fail(status, "%s: is a piece of a run that has not ended, not its results: give the folder, %s",
                             part, above);
    }
    free(above);
    return status;
}

static dredge_status add_part(struct merge *merge, const char *part)
{
    struct stat about;
    char *interrupted = files_text("%s.parts", part), *manifest = files_text("%s.parts/study", part);
    dredge_status status = DREDGE_OK;
    if (interrupted == NULL || manifest == NULL) {
        status = status_no_memory(strlen(part));
    } else if (stat(part, &about) == 0 && S_ISDIR(about.st_mode)) {
        status = add_folder(merge, part);
    } else if (!files_exist(part) && files_exist(manifest)) {
        status =
            status_fail(DREDGE_FILE,
                        "%s: this run is not finished; finish it with dredge run --resume, or merge what there is of "
                        "it: %s",
                        part, interrupted);
    } else {
        status = explain_piece(part, add_file(merge, part));
    }
    free(interrupted);
    free(manifest);
    return status;
}

/* With a fixed number of replicates, is everything there? */
static int has_everything(const struct merge *merge)
{
    long long n_finished = 0;
    for (int i = 0; i < merge->pool.pieces.n; i++) {
        n_finished += merge->pool.pieces.piece[i].span.n_replicates;
    }
    return merge->study.replication.outcome < 0 &&
           n_finished == (long long)merge->study.design.n_points * merge->study.replication.max;
}

static dredge_status write_merged(struct merge *merge, int n_parts, const char *const *parts, store_warn *warn,
                                  void *context)
{
    int is_complete = merge->is_complete || shards_complete(&merge->shards) || has_everything(merge);
    char *provenance = NULL, *shards = is_complete ? files_text("%s", "") : shards_text(&merge->shards, 1);
    char *missing = shards_text(&merge->shards, 0);
    dredge_status status = shards == NULL || missing == NULL ? status_no_memory(1) : DREDGE_OK;
    if (status == DREDGE_OK && !is_complete && warn != NULL) {
        char *sentence = merge->shards.n > 0
                             ? files_text("%s: shards %s are missing: this file is not complete; merge it "
                                          "with them later",
                                          merge->path, missing)
                             : files_text("%s: runs are missing: this file is not complete", merge->path);
        if (sentence != NULL) {
            warn(context, sentence);
        }
        free(sentence);
    }
    if (status == DREDGE_OK) {
        status = provenance_make_merged(&merge->study, merge->path, n_parts, parts, &provenance);
    }
    if (status == DREDGE_OK) {
        const struct compact_options options = {.temporary = merge->building,
                                                .output = merge->path,
                                                .provenance = provenance,
                                                .shards = shards,
                                                .n_threads = threads_for(0),
                                                .is_complete = is_complete};
        threads_take(options.n_threads);
        status = compact_write(&merge->pool, &merge->study, &options);
    }
    free(provenance);
    free(shards);
    free(missing);
    return status;
}

static dredge_status put_together(struct merge *merge, int n_parts, const char *const *parts, store_warn *warn,
                                  void *context)
{
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < n_parts; i++) {
        status = add_part(merge, parts[i]);
    }
    if (status == DREDGE_OK) {
        status = pool_settle(&merge->pool);
    }
    return status == DREDGE_OK ? write_merged(merge, n_parts, parts, warn, context) : status;
}

static dredge_status check_output(const char *path, int force)
{
    if (path[0] == '\0' || path[strlen(path) - 1] == '/') {
        return status_fail(DREDGE_USAGE, "merge needs the name of the file to write, not `%s`", path);
    }
    return files_exist(path) && !force
               ? status_fail(DREDGE_FILE, "%s: exists already; replace it with --force, or give another name", path)
               : DREDGE_OK;
}

dredge_status store_merge(const char *path, int force, int n_parts, const char *const *parts, store_warn *warn,
                          void *context)
{
    struct merge merge = {.path = path};
    struct hold hold = {.lock = {0}};
    if (n_parts < 1) {
        return status_fail(DREDGE_USAGE, "merge needs at least one part");
    }
    if (merge_has_regimes(n_parts, parts)) {
        return merge_regimes(path, force, n_parts, parts, warn, context);
    }
    dredge_status status = check_output(path, force);
    if (status == DREDGE_OK) {
        status = hold_take(&hold, path, warn, context);
    }
    if (status == DREDGE_OK) {
        merge.building = hold.folder.building;
        status = put_together(&merge, n_parts, parts, warn, context);
    }
    pool_free(&merge.pool);
    study_free(&merge.study);
    head_free(&merge.head);
    shards_free(&merge.shards);
    hold_drop(&hold);
    return status;
}
