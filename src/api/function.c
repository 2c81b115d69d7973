/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/function.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "api/inside.h"
#include "study/mistakes.h"
#include "study/suggest.h"

struct dredge_function {
    struct function inner;
    char **factors; /* [n_factors], owned */
    int *outcomes;  /* [n_outcomes], owned */
};

static dredge_status copy_factors(dredge_function *function, size_t n_factors, const char *const *factors)
{
    function->factors = calloc(n_factors, sizeof *function->factors);
    if (function->factors == NULL) {
        return status_no_memory(n_factors * sizeof *function->factors);
    }
    for (size_t factor = 0; factor < n_factors; factor++) {
        if (factors[factor] == NULL) {
            return status_fail(DREDGE_USAGE, "factor %zu has no name", factor);
        }
        for (size_t other = 0; other < factor; other++) {
            if (strcmp(factors[other], factors[factor]) == 0) {
                char shown[MISTAKES_SHOWN_BYTES];
                return status_fail(DREDGE_USAGE, "factor \"%s\" is given twice", mistakes_show(factors[factor], shown));
            }
        }
        function->factors[factor] = strdup(factors[factor]);
        if (function->factors[factor] == NULL) {
            return status_no_memory(strlen(factors[factor]));
        }
        function->inner.n_factors++;
    }
    function->inner.factors = (const char *const *)function->factors;
    return DREDGE_OK;
}

static dredge_status refuse_outcome(const struct study *study, const char *name)
{
    struct suggestion suggestion;
    suggest_begin(&suggestion, name);
    for (int outcome = 0; outcome < study_n_outcomes(study); outcome++) {
        suggest_try(&suggestion, study_outcome_name(study, outcome));
    }
    const char *best = suggest_best(&suggestion);
    char shown[MISTAKES_SHOWN_BYTES];
    (void)mistakes_show(name, shown);
    return best != NULL ? status_fail(DREDGE_USAGE, "there is no outcome \"%s\", did you mean %s?", shown, best)
                        : status_fail(DREDGE_USAGE, "there is no outcome \"%s\"", shown);
}

static dredge_status find_outcomes(dredge_function *function, const struct study *study, size_t n_outcomes,
                                   const char *const *outcomes)
{
    function->outcomes = calloc(n_outcomes, sizeof *function->outcomes);
    if (function->outcomes == NULL) {
        return status_no_memory(n_outcomes * sizeof *function->outcomes);
    }
    for (size_t outcome = 0; outcome < n_outcomes; outcome++) {
        const char *name = outcomes[outcome] != NULL ? outcomes[outcome] : "";
        function->outcomes[outcome] = study_outcome_column_find(study, name);
        if (function->outcomes[outcome] < 0) {
            return refuse_outcome(study, name);
        }
    }
    function->inner.n_outcomes = (int)n_outcomes;
    function->inner.outcomes = function->outcomes;
    return DREDGE_OK;
}

static dredge_status find_regime(dredge_function *function, const struct study *study, const char *name)
{
    function->inner.regime = name != NULL ? study_regime(study, name) : -1;
    return name == NULL || function->inner.regime >= 0 ? DREDGE_OK : study_refuse_regime(study, name, 0);
}

dredge_status dredge_function_new(const dredge_study *study, const char *regime, size_t n_factors,
                                  const char *const *factors, size_t n_outcomes, const char *const *outcomes,
                                  dredge_function **function)
{
    status_clear();
    if (function == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_function_new: there is no place for the function");
    }
    *function = NULL;
    if (study == NULL || n_factors == 0 || factors == NULL || n_outcomes == 0 || outcomes == NULL ||
        n_factors > INT_MAX || n_outcomes > INT_MAX) {
        return status_fail(DREDGE_USAGE, "a function needs a study, at least one factor and at least one outcome");
    }
    dredge_function *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    made->inner.study = &study->inner;
    dredge_status status = find_regime(made, &study->inner, regime);
    if (status == DREDGE_OK) {
        status = copy_factors(made, n_factors, factors);
    }
    if (status == DREDGE_OK) {
        status = function_check(&made->inner);
    }
    if (status == DREDGE_OK) {
        status = find_outcomes(made, &study->inner, n_outcomes, outcomes);
    }
    if (status != DREDGE_OK) {
        dredge_function_free(made);
        return status;
    }
    *function = made;
    return DREDGE_OK;
}

void dredge_function_free(dredge_function *function)
{
    if (function == NULL) {
        return;
    }
    for (int factor = 0; factor < function->inner.n_factors; factor++) {
        free(function->factors[factor]);
    }
    free(function->factors);
    free(function->outcomes);
    free(function);
}

static void tell(void *context, long long n_done, long long n_runs)
{
    caller_tell(context, n_done, n_runs);
}

dredge_status dredge_function_call(const dredge_function *function, int n_rows, const double *x, int first,
                                   int n_replicates, const struct dredge_run_options *options, double *out)
{
    static const struct dredge_run_options defaults = {0};
    status_clear();
    if (function == NULL || n_rows < 0 || (n_rows > 0 && (x == NULL || out == NULL))) {
        return status_fail(DREDGE_USAGE,
                           "a call of a function needs rows of factor values and a place for the outcomes");
    }
    if (first < 0 || n_replicates < 1 || n_replicates > STUDY_MAX_REPLICATES - first) {
        return status_fail(DREDGE_USAGE, "%d replicates from %d on: must be at least 1, and lie between 0 and %d",
                           n_replicates, first, STUDY_MAX_REPLICATES - 1);
    }
    dredge_status status = caller_check(function->inner.study, options == NULL ? 0 : options->n_threads, 0);
    if (status != DREDGE_OK) {
        return status;
    }
    struct caller caller = {options == NULL ? &defaults : options, 0};
    struct function_options how = {.n_threads = caller.options->n_threads, .stop = &caller.stop, .context = &caller};
    how.progress = caller.options->progress != NULL ? tell : NULL;
    struct function call = function->inner;
    call.first = first;
    call.n_replicates = n_replicates;
    return function_call(&call, n_rows, x, &how, out);
}
