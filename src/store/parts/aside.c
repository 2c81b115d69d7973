/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/aside.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/parts/folder.h"

dredge_status aside_set(const char *path, const char *what_follows, store_warn *warn, void *context)
{
    char *sentence = files_text("%s; it is set aside (%s.aside) and its runs %s", status_message(), path, what_follows);
    if (sentence == NULL) {
        return status_no_memory(strlen(path));
    }
    status_clear();
    if (warn != NULL) {
        warn(context, sentence);
    }
    free(sentence);
    return folder_set_aside(path);
}
