/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/tuning_fresh.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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
    if (options == NULL || sorted == NULL) {
        status = status_no_memory((size_t)search->n * sizeof *options);
        goto out;
    }
    int least = tuning->options->n_refine;
    for (int i = 0; i < search->n; i++) {
        int enough = search->candidates[i].n >= least;
        options[i].first = enough ? trials_mean(search, i, tuning->tuned->relief, NULL) : NAN;
        options[i].second = enough ? trials_mean(search, i, OUTCOME_structural_share, NULL) : NAN;
    }
    front_mark(search->n, (struct front_ways){-1, 1}, options);
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

static dredge_status tuning_add_fresh(struct tuning *tuning, int number, const char *name)
{
    const struct candidate *candidate = &tuning->tuned->search.candidates[number];
    struct regime regime = candidate->regime;
    int fresh = 0;
    if (name != NULL) {
        (void)snprintf(regime.name, sizeof regime.name, "%s", name);
    }
    dredge_status status = trials_add(&tuning->tuned->fresh, &regime, candidate->x, &fresh);
    if (status == DREDGE_OK) {
        tuning->tuned->origin[fresh] = number;
    }
    return status;
}

/* Runs all candidates of a set with as many replicates as validation asks for. */
static dredge_status run_all(const struct tuning *tuning, struct trials *trials)
{
    int *all = malloc(((size_t)trials->n + 1) * sizeof *all);
    if (all == NULL) {
        return status_no_memory(((size_t)trials->n + 1) * sizeof *all);
    }
    for (int i = 0; i < trials->n; i++) {
        all[i] = i;
    }
    dredge_status status = trials_run(trials, trials->n, all, tuning->options->n_validate);
    free(all);
    return status;
}

/* The study's own regimes, the search's best and its front become finalists. */
static dredge_status add_finalists(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    int front[MAX_FRONT];
    int n_front = 0;
    dredge_status status = tuning_front(tuning, &n_front, front);
    size_t n_most = (size_t)tuned->n_own + 1 + MAX_FRONT;
    tuned->origin = malloc(n_most * sizeof *tuned->origin);
    if (status == DREDGE_OK && tuned->origin == NULL) {
        status = status_no_memory(n_most * sizeof *tuned->origin);
    }
    for (int r = 0; status == DREDGE_OK && r < tuned->n_own; r++) {
        status = tuning_add_fresh(tuning, r, NULL);
    }
    if (status == DREDGE_OK) {
        status = tuning_add_fresh(tuning, tuned->best, "searched");
    }
    for (int i = 0; status == DREDGE_OK && i < n_front; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "front_%d", i + 1);
        if (front[i] >= tuned->n_own && front[i] != tuned->best) {
            status = tuning_add_fresh(tuning, front[i], name);
        }
    }
    return status;
}

/* All finalists are run again with other luck, and the winner is the best on fresh luck of those that meet the bounds on
 * both; where none does, of all. */
static dredge_status choose_winner(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    const struct trials *fresh = &tuned->fresh;
    int number = 0;
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < fresh->n; i++) {
        status = trials_add(&tuned->again, &fresh->candidates[i].regime, fresh->candidates[i].x, &number);
    }
    if (status == DREDGE_OK) {
        status = run_all(tuning, &tuned->again);
    }
    struct tuned_robust *robust = calloc((size_t)fresh->n + 1, sizeof *robust);
    if (robust == NULL) {
        return status_no_memory(((size_t)fresh->n + 1) * sizeof *robust);
    }
    tuning_robust(fresh, tuning->options, robust);
    double best = -INFINITY;
    for (int i = tuned->n_own; status == DREDGE_OK && i < fresh->n; i++) {
        int fails_again = tuning_violation(&tuned->again, tuning->options, i, 0) > 0;
        double score = tuning_score(fresh, tuning->options, i, 0);
        score = tuning->options->criterion == TUNER_REGRET && score > -1e99 ? -robust[i].regret : score;
        score -= fails_again ? 1e99 : 0;
        if (score > best) {
            best = score;
            tuned->winner = i;
        }
    }
    if (status == DREDGE_OK && tuned->again.n_worlds > 1) {
        tuning_robust(&tuned->again, tuning->options, robust);
        tuned->robust = robust;
    } else {
        free(robust);
    }
    return status;
}

dredge_status tuning_validate(struct tuning *tuning)
{
    dredge_status status = add_finalists(tuning);
    tuning_tell(tuning, "fresh luck", 0);
    if (status == DREDGE_OK) {
        status = run_all(tuning, &tuning->tuned->fresh);
    }
    tuning_tell(tuning, "fresh luck", 0.5);
    return status == DREDGE_OK ? choose_winner(tuning) : status;
}

/* An outcome of all candidates by replicate, the mean over worlds: out[n][n_most / n_worlds]. */
static void average_worlds(const struct trials *trials, int outcome, double *out)
{
    size_t n_each = (size_t)(trials->n_most / trials->n_worlds);
    for (size_t i = 0; i < (size_t)trials->n; i++) {
        const double *own = trials->candidates[i].values + (size_t)outcome * (size_t)trials->n_most;
        for (size_t k = 0; k < n_each; k++) {
            double sum = 0;
            for (size_t w = 0; w < (size_t)trials->n_worlds; w++) {
                sum += own[w * n_each + k];
            }
            out[i * n_each + k] = sum / trials->n_worlds;
        }
    }
}

dredge_status tuning_conclude(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    const struct trials *fresh = &tuned->fresh;
    int n_each = fresh->n_most / fresh->n_worlds;
    size_t n = (size_t)fresh->n * (size_t)n_each;
    double *values = malloc((2 * n + 1) * sizeof *values);
    tuned->front = calloc((size_t)fresh->n + 1, sizeof *tuned->front);
    if (values == NULL || tuned->front == NULL) {
        free(values);
        return status_no_memory((2 * n + 1) * sizeof *values);
    }
    average_worlds(fresh, tuned->relief, values);
    average_worlds(fresh, OUTCOME_structural_share, values + n);
    tuned->n_front = fresh->n;
    dredge_status status = front_compute(fresh->n, n_each, values, values + n, (struct front_ways){-1, 1}, RESAMPLES,
                                         tuning->study->seed, tuned->front);
    free(values);
    int sign = tuning->options->maximise ? 1 : -1;
    int outcome = tuning->options->outcome;
    tuned->searched = sign * (trials_mean(&tuned->search, tuned->origin[tuned->winner], outcome, NULL) -
                              trials_mean(&tuned->search, 0, outcome, NULL));
    tuned->validated = sign * (trials_mean(&tuned->again, tuned->winner, outcome, NULL) -
                               trials_mean(&tuned->again, 0, outcome, NULL));
    tuned->optimism = tuned->searched - tuned->validated;
    tuned->feasible = tuning_violation(&tuned->again, tuning->options, tuned->winner, 0) <= 0;
    return status;
}
