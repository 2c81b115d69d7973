/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/hold.h"

#include <string.h>

#include "base/files.h"

dredge_status hold_join(struct hold *hold, const char *output)
{
    dredge_status status = folder_init(&hold->folder, output);
    return status == DREDGE_OK ? files_make_folder(hold->folder.path) : status;
}

dredge_status hold_take(struct hold *hold, const char *output, store_warn *warn, void *context)
{
    int is_unsupported = 0;
    dredge_status status = hold_join(hold, output);
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
