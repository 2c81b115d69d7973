/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/hold.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"

/* Ends as files do that folder_tidy removes, if this process is killed. The caller frees it; NULL when out of memory. */
static char *name_sign(const struct hold *hold, int64_t number)
{
    return files_text("%s/sign-%016llx%s", hold->folder.path, (unsigned long long)number, files_temporary);
}

/* The time, in nanoseconds: a folder that stayed somewhere else has signs of other times, if any. */
dredge_status hold_sign(struct hold *hold, int64_t *number)
{
    struct files_writer writer = {0};
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    *number = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    hold->sign = name_sign(hold, *number);
    if (hold->sign == NULL) {
        return status_no_memory(strlen(hold->folder.path));
    }
    dredge_status status = files_begin(&writer, hold->sign);
    if (status == DREDGE_OK) {
        status = files_commit(&writer);
    }
    files_abandon(&writer);
    return status;
}

static const char advice[] = "give an output in a folder that all machines share, and the same working folder to all";

/* Making it again asks the server of a file system whether it is there; looking may tell what was before. */
static dredge_status find_folder(const char *path)
{
    int is_made = mkdir(path, 0777) == 0;
    if (!is_made && errno == EEXIST) {
        return DREDGE_OK;
    }
    int error = is_made ? ENOENT : errno;
    if (is_made) {
        (void)rmdir(path);
    }
    return status_fail(DREDGE_FILE,
                       "%s: the first process has made this folder, and another one does not find it: %s; %s", path,
                       strerror(error), advice);
}

/* A name that nobody has asked for before is asked of the server, too. */
dredge_status hold_join(struct hold *hold, const char *output, int64_t number)
{
    dredge_status status = folder_init(&hold->folder, output);
    if (status == DREDGE_OK) {
        status = find_folder(hold->folder.path);
    }
    char *sign = status == DREDGE_OK ? name_sign(hold, number) : NULL;
    if (status == DREDGE_OK && sign == NULL) {
        status = status_no_memory(strlen(output));
    } else if (status == DREDGE_OK && access(sign, F_OK) != 0) {
        status = status_fail(
            DREDGE_FILE,
            "%s: the first process has put a file into this folder, and another one does not find it there: "
            "%s; it may be another folder of this name: %s",
            hold->folder.path, strerror(errno), advice);
    }
    free(sign);
    return status;
}

dredge_status hold_take(struct hold *hold, const char *output, store_warn *warn, void *context)
{
    int is_unsupported = 0;
    dredge_status status = folder_init(&hold->folder, output);
    if (status == DREDGE_OK) {
        status = files_make_folder(hold->folder.path);
    }
    if (status == DREDGE_OK) {
        status = lock_take(&hold->lock, hold->folder.lock, output, &is_unsupported);
    }
    if (status == DREDGE_OK && is_unsupported && warn != NULL) {
        warn(context, "this file system has no locks: make sure that no other process writes the same output");
    }
    return status;
}

void hold_drop(struct hold *hold)
{
    if (hold->sign != NULL) {
        (void)unlink(hold->sign);
        free(hold->sign);
    }
    if (hold->lock.is_taken) {
        if (folder_list(&hold->folder) == DREDGE_OK && !folder_has_runs(&hold->folder)) {
            folder_remove(&hold->folder);
        }
        lock_drop(&hold->lock);
    }
    folder_free(&hold->folder);
    memset(hold, 0, sizeof *hold);
}
