/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/point.h"

#include <stdio.h>
#include <string.h>

#include "model/outcomes.h"
#include "study/combinations.h"
#include "study/design.h"
#include "study/events.h"
#include "study/factor.h"
#include "study/mixture.h"
#include "study/where.h"

void point_parameters(const struct study *study, enum theory theory, struct parameters *parameters)
{
    theory_defaults(study->scale, theory, parameters);
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        if (study->given[parameter]) {
            parameter_set(parameters, parameter, parameter_get(&study->parameters, parameter));
        }
    }
}

/* What a point starts from, before its other values change it: its theory. */
static void start_point(const struct study *study, const double *values, struct parameters *parameters)
{
    *parameters = study->parameters;
    for (int index = 0; index < study->design.n_factors; index++) {
        if (values != NULL && study->design.factors[index].target == FACTOR_THEORY) {
            point_parameters(study, (enum theory)values[index], parameters);
        }
    }
}

int point_is_kept(const void *context, const double *values)
{
    const struct study *study = context;
    struct parameters parameters;
    start_point(study, values, &parameters);
    return where_holds(&study->design.where, &parameters, values);
}

uint64_t study_point_seed(const struct study *study, int point)
{
    return study->point_seeds != NULL ? study->point_seeds[point] : study->seed;
}

dredge_status study_point(const struct study *study, int point, struct parameters *parameters, struct regime *regimes,
                          size_t sentence_bytes, char *sentence)
{
    const struct design *design = &study->design;
    const double *values = design->values == NULL ? NULL : design->values + (size_t)point * (size_t)design->n_factors;
    start_point(study, values, parameters);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        if (study->organisations_follow[sector]) {
            parameters->sector[sector].organisations = 0;
        }
    }
    memcpy(regimes, study->regimes, (size_t)study->n_regimes * sizeof *regimes);
    if (mixture_apply(study, values, regimes, sentence_bytes, sentence)) {
        return DREDGE_STUDY;
    }
    for (int index = 0; index < design->n_factors; index++) {
        factor_set(&design->factors[index], values[index], parameters, regimes);
    }
    parameters_complete(parameters);
    int impossible = combinations_all(parameters, study->n_regimes, regimes, sentence_bytes, sentence);
    for (int event = 0; event < study->n_events && !impossible; event++) {
        char why[256];
        impossible = events_impossible(study, event, values, parameters, sizeof why, why);
        if (impossible) {
            (void)snprintf(sentence, sentence_bytes, "event %s %s", study->events[event].name, why);
        }
    }
    return impossible ? DREDGE_STUDY : DREDGE_OK;
}

/* The largest sum, over the points, of these whole parameters. */
static int longest(const struct study *study, int n_keys, const int *keys)
{
    const struct design *design = &study->design;
    int factors[2] = {-1, -1}, most = 0, n_points = 1;
    for (int factor = 0; factor < design->n_factors; factor++) {
        for (int key = 0; key < n_keys; key++) {
            const struct factor *own = &design->factors[factor];
            if (own->target == FACTOR_PARAMETER && own->index == keys[key]) {
                factors[key] = factor;
                n_points = design->n_points;
            }
        }
    }
    for (int point = 0; point < n_points; point++) {
        int sum = 0;
        for (int key = 0; key < n_keys; key++) {
            size_t row = (size_t)point * (size_t)design->n_factors;
            sum += (int)(factors[key] < 0 ? parameter_get(&study->parameters, keys[key])
                                          : design->values[row + (size_t)factors[key]]);
        }
        most = sum > most ? sum : most;
    }
    return most;
}

int study_months(const struct study *study)
{
    const int keys[1] = {parameter_find("months")};
    return longest(study, 1, keys);
}

int study_horizon(const struct study *study)
{
    const int keys[2] = {parameter_find("months"), parameter_find("aftercare_months")};
    return longest(study, 2, keys);
}

int study_n_series(const struct study *study)
{
    return study->by_sector ? N_SERIES_COLUMNS : N_SERIES;
}

int study_n_samples(const struct study *study)
{
    return study->horizon / study->every;
}
