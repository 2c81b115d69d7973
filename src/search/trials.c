/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/trials.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "run/runner.h"

enum { TRIALS_AT_ONCE = 64 };

static int round_up(int n_replicates, int n_worlds)
{
    return (n_replicates + n_worlds - 1) / n_worlds * n_worlds;
}

void trials_init(struct trials *trials, const struct study *study, int n_worlds, uint64_t seed, int n_most)
{
    *trials = (struct trials){.study = study, .n_worlds = n_worlds, .seed = seed, .n_most = round_up(n_most, n_worlds)};
}

void trials_free(struct trials *trials)
{
    for (int i = 0; i < trials->n; i++) {
        free(trials->candidates[i].values);
    }
    free(trials->candidates);
    *trials = (struct trials){0};
}

dredge_status trials_add(struct trials *trials, const struct regime *regime, const double *x, int *number)
{
    size_t n_values = (size_t)study_n_outcomes(trials->study) * (size_t)trials->n_most;
    dredge_status status = list_grow(&trials->candidates, sizeof *trials->candidates, trials->n, &trials->capacity);
    if (status != DREDGE_OK) {
        return status;
    }
    struct candidate *own = &trials->candidates[trials->n];
    *own = (struct candidate){.regime = *regime};
    own->values = malloc(n_values * sizeof *own->values);
    if (own->values == NULL) {
        return status_no_memory(n_values * sizeof *own->values);
    }
    for (size_t i = 0; i < n_values; i++) {
        own->values[i] = NAN;
    }
    if (x) {
        memcpy(own->x, x, sizeof own->x);
    }
    *number = trials->n++;
    return DREDGE_OK;
}

/* ---- the sink of a run ---- */

struct trials_sink {
    struct trials *trials;
    const int *chosen;
    int n_before; /* replicates of each world that are there */
};

static int has_run(void *context, int point, int replicate)
{
    const struct trials_sink *sink = context;
    (void)point;
    return replicate < sink->n_before;
}

static dredge_status take_parcels(void *context, int n_parcels, struct parcel *parcels)
{
    const struct trials_sink *sink = context;
    for (int i = 0; i < n_parcels; i++) {
        const struct parcel *parcel = &parcels[i];
        size_t n = (size_t)parcel->span.n_replicates;
        size_t n_most = (size_t)sink->trials->n_most;
        size_t at = (size_t)parcel->span.point * (n_most / (size_t)sink->trials->n_worlds) + (size_t)parcel->span.first;
        if (*parcel->message) {
            return status_fail(DREDGE_STUDY, "%s", parcel->message);
        }
        for (int outcome = 0; outcome < study_n_outcomes(sink->trials->study); outcome++) {
            size_t column = (size_t)study_outcome_column(outcome);
            for (size_t r = 0; r < (size_t)parcel->n_regimes; r++) {
                double *own = sink->trials->candidates[sink->chosen[r]].values;
                memcpy(own + (size_t)outcome * n_most + at,
                       parcel->outcomes + (column * (size_t)parcel->n_regimes + r) * n, n * sizeof *own);
            }
        }
    }
    return DREDGE_OK;
}

/* Some candidates, all with the same number of replicates so far. */
static dredge_status run_some(struct trials *trials, int n_chosen, const int *chosen, int n_replicates)
{
    struct study study = *trials->study;
    struct trials_sink context = {trials, chosen, trials->candidates[chosen[0]].n / trials->n_worlds};
    struct runner_sink sink = {.context = &context, .has = has_run, .append = take_parcels};
    struct runner_options options = {.n_threads = trials->n_threads, .stop = trials->stop};
    struct regime *regimes = malloc((size_t)n_chosen * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)n_chosen * sizeof *regimes);
    }
    for (int i = 0; i < n_chosen; i++) {
        regimes[i] = trials->candidates[chosen[i]].regime;
    }
    study.seed = trials->seed;
    study.regimes = regimes;
    study.n_regimes = n_chosen;
    if (trials->n_worlds == 1) {
        study.design = (struct design){.method = DESIGN_NONE, .n_points = 1, .n_rows = 1};
    }
    study.trajectories = TRAJECTORIES_NONE;
    int n_each = n_replicates / trials->n_worlds;
    study.replication = (struct replication){.min = n_each, .max = n_each, .outcome = -1, .confidence = 0.95};
    dredge_status status = runner_run(&study, &options, &sink);
    for (int i = 0; status == DREDGE_OK && i < n_chosen; i++) {
        trials->n_runs += n_replicates - trials->candidates[chosen[i]].n;
        trials->candidates[chosen[i]].n = n_replicates;
    }
    free(regimes);
    return status;
}

dredge_status trials_run(struct trials *trials, int n_chosen, const int *chosen, int n_replicates)
{
    dredge_status status = DREDGE_OK;
    n_replicates = round_up(n_replicates, trials->n_worlds);
    n_replicates = n_replicates < trials->n_most ? n_replicates : trials->n_most;
    for (int begin = 0; status == DREDGE_OK && begin < n_chosen;) {
        int n = trials->candidates[chosen[begin]].n;
        int end = begin + 1;
        while (end < n_chosen && end - begin < TRIALS_AT_ONCE && trials->candidates[chosen[end]].n == n) {
            end++;
        }
        if (n < n_replicates) {
            status = run_some(trials, end - begin, chosen + begin, n_replicates);
        }
        begin = end;
    }
    return status;
}

double trials_mean(const struct trials *trials, int number, int outcome, double *se)
{
    const struct candidate *own = &trials->candidates[number];
    const double *values = own->values + (size_t)outcome * (size_t)trials->n_most;
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int k = 0; k < trials->n_most; k++) {
        sum += isnan(values[k]) ? 0 : values[k];
        n += !isnan(values[k]);
    }
    for (int k = 0; k < trials->n_most; k++) {
        squares += isnan(values[k]) ? 0 : (values[k] - sum / n) * (values[k] - sum / n);
    }
    if (se) {
        *se = n > 1 ? sqrt(squares / (n - 1.0) / n) : NAN;
    }
    return n > 0 ? sum / n : NAN;
}

double trials_world_mean(const struct trials *trials, int number, int outcome, int world)
{
    int n_each = trials->n_most / trials->n_worlds;
    const double *values =
        trials->candidates[number].values + (size_t)outcome * (size_t)trials->n_most + (size_t)world * (size_t)n_each;
    double sum = 0;
    int n = 0;
    for (int k = 0; k < n_each; k++) {
        sum += isnan(values[k]) ? 0 : values[k];
        n += !isnan(values[k]);
    }
    return n > 0 ? sum / n : NAN;
}
