/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/hold.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

/* Making it again asks the server of a file system whether it is there; looking may tell what was before. */
dredge_status hold_join(struct hold *hold, const char *output)
{
    dredge_status status = folder_init(&hold->folder, output);
    if (status != DREDGE_OK) {
        return status;
    }
    const char *path = hold->folder.path;
    int is_made = mkdir(path, 0777) == 0;
    if (!is_made && errno == EEXIST) {
        return DREDGE_OK;
    }
    int error = is_made ? ENOENT : errno;
    if (is_made) {
        (void)rmdir(path);
    }
    return status_fail(
        DREDGE_FILE,
        "%s: the first process has made this folder, and another one does not find it: %s; give an output "
        "in a folder that all machines share, and the same working folder to all",
        path, strerror(error));
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
    if (hold->lock.is_taken) {
        if (folder_list(&hold->folder) == DREDGE_OK && !folder_has_runs(&hold->folder)) {
            folder_remove(&hold->folder);
        }
        lock_drop(&hold->lock);
    }
    folder_free(&hold->folder);
    memset(hold, 0, sizeof *hold);
}
