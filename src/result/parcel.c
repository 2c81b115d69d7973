/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/parcel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sizes {
    size_t runs, outcomes, samples; /* counts of: runs, outcome values, trajectory values */
};

static struct sizes sizes_of(const struct study *study, int n_replicates)
{
    size_t runs = (size_t)study->n_regimes * (size_t)n_replicates;
    int with_runs = study->trajectories == TRAJECTORIES_RUNS;
    size_t samples = (size_t)study_n_series(study) * runs * (size_t)study_n_samples(study);
    return (struct sizes){runs, (size_t)study_n_outcome_columns(study) * runs, with_runs ? samples : 0};
}

static unsigned long long bytes_without_tallies(const struct study *study, int n_replicates)
{
    struct sizes sizes = sizes_of(study, n_replicates);
    return sizes.runs + sizes.outcomes * sizeof(double) + sizes.samples * sizeof(float);
}

unsigned long long parcel_bytes(const struct study *study, int n_replicates)
{
    unsigned long long bytes = bytes_without_tallies(study, n_replicates);
    if (study->trajectories == TRAJECTORIES_SUMMARY) {
        size_t code = tally_code_most_bytes(study_n_series(study), study_n_samples(study), n_replicates);
        bytes += (unsigned long long)study->n_regimes * (sizeof(struct tally_code) + code);
    }
    return bytes;
}

unsigned long long parcel_size(const struct study *study, const struct parcel *parcel)
{
    unsigned long long bytes = bytes_without_tallies(study, parcel->span.n_replicates);
    for (int regime = 0; parcel->tallies != NULL && regime < parcel->n_regimes; regime++) {
        bytes += parcel->tallies[regime].capacity;
    }
    return bytes;
}

dredge_status parcel_init(struct parcel *parcel, const struct study *study, struct span span)
{
    struct sizes sizes = sizes_of(study, span.n_replicates);
    memset(parcel, 0, sizeof *parcel);
    parcel->span = span;
    parcel->n_regimes = study->n_regimes;
    parcel->n_series = study_n_series(study);
    parcel->n_samples = study->trajectories == TRAJECTORIES_NONE ? 0 : study_n_samples(study);
    parcel->status = calloc(sizes.runs + 1, sizeof *parcel->status); /* RUN_NOT_RUN is 0 */
    parcel->outcomes = malloc((sizes.outcomes + 1) * sizeof *parcel->outcomes);
    if (parcel->status == NULL || parcel->outcomes == NULL) {
        goto no_memory;
    }
    for (size_t index = 0; index < sizes.outcomes; index++) {
        parcel->outcomes[index] = NAN;
    }
    if (study->trajectories == TRAJECTORIES_RUNS) {
        parcel->runs = malloc((sizes.samples + 1) * sizeof *parcel->runs);
        if (parcel->runs == NULL) {
            goto no_memory;
        }
        for (size_t index = 0; index < sizes.samples; index++) {
            parcel->runs[index] = NAN;
        }
    }
    if (study->trajectories == TRAJECTORIES_SUMMARY) {
        parcel->tallies = calloc((size_t)study->n_regimes, sizeof *parcel->tallies);
        for (int regime = 0; parcel->tallies != NULL && regime < study->n_regimes; regime++) {
            if (tally_code_clear(&parcel->tallies[regime], parcel->n_samples) != DREDGE_OK) {
                goto no_memory;
            }
        }
        if (parcel->tallies == NULL) {
            goto no_memory;
        }
    }
    return DREDGE_OK;
no_memory:
    parcel_free(parcel);
    return status_no_memory(parcel_bytes(study, span.n_replicates));
}

void parcel_free(struct parcel *parcel)
{
    for (int regime = 0; parcel->tallies != NULL && regime < parcel->n_regimes; regime++) {
        tally_code_free(&parcel->tallies[regime]);
    }
    free(parcel->tallies);
    free(parcel->runs);
    free(parcel->outcomes);
    free(parcel->status);
    memset(parcel, 0, sizeof *parcel);
}
