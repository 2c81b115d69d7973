/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "run/memory_inside.h"

/* Runs in memory on their way into a store. */

enum { AT_ONCE = 16 }; /* parcels of a segment: their tallies are large when they are not coded */

/* Decodes the tallies of `n` parcels into tallies[n][n_regimes]. */
static dredge_status decode(const struct memory_sink *sink, int n, const struct kept *kept, struct tally *tallies)
{
    size_t n_regimes = (size_t)sink->head.shape.n_regimes;
    for (size_t i = 0; i < (size_t)n * n_regimes; i++) {
        const struct tally_code *code = &kept[i / n_regimes].codes[i % n_regimes];
        size_t position = 0;
        tally_clear(&tallies[i]);
        if (!tally_code_add(code->n_bytes, code->bytes, &position, &tallies[i])) {
            return status_fail(DREDGE_FAILURE, "%s: a tally in memory cannot be read", sink->results.name);
        }
    }
    return DREDGE_OK;
}

/* `tallies`, [AT_ONCE][n_regimes], is where summaries are decoded; NULL where there are none. */
static dredge_status store_parcels(const struct memory_sink *sink, struct tally *tallies, struct store *store)
{
    struct parcel parcels[AT_ONCE];
    dredge_status status = DREDGE_OK;
    for (int first = 0; status == DREDGE_OK && first < sink->n; first += AT_ONCE) {
        int n = sink->n - first < AT_ONCE ? sink->n - first : AT_ONCE;
        status = tallies != NULL ? decode(sink, n, sink->kept + first, tallies) : DREDGE_OK;
        for (int i = 0; i < n; i++) {
            parcels[i] = sink->kept[first + i].parcel;
            parcels[i].tallies = tallies != NULL ? tallies + (size_t)i * (size_t)sink->head.shape.n_regimes : NULL;
        }
        if (status == DREDGE_OK) {
            status = store_append(store, n, parcels);
        }
    }
    return status;
}

dredge_status memory_sink_store(const struct memory_sink *sink, struct store *store)
{
    if (sink->head.shape.trajectories != TRAJECTORIES_SUMMARY) {
        return store_parcels(sink, NULL, store);
    }
    size_t n = (size_t)AT_ONCE * (size_t)sink->head.shape.n_regimes;
    struct tally *tallies = calloc(n, sizeof *tallies);
    dredge_status status = tallies != NULL ? DREDGE_OK : status_no_memory(n * sizeof *tallies);
    for (size_t i = 0; status == DREDGE_OK && i < n; i++) {
        status = tally_init(&tallies[i], sink->head.catalogue.n_series_columns, sink->head.shape.n_months);
    }
    if (status == DREDGE_OK) {
        status = store_parcels(sink, tallies, store);
    }
    for (size_t i = 0; tallies != NULL && i < n; i++) {
        tally_free(&tallies[i]);
    }
    free(tallies);
    return status;
}
