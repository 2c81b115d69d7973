/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/survey.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/files.h"
#include "result/precision.h"
#include "result/stored_study.h"
#include "store/parts/folder.h"
#include "store/parts/lock.h"
#include "store/parts/manifest.h"
#include "store/pool.h"
#include "store/store.h"

static const char parts_ending[] = ".parts", campaign_study[] = "study.yaml", campaign_sets[] = "study.sets";
enum { MOST_TASKS = 1000000 };

/* Slashes behind a folder, as shells complete its name, do not count. */
static size_t length_of(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return length;
}

static int ends_with(const char *text, const char *ending)
{
    size_t length = length_of(text), n = strlen(ending);
    return length > n && strncmp(text + length - n, ending, n) == 0;
}

static dredge_status count_failed(struct pool *pool, struct survey *survey)
{
    dredge_status status = DREDGE_OK;
    size_t n_regimes = (size_t)pool->head->shape.n_regimes;
    for (int k = 0; status == DREDGE_OK && k < pool->pieces.n; k++) {
        const struct piece *piece = &pool->pieces.piece[k];
        size_t n = (size_t)piece->span.n_replicates;
        uint8_t *runs = malloc(n * n_regimes + 1);
        if (runs == NULL) {
            return status_no_memory(n * n_regimes);
        }
        status = pool_read_status(pool, piece, piece->span.first, piece->span.n_replicates, n, runs);
        for (size_t run = 0; status == DREDGE_OK && run < n * n_regimes; run++) {
            survey->n_done += runs[run] == RUN_DONE;
            survey->n_failed += runs[run] == RUN_FAILED;
        }
        free(runs);
    }
    return status;
}

/* Runs of one segment, and whether the process that took the lock at `since` wrote it. */
static dredge_status add_segment(struct pool *pool, const char *path, const struct stat *since, struct survey *survey)
{
    struct stat about;
    int is_damaged = 0, n_before = pool->pieces.n;
    if (stat(path, &about) != 0 && errno == ENOENT) {
        return DREDGE_OK; /* the run has ended just now */
    }
    dredge_status status = pool_add_segment(pool, path, &is_damaged);
    if (is_damaged) { /* to be set aside by the run that goes on */
        status_clear();
        survey->n_damaged++;
        return DREDGE_OK;
    }
    double after = difftime(about.st_mtim.tv_sec, since->st_mtim.tv_sec) +
                   1e-9 * (double)(about.st_mtim.tv_nsec - since->st_mtim.tv_nsec);
    for (int k = n_before; status == DREDGE_OK && after >= 0 && k < pool->pieces.n; k++) {
        survey->n_now += (long long)pool->pieces.piece[k].span.n_replicates * pool->head->shape.n_regimes;
        survey->seconds = after > survey->seconds ? after : survey->seconds;
    }
    return status;
}

static dredge_status look_at_segments(const struct folder *folder, const struct study *study, struct survey *survey)
{
    struct pool pool = {.n_sources = 0};
    struct head head;
    struct stat since = {0};
    dredge_status status = head_of_study(study, &head);
    pool_init(&pool, &head);
    if (stat(folder->lock, &since) != 0) {
        (void)stat(folder->path, &since);
    }
    for (int k = 0; status == DREDGE_OK && k < folder->n_segments; k++) {
        status = add_segment(&pool, folder->segments[k], &since, survey);
    }
    if (status == DREDGE_OK) {
        status = pool_settle(&pool);
    }
    if (status == DREDGE_OK) {
        status = count_failed(&pool, survey);
    }
    pool_free(&pool);
    head_free(&head);
    return status;
}

/* The folder of a run that has not ended; `*replaces`: the output that exists does not count. A folder without a manifest is
 * new, or done with. */
static dredge_status look_at_folder(const char *path, struct study *study, struct survey *survey, int *replaces)
{
    struct folder folder = {0};
    struct manifest manifest = {0};
    dredge_status status = folder_init_at(&folder, path);
    int has_manifest = status == DREDGE_OK && files_exist(folder.manifest);
    if (has_manifest) {
        status = manifest_read(folder.manifest, &manifest);
    }
    if (status == DREDGE_OK && has_manifest && study->n_regimes == 0) {
        status = stored_study_parse(path, manifest.text, manifest.overrides, study);
    }
    if (status == DREDGE_OK && has_manifest) {
        survey->state = lock_holder(folder.lock, survey->holder) ? SURVEY_RUNNING : SURVEY_INTERRUPTED;
        status = folder_list(&folder);
    }
    if (status == DREDGE_OK && has_manifest) {
        *replaces = manifest.replaces;
        survey->n_worlds = folder.n_checkpoints;
        status = look_at_segments(&folder, study, survey);
    }
    manifest_free(&manifest);
    folder_free(&folder);
    return status;
}

static dredge_status look_at_file(const char *path, struct study *study, struct survey *survey)
{
    struct results *results = NULL;
    struct precision precision = {.n_missing = 0};
    dredge_status status = results_open(&results, path);
    if (status == DREDGE_OK && study->n_regimes == 0) {
        status = results_study(results, study);
    }
    if (status == DREDGE_OK) {
        const struct results_info *info = results_info(results);
        survey->n_done += info->n_done;
        survey->n_failed += info->n_failed;
        status = precision_of(results, &precision);
    }
    if (survey->state == SURVEY_NOT_BEGUN) { /* no run is under way: a shard, or a merge of what there was? */
        survey->state = precision.n_missing > 0 ? SURVEY_PART : SURVEY_FINISHED;
    }
    results_close(results);
    return status;
}

dredge_status survey_output(const char *path, struct study *study, struct survey *survey)
{
    dredge_status status = DREDGE_OK;
    int is_folder = ends_with(path, parts_ending), replaces = 0;
    char *folder = files_text(is_folder ? "%.*s" : "%.*s.parts", (int)length_of(path), path);
    *survey = (struct survey){.state = SURVEY_NOT_BEGUN};
    if (folder == NULL) {
        return status_no_memory(strlen(path));
    }
    if (files_exist(folder)) {
        status = look_at_folder(folder, study, survey, &replaces);
    }
    if (status == DREDGE_OK && !is_folder && !replaces && files_exist(path)) {
        status = look_at_file(path, study, survey);
    }
    survey->n_runs = (long long)study->design.n_points * study->n_regimes * study->replication.max;
    free(folder);
    return status;
}

char *survey_parts_word(const char *path)
{
    char *folder = files_text(ends_with(path, parts_ending) ? "%.*s" : "%.*s.parts", (int)length_of(path), path);
    char *word = folder != NULL ? files_shell_word(folder) : NULL;
    free(folder);
    return word;
}

/* ---- campaigns ---- */

/* "3-of-8.h5..." */
static int read_task(const char *name, int *task, int *n_tasks)
{
    int length = 0;
    /* NOLINTNEXTLINE(cert-err34-c): the widths bound the numbers */
    return sscanf(name, "%7d-of-%7d.h5%n", task, n_tasks, &length) == 2 && length > 0 && *task >= 1 &&
           *task <= *n_tasks && *n_tasks <= MOST_TASKS;
}

int survey_is_campaign(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode) && !ends_with(path, parts_ending);
}

/* The study as it was submitted. */
static dredge_status read_submitted(const char *path, struct study *study)
{
    enum { MOST_BYTES = 1 << 24 };
    char *file = files_text("%s/%s", path, campaign_study), *list = files_text("%s/%s", path, campaign_sets);
    char *text = NULL, *sets = NULL;
    size_t n_bytes;
    dredge_status status = file == NULL || list == NULL ? status_no_memory(strlen(path)) : DREDGE_OK;
    if (status == DREDGE_OK && files_exist(file)) {
        status = files_read(file, MOST_BYTES, &text, &n_bytes);
        if (status == DREDGE_OK && files_exist(list)) {
            status = files_read(list, MOST_BYTES, &sets, &n_bytes);
        }
        if (status == DREDGE_OK) {
            status = stored_study_parse(file, text, sets != NULL ? sets : "", study);
        }
    }
    free(file);
    free(list);
    free(text);
    free(sets);
    return status;
}

/* How many tasks there are, from any name in the folder. */
static dredge_status count_tasks(const char *path, int *n_tasks_in_all)
{
    int n = -1;
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return status_fail(DREDGE_FILE, "%s: cannot read this folder: %s", path, strerror(errno));
    }
    for (struct dirent *entry = readdir(directory); entry != NULL && n < 0; entry = readdir(directory)) {
        int task, n_tasks;
        if (read_task(entry->d_name, &task, &n_tasks) ||
            /* NOLINTNEXTLINE(cert-err34-c) */
            (sscanf(entry->d_name, "tasks-%7d", &n_tasks) == 1 && n_tasks > 0 && n_tasks <= MOST_TASKS)) {
            n = n_tasks;
        }
    }
    (void)closedir(directory);
    *n_tasks_in_all = n > 0 ? n : 0;
    return n > 0 ? DREDGE_OK : status_fail(DREDGE_FILE, "%s: holds no shards of a study (I-of-N.h5)", path);
}

static dredge_status find_task(const char *path, int task, struct study *study, struct campaign *campaign)
{
    char *output = files_text("%s/%d-of-%d.h5", path, task + 1, campaign->n_tasks);
    char *failed = files_text("%s/%d.failed", path, task + 1);
    dredge_status status = output == NULL || failed == NULL ? status_no_memory(strlen(path)) : DREDGE_OK;
    if (status == DREDGE_OK) {
        struct survey *survey = &campaign->tasks[task];
        status = survey_output(output, study, survey);
        campaign->has_failed[task] =
            (survey->state == SURVEY_NOT_BEGUN || survey->state == SURVEY_INTERRUPTED) && files_exist(failed);
    }
    free(output);
    free(failed);
    return status;
}

dredge_status survey_campaign(const char *path, struct study *study, struct campaign *campaign)
{
    *campaign = (struct campaign){.n_tasks = 0};
    dredge_status status = count_tasks(path, &campaign->n_tasks);
    if (status != DREDGE_OK) {
        return status;
    }
    campaign->tasks = calloc((size_t)campaign->n_tasks + 1, sizeof *campaign->tasks);
    campaign->has_failed = calloc((size_t)campaign->n_tasks + 1, sizeof *campaign->has_failed);
    if (campaign->tasks == NULL || campaign->has_failed == NULL) {
        return status_no_memory((size_t)campaign->n_tasks * sizeof *campaign->tasks);
    }
    status = read_submitted(path, study);
    for (int task = 0; status == DREDGE_OK && task < campaign->n_tasks; task++) {
        status = find_task(path, task, study, campaign);
    }
    return status;
}

void campaign_free(struct campaign *campaign)
{
    free(campaign->tasks);
    free(campaign->has_failed);
    memset(campaign, 0, sizeof *campaign);
}
