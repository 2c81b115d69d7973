/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/tuning_fresh.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FRONT = 12, RESAMPLES = 500 };

/* Candidates of the search on the front of quick relief and structural share, at most MAX_FRONT, spread evenly. */
static dredge_status tuning_front(struct tuning *tuning, int *n_front, int *front)
{
    const struct trials *search = &tuning->tuned->search;
    struct front_option *options = calloc((size_t)search->n, sizeof *options);
    struct scored *sorted = calloc((size_t)search->n, sizeof *sorted);
    dredge_status status = DREDGE_OK;
    int n = 0;
    *n_front = 0;
    if (!options || !sorted) {
        status = status_no_memory((size_t)search->n * sizeof *options);
        goto out;
    }
    int least = tuning->options->n_refine;
    for (int i = 0; i < search->n; i++) {
        int enough = search->candidates[i].n >= least;
        options[i].first = enough ? trials_mean(search, i, tuning->tuned->relief, NULL) : NAN;
        options[i].second = enough ? trials_mean(search, i, OUTCOME_structural_share, NULL) : NAN;
    }
    front_mark(search->n, -1, 1, options);
    for (int i = 0; i < search->n; i++) {
        if (options[i].on_front) {
            sorted[n++] = (struct scored){options[i].first, i};
        }
    }
    qsort(sorted, (size_t)n, sizeof *sorted, tuning_compare_scored);
    *n_front = n < MAX_FRONT ? n : MAX_FRONT;
    for (int i = 0; i < *n_front; i++) {
        front[i] = sorted[*n_front > 1 ? (int)((long)i * (n - 1) / (*n_front - 1)) : 0].number;
    }
out:
    free(sorted);
    free(options);
    return status;
}

static dredge_status tuning_add_fresh(struct tuning *tuning, int number, const char *name, int *fresh)
{
    const struct candidate *candidate = &tuning->tuned->search.candidates[number];
    struct regime regime = candidate->regime;
    if (name) {
        (void)snprintf(regime.name, sizeof regime.name, "%s", name);
    }
    return trials_add(&tuning->tuned->fresh, &regime, candidate->x, fresh);
}

dredge_status tuning_validate(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    int front[MAX_FRONT];
    int n_front = 0;
    int number = 0;
    dredge_status status = tuning_front(tuning, &n_front, front);
    for (int r = 0; status == DREDGE_OK && r < tuned->n_own; r++) {
        status = tuning_add_fresh(tuning, r, NULL, &number);
    }
    if (status == DREDGE_OK) {
        status = tuning_add_fresh(tuning, tuned->best, "tuned", &tuned->winner);
    }
    for (int i = 0; status == DREDGE_OK && i < n_front; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "front_%d", i + 1);
        if (front[i] >= tuned->n_own && front[i] != tuned->best) {
            status = tuning_add_fresh(tuning, front[i], name, &number);
        }
    }
    int *all = malloc(((size_t)tuned->fresh.n + 1) * sizeof *all);
    if (!all) {
        return status_no_memory(((size_t)tuned->fresh.n + 1) * sizeof *all);
    }
    for (int i = 0; i < tuned->fresh.n; i++) {
        all[i] = i;
    }
    tuning_tell(tuning, "fresh luck", 0);
    if (status == DREDGE_OK) {
        status = trials_run(&tuned->fresh, tuned->fresh.n, all, tuning->options->n_validate);
    }
    free(all);
    return status;
}

dredge_status tuning_conclude(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    const struct trials *fresh = &tuned->fresh;
    size_t n = (size_t)fresh->n * (size_t)fresh->n_most;
    double *values = malloc((2 * n + 1) * sizeof *values);
    tuned->front = calloc((size_t)fresh->n + 1, sizeof *tuned->front);
    if (!values || !tuned->front) {
        free(values);
        return status_no_memory((2 * n + 1) * sizeof *values);
    }
    for (int i = 0; i < fresh->n; i++) {
        size_t most = (size_t)fresh->n_most;
        memcpy(values + (size_t)i * most, fresh->candidates[i].values + (size_t)tuned->relief * most,
               most * sizeof *values);
        memcpy(values + n + (size_t)i * most, fresh->candidates[i].values + OUTCOME_structural_share * most,
               most * sizeof *values);
    }
    tuned->n_front = fresh->n;
    dredge_status status =
        front_compute(fresh->n, fresh->n_most, values, values + n, -1, 1, RESAMPLES, tuning->study->seed, tuned->front);
    free(values);
    int sign = tuning->options->maximise ? 1 : -1;
    tuned->searched = sign * (trials_mean(&tuned->search, tuned->best, tuning->options->outcome, NULL) -
                              trials_mean(&tuned->search, 0, tuning->options->outcome, NULL));
    tuned->validated = sign * (trials_mean(fresh, tuned->winner, tuning->options->outcome, NULL) -
                               trials_mean(fresh, 0, tuning->options->outcome, NULL));
    tuned->optimism = tuned->searched - tuned->validated;
    tuned->feasible = tuning_violation(fresh, tuning->options, tuned->winner, 0) <= 0;
    return status;
}
