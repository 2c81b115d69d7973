/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/probe_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "engine/ensemble.h"
#include "engine/world.h"
#include "run/runner.h"
#include "run/schedule.h"
#include "store/store.h"

double *probe_part(const struct study *study, int n_points, const int *points, int n_replicates, struct study *part)
{
    const struct design *design = &study->design;
    size_t n_factors = (size_t)design->n_factors;
    double *values = malloc(((size_t)n_points * n_factors + 1) * sizeof *values);
    for (int k = 0; values != NULL && n_factors > 0 && k < n_points; k++) {
        memcpy(values + (size_t)k * n_factors, design->values + (size_t)points[k] * n_factors,
               n_factors * sizeof *values);
    }
    *part = *study;
    part->design.n_points = n_points;
    part->design.n_rows = n_points;
    part->design.values = values;
    part->replication = (struct replication){.min = n_replicates, .max = n_replicates, .outcome = -1};
    return values;
}

void probe_set_months(struct study *part, int months, int aftercare_months)
{
    part->parameters.months = months;
    part->parameters.aftercare_months = aftercare_months;
    part->given[parameter_find("months")] = 1; /* stays when a point has another theory */
    part->given[parameter_find("aftercare_months")] = 1;
    part->horizon = months + aftercare_months;
    part->n_events = part->n_acts = 0; /* they cost nothing, and may lie behind these months */
    for (int factor = 0; factor < part->design.n_factors; factor++) {
        if (strcmp(part->design.factors[factor].key, "months") == 0) {
            part->design.values[factor] = months;
        } else if (strcmp(part->design.factors[factor].key, "aftercare_months") == 0) {
            part->design.values[factor] = aftercare_months;
        }
    }
}

double probe_peak_bytes(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * (double)usage.ru_maxrss;
}

/* The worlds or ensembles that are stepped at once. */
static dredge_status stepped_bytes(const struct study *study, int n_threads, int point, double *n_bytes)
{
    struct parameters parameters;
    struct scenario scenario = {.n_regimes = 0};
    char sentence[256];
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    }
    dredge_status status = study_point(study, point, &parameters, regimes, sizeof sentence, sentence);
    if (status == DREDGE_OK) {
        status = scenario_make(&scenario, study->seed, &parameters, study->n_regimes, regimes);
    }
    if (status == DREDGE_OK && parameters.collaborations > 1) {
        int n_tasks = schedule_chunk(study) * study->n_regimes;
        int is_alone = parameters.collaborations >= 4 * LANES * n_threads;
        int n_worlds = is_alone ? 1 : n_tasks < n_threads ? n_tasks : n_threads;
        *n_bytes = n_worlds * (double)world_bytes(&scenario, parameters.collaborations, is_alone ? n_threads : 1);
    } else if (status == DREDGE_OK) {
        *n_bytes = n_threads * (double)ensemble_bytes(&scenario);
    }
    scenario_free(&scenario);
    free(regimes);
    return status;
}

dredge_status probe_memory(const struct study *study, int n_threads, int dearest, double seconds, double *n_bytes)
{
    enum { HDF5_BYTES = 6 << 20, PARCEL_BYTES = 64 }; /* measured; a parcel's place among those that are finished */
    double stepped = 0;
    dredge_status status = stepped_bytes(study, n_threads, dearest, &stepped);
    double n_parcels = ceil((double)study->replication.max / schedule_chunk(study)) * study->design.n_points;
    double table = (double)runner_runs(study) * sizeof(double); /* an outcome of all runs, for the comparison */
    /* What the runs took lies in pieces when they are brought together: little of it is used again. */
    *n_bytes = HDF5_BYTES + stepped + runner_likely_bytes(study, n_threads, seconds) + PARCEL_BYTES * n_parcels +
               fmax(table, store_compacting_bytes(study));
    return status;
}
