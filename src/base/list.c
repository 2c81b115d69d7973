/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/list.h"

#include <stdlib.h>
#include <string.h>

dredge_status list_grow(void *list, size_t size, int n, int *capacity)
{
    if (n < *capacity) {
        return DREDGE_OK;
    }
    size_t grown = 2 * (size_t)*capacity + 16;
    void *own;
    memcpy(&own, list, sizeof own);
    void *longer = realloc(own, grown * size);
    if (longer == NULL) {
        return status_no_memory(grown * size);
    }
    memcpy(list, &longer, sizeof longer);
    *capacity = (int)grown;
    return DREDGE_OK;
}
