/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "store/output_inside.h"

enum { TAKEN_BYTES = 16 << 20 }; /* parcels of so many bytes make a segment */

/* Parcels on their way into a segment. */
struct taking {
    struct store *store;
    struct segment_maker maker; /* those that made the donor's runs */
    struct parcel *parcels;     /* [capacity], owned */
    int n, capacity;
    unsigned long long n_bytes;
};

static dredge_status write_taken(struct taking *taking)
{
    dredge_status status = output_append(taking->store, &taking->maker, taking->n, taking->parcels);
    for (int k = 0; k < taking->n; k++) {
        parcel_free(&taking->parcels[k]);
    }
    taking->n = 0;
    taking->n_bytes = 0;
    return status;
}

/* A span that the donor holds whole becomes one parcel, so that its summaries stay together. */
static dredge_status take_span(struct taking *taking, struct span span)
{
    struct store *store = taking->store;
    long long n_taken = 0;
    dredge_status status = list_grow(&taking->parcels, sizeof *taking->parcels, taking->n, &taking->capacity);
    if (status == DREDGE_OK) {
        status = parcel_init(&taking->parcels[taking->n], store->study, span);
    }
    if (status == DREDGE_OK) {
        taking->n++;
        taking->n_bytes += parcel_bytes(store->study, span.n_replicates);
        status = donor_fill(&store->donor, &taking->parcels[taking->n - 1], &n_taken);
    }
    return status == DREDGE_OK && taking->n_bytes > TAKEN_BYTES ? write_taken(taking) : status;
}

static dredge_status take_spans(struct taking *taking)
{
    struct store *store = taking->store;
    dredge_status status = DREDGE_OK;
    for (int point = 0; status == DREDGE_OK && point < store->head.shape.n_points; point++) {
        int n = 0, is_new = !pool_holds(&store->pool, point, 1, 0, store->head.shape.n_replicates);
        for (int first = 0; status == DREDGE_OK && is_new; first += n) {
            n = donor_next(&store->donor, point, &first);
            if (n == 0) {
                break;
            }
            status = take_span(taking, (struct span){point, first, n});
        }
    }
    return status;
}

/* Under a regime that is new, the baseline is run again: differences to it are counted by pairs. */
static dredge_status mark_taken(struct store *store)
{
    size_t n_regimes = (size_t)store->head.shape.n_regimes;
    store->taken = calloc(n_regimes, 1);
    for (size_t regime = 1; store->taken != NULL && regime < n_regimes; regime++) {
        store->taken[regime] = store->donor.regime[regime] >= 0;
    }
    return store->taken != NULL ? DREDGE_OK : status_no_memory(n_regimes);
}

dredge_status output_take_over(struct store *store)
{
    struct taking taking = {.store = store};
    char *lines = NULL;
    dredge_status status = donor_open(&store->donor, store->options.extends, store->study, &store->head);
    if (status == DREDGE_OK && !store->donor.has_all_regimes) {
        status = mark_taken(store);
    }
    if (status != DREDGE_OK || store->options.rank > 0) {
        return status;
    }
    status = results_file_parts(store->donor.file, &lines);
    taking.maker.by = lines;
    if (status == DREDGE_OK && store->donor.has_all_regimes) {
        status = take_spans(&taking);
    }
    if (status == DREDGE_OK) { /* also without parcels: who made the runs is kept */
        status = write_taken(&taking);
    }
    for (int k = 0; k < taking.n; k++) {
        parcel_free(&taking.parcels[k]);
    }
    free(taking.parcels);
    free(lines);
    return status;
}

int store_takes(struct store *store, int point, int replicate)
{
    return store->taken != NULL && donor_holds(&store->donor, point, replicate);
}

const unsigned char *store_taken(const struct store *store)
{
    return store->taken;
}
