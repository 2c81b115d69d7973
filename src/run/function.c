/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/function.h"

#include <stdlib.h>
#include <string.h>

#include "result/parcel.h"
#include "run/runner.h"
#include "study/points.h"

static int steers(const struct factor *factor)
{
    return factor->target == FACTOR_STEERING || factor->target == FACTOR_FROM || factor->target == FACTOR_WEIGHT;
}

dredge_status function_check(const struct function *function)
{
    for (int index = 0; index < function->n_factors; index++) {
        struct factor factor = {.index = 0};
        dredge_status status = points_factor(function->study, function->factors[index], &factor);
        if (status != DREDGE_OK) {
            return status;
        }
        if (function->regime >= 0 && steers(&factor) && factor.regime != function->regime) {
            return status_fail(DREDGE_USAGE, "%s steers another regime than %s, the only one that runs", factor.key,
                               function->study->regimes[function->regime].name);
        }
    }
    return DREDGE_OK;
}

/* Leaves only one regime in the study, the first from here on. The mixtures of the others are asked for by no factor. The caller
 * frees study->mixtures, which are its own. */
static dredge_status choose_regime(int regime, struct study *study)
{
    size_t n_mixtures = (size_t)study->n_mixtures;
    struct mixture *mixtures = malloc((n_mixtures + 1) * sizeof *mixtures);
    for (size_t k = 0; mixtures != NULL && k < n_mixtures; k++) {
        mixtures[k] = study->mixtures[k];
        mixtures[k].regime = 0;
    }
    study->mixtures = mixtures;
    study->regimes += regime;
    study->n_regimes = 1;
    for (int index = 0; index < study->design.n_factors; index++) {
        study->design.factors[index].regime = 0;
    }
    return mixtures != NULL ? DREDGE_OK : status_no_memory(n_mixtures * sizeof *mixtures);
}

struct wanted {
    const struct function *function;
    const struct function_options *options;
    double *out;
};

static int wanted_has(void *context, int point, int replicate)
{
    const struct wanted *wanted = context;
    (void)point;
    return replicate < wanted->function->first;
}

static dredge_status wanted_append(void *context, int n_parcels, struct parcel *parcels)
{
    const struct wanted *wanted = context;
    const struct function *function = wanted->function;
    for (int index = 0; index < n_parcels; index++) {
        const struct parcel *parcel = &parcels[index];
        if (parcel->message[0] != '\0') {
            return status_fail(DREDGE_STUDY, "row %d: %s", parcel->span.point, parcel->message);
        }
        size_t n = (size_t)parcel->span.n_replicates, n_regimes = (size_t)parcel->n_regimes;
        for (size_t outcome = 0; outcome < (size_t)function->n_outcomes; outcome++) {
            for (size_t regime = 0; regime < n_regimes; regime++) {
                size_t row = ((size_t)parcel->span.point * (size_t)function->n_outcomes + outcome) * n_regimes + regime;
                memcpy(wanted->out + row * (size_t)function->n_replicates +
                           (size_t)(parcel->span.first - function->first),
                       parcel->outcomes + ((size_t)function->outcomes[outcome] * n_regimes + regime) * n,
                       n * sizeof *wanted->out);
            }
        }
    }
    return DREDGE_OK;
}

static void tell_progress(void *context, const struct runner_progress *progress)
{
    const struct wanted *wanted = context;
    wanted->options->progress(wanted->options->context, progress->n_done, progress->n_runs);
}

static dredge_status run_rows(const struct function *function, const struct study *study,
                              const struct function_options *options, double *out)
{
    struct wanted wanted = {.function = function, .options = options};
    wanted.out = out;
    struct runner_options how = {.n_threads = options->n_threads, .stop = options->stop};
    if (options->progress != NULL) {
        how.progress = tell_progress;
        how.progress_context = &wanted;
    }
    struct runner_sink sink = {.context = &wanted, .has = wanted_has, .append = wanted_append};
    return runner_run(study, &how, &sink);
}

dredge_status function_call(const struct function *function, int n_rows, const double *x,
                            const struct function_options *options, double *out)
{
    struct study study;
    if (n_rows == 0) {
        return DREDGE_OK;
    }
    dredge_status status = points_make(function->study, function->n_factors, function->factors, n_rows, x, &study);
    if (status != DREDGE_OK) {
        return status;
    }
    study.trajectories = TRAJECTORIES_NONE;
    study.replication.outcome = -1;
    study.replication.min = study.replication.max = function->first + function->n_replicates;
    struct mixture *mixtures = NULL;
    if (function->regime >= 0) {
        status = choose_regime(function->regime, &study);
        mixtures = study.mixtures;
    }
    if (status == DREDGE_OK) {
        status = run_rows(function, &study, options, out);
    }
    free(mixtures);
    points_free(&study);
    return status;
}
