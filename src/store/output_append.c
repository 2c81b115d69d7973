/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/output_inside.h"

dredge_status output_append(struct store *store, const struct segment_maker *maker, int n_parcels,
                            const struct parcel *parcels)
{
    char *path = folder_segment(&store->hold.folder, store->options.rank, store->next_number);
    if (path == NULL) {
        return status_no_memory(strlen(store->hold.folder.path));
    }
    dredge_status status = segment_write(path, &store->head, maker, n_parcels, parcels);
    store->next_number += status == DREDGE_OK;
    store->n_segments += status == DREDGE_OK;
    free(path);
    return status;
}
