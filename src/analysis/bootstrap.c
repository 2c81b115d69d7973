/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/bootstrap.h"

#include <string.h>

#include "base/stream_gsl.h"
#include "model/purpose.h"

static gsl_rng *new_stream(uint64_t seed, enum bootstrap_entity entity)
{
    struct stream_address address = {.seed = seed, .purpose = PURPOSE_RESAMPLE, .entity = (uint32_t)entity};
    return stream_gsl_new(&address);
}

dredge_status bootstrap_counts(int n, int n_resamples, uint64_t seed, enum bootstrap_entity entity, uint16_t *counts)
{
    gsl_rng *rng = new_stream(seed, entity);
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    memset(counts, 0, (size_t)n_resamples * (size_t)n * sizeof *counts);
    for (int b = 0; b < n_resamples; b++) {
        uint16_t *row = counts + (size_t)b * (size_t)n;
        for (int i = 0; i < n; i++) {
            row[gsl_rng_uniform_int(rng, (unsigned long)n)]++;
        }
    }
    gsl_rng_free(rng);
    return DREDGE_OK;
}
