/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/store_sink.h"

static int has(void *context, int point, int replicate)
{
    return store_has(context, point, replicate);
}

static dredge_status outcomes(void *context, int point, int outcome, int n_replicates, double *out)
{
    return store_outcomes(context, point, outcome, n_replicates, out);
}

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    return store_append(context, n_parcels, parcels);
}

struct runner_sink store_sink(struct store *store)
{
    return (struct runner_sink){store, has, outcomes, append};
}
