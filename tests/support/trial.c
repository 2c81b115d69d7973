/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "testing.h"

struct study trial_study(struct setup *setup, int n_replicates)
{
    struct study study = {.seed = setup->seed, .parameters = setup->parameters, .trajectories = TRAJECTORIES_NONE};
    parameters_complete(&study.parameters);
    study.replication.min = n_replicates;
    study.replication.max = n_replicates;
    study.replication.outcome = -1;
    study.replication.confidence = 0.95;
    study.n_regimes = setup->n_regimes;
    study.regimes = setup->regimes;
    study.design.n_points = 1;
    study.design.n_rows = 1;
    study.every = 1;
    study.horizon = setup->parameters.months + setup->parameters.aftercare_months;
    return study;
}

static dredge_status gather(void *context, int n_parcels, struct parcel *parcels)
{
    struct trial *trial = context;
    size_t max = (size_t)trial->n_replicates;
    for (int k = 0; k < n_parcels; k++) {
        const struct parcel *parcel = &parcels[k];
        size_t n = (size_t)parcel->span.n_replicates;
        for (size_t row = 0; row < (size_t)N_OUTCOMES * (size_t)trial->n_regimes; row++) {
            memcpy(trial->values + row * max + (size_t)parcel->span.first, parcel->outcomes + row * n,
                   n * sizeof(double));
        }
    }
    return DREDGE_OK;
}

void trial_run(struct trial *trial, struct setup *setup, int n_replicates)
{
    struct study study = trial_study(setup, n_replicates);
    *trial = (struct trial){.n_regimes = setup->n_regimes, .n_replicates = n_replicates};
    trial->values = calloc((size_t)N_OUTCOMES * (size_t)setup->n_regimes * (size_t)n_replicates, sizeof(double));
    assert_non_null(trial->values);
    struct runner_options options = {.n_threads = 0};
    struct runner_sink sink = {.context = trial, .append = gather};
    assert_int_equal(runner_run(&study, &options, &sink), DREDGE_OK);
}

void trial_free(struct trial *trial)
{
    free(trial->values);
    memset(trial, 0, sizeof *trial);
}

const double *trial_values(const struct trial *trial, enum outcome outcome, int regime)
{
    size_t row = (size_t)outcome * (size_t)trial->n_regimes + (size_t)regime;
    return trial->values + row * (size_t)trial->n_replicates;
}

struct estimate estimate_pairs(int n, const double *a, const double *b)
{
    struct estimate estimate = {0, 0, 0};
    double squares = 0;
    for (int k = 0; k < n; k++) {
        double difference = b != NULL ? a[k] - b[k] : a[k];
        if (!isnan(difference)) {
            double step = difference - estimate.mean;
            estimate.n++;
            estimate.mean += step / estimate.n;
            squares += step * (difference - estimate.mean);
        }
    }
    assert_true(estimate.n > 1);
    estimate.error = sqrt(squares / (estimate.n - 1) / estimate.n);
    return estimate;
}

struct estimate trial_mean(const struct trial *trial, enum outcome outcome, int regime)
{
    return estimate_pairs(trial->n_replicates, trial_values(trial, outcome, regime), NULL);
}

struct estimate trial_difference(const struct trial *trial, enum outcome outcome, int regime, int baseline)
{
    return trial_between(trial, regime, trial, baseline, outcome);
}

struct estimate trial_between(const struct trial *a, int regime_a, const struct trial *b, int regime_b,
                              enum outcome outcome)
{
    assert_int_equal(a->n_replicates, b->n_replicates);
    return estimate_pairs(a->n_replicates, trial_values(a, outcome, regime_a), trial_values(b, outcome, regime_b));
}

void estimate_check(struct estimate estimate, double bound, int sign, const char *file, int line)
{
    if (!(sign * (estimate.mean - bound) > ESTIMATE_ERRORS * estimate.error)) {
        print_error("%.6g with a standard error of %.2g (n = %d) is not clearly %s %g\n", estimate.mean, estimate.error,
                    estimate.n, sign > 0 ? "above" : "below", bound);
        _fail(file, line);
    }
}

dredge_status kept_append(void *context, int n_parcels, struct parcel *parcels)
{
    struct kept *kept = context;
    for (int k = 0; k < n_parcels; k++) {
        if (kept->n == kept->capacity) {
            kept->capacity = 2 * kept->capacity + 16;
            kept->parcels = realloc(kept->parcels, (size_t)kept->capacity * sizeof *kept->parcels);
            assert_non_null(kept->parcels);
        }
        kept->parcels[kept->n++] = parcels[k];
        memset(&parcels[k], 0, sizeof parcels[k]);
    }
    return DREDGE_OK;
}

void kept_free(struct kept *kept)
{
    for (int k = 0; k < kept->n; k++) {
        parcel_free(&kept->parcels[k]);
    }
    free(kept->parcels);
    memset(kept, 0, sizeof *kept);
}

double kept_outcome(const struct kept *kept, int point, int outcome, int regime, int replicate)
{
    for (int k = 0; k < kept->n; k++) {
        const struct parcel *parcel = &kept->parcels[k];
        int within = replicate - parcel->span.first;
        if (parcel->span.point == point && within >= 0 && within < parcel->span.n_replicates) {
            size_t row = (size_t)outcome * (size_t)parcel->n_regimes + (size_t)regime;
            return parcel->outcomes[row * (size_t)parcel->span.n_replicates + (size_t)within];
        }
    }
    fail_msg("no parcel has replicate %d of point %d", replicate, point);
    return 0;
}
