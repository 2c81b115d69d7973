/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/store_sink.h"

static int has(void *context, int point, int replicate)
{
    return store_has(context, point, replicate);
}

static dredge_status outcomes(void *context, int point, int outcome, int n_replicates, double *out)
{
    return store_outcomes(context, &(struct span){.point = point, .n_replicates = n_replicates}, outcome, out);
}

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    return store_append(context, n_parcels, parcels);
}

static int knows(void *context, int point, int replicate)
{
    return store_takes(context, point, replicate);
}

struct runner_sink store_sink(struct store *store)
{
    return (struct runner_sink){.context = store,
                                .has = has,
                                .outcomes = outcomes,
                                .append = append,
                                .knows = knows,
                                .known = store_taken(store)};
}

static dredge_status begin(void *context, const struct checkpoint *checkpoint)
{
    return store_checkpoint_begin(context, checkpoint);
}

static dredge_status add(void *context, size_t n, const uint32_t *words)
{
    return store_checkpoint_add(context, n, words);
}

static dredge_status commit(void *context)
{
    return store_checkpoint_commit(context);
}

static dredge_status find(void *context, struct checkpoint *checkpoint, int *is_found)
{
    return store_checkpoint_find(context, checkpoint, is_found);
}

static dredge_status read_words(void *context, uint64_t start, size_t n, uint32_t *words)
{
    return store_checkpoint_read(context, start, n, words);
}

struct checkpoint_keeper store_sink_keeper(struct store *store)
{
    return (struct checkpoint_keeper){store, begin, add, commit, find, read_words};
}
