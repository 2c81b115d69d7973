/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/memory_inside.h"

/* Runs in memory on their way into a store. */

enum { AT_ONCE = 256 }; /* parcels of a segment */

dredge_status memory_sink_store(const struct memory_sink *sink, struct store *store)
{
    dredge_status status = DREDGE_OK;
    for (int first = 0; status == DREDGE_OK && first < sink->n; first += AT_ONCE) {
        int n = sink->n - first < AT_ONCE ? sink->n - first : AT_ONCE;
        status = store_append(store, n, sink->kept + first);
    }
    return status;
}
