/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/sensitivity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/target.h"
#include "study/design.h"

dredge_status sensitivity_needs_design(const struct design *design, const char *what)
{
    if (design->n_factors > 0 && design->n_points > 1) {
        return DREDGE_OK;
    }
    return status_fail(DREDGE_USAGE,
                       "%s needs design points, and this study has no design: add one to the study and run it again, "
                       "for example `design: {method: saltelli, points: 2048, factors: {funder.target: {low: 0.25, "
                       "high: 2}, convener.skill: {low: 0.2, high: 0.8}}}`",
                       what);
}

/* Names the groups, and the factors in none. */
static dredge_status name_groups(const struct design *design, struct sensitivity *out)
{
    int n = design->n_factors;
    int *unit = malloc((size_t)n * sizeof *unit);
    if (unit == NULL) {
        return status_no_memory((size_t)n * sizeof *unit);
    }
    int n_units = design_units(n, design->factors, unit);
    out->groups = calloc((size_t)n_units, sizeof *out->groups);
    if (out->groups == NULL) {
        free(unit);
        return status_no_memory((size_t)n_units * sizeof *out->groups);
    }
    for (int f = 0; f < n; f++) {
        const struct factor *factor = &design->factors[f];
        (void)snprintf(out->groups[unit[f]], sizeof *out->groups, "%s",
                       *factor->group != '\0' ? factor->group : factor->key);
    }
    out->n_groups = n_units;
    free(unit);
    return DREDGE_OK;
}

static dredge_status use_sobol(const struct design *design, const double *points, double confidence, int n_resamples,
                               uint64_t seed, struct sensitivity *out)
{
    int n_units = design_units(design->n_factors, design->factors, NULL);
    dredge_status status = n_units < design->n_factors ? name_groups(design, out) : DREDGE_OK;
    out->method = out->n_groups > 0 ? SENSITIVITY_SPREAD : SENSITIVITY_SOBOL;
    out->n_scrambles = design->n_scrambles;
    if (status == DREDGE_OK && design->n_scrambles > 1) {
        return sobol_indices_scrambled(n_units, design->n_rows, design->n_scrambles, points, confidence, &out->sobol);
    }
    return status != DREDGE_OK
               ? status
               : sobol_indices_compute(n_units, design->n_rows, points, confidence, n_resamples, seed, &out->sobol);
}

static dredge_status use_method(const struct design *design, const struct panel *panel, const double *points,
                                double confidence, int n_resamples, uint64_t seed, struct sensitivity *out)
{
    if (design->method == DESIGN_SALTELLI) {
        return use_sobol(design, points, confidence, n_resamples, seed, out);
    }
    if (design->method == DESIGN_MORRIS) {
        out->method = SENSITIVITY_MORRIS;
        out->morris = calloc((size_t)design->n_factors, sizeof *out->morris);
        double step = design->n_levels / 2.0 / (design->n_levels - 1.0);
        if (out->morris == NULL) {
            return status_no_memory((size_t)design->n_factors * sizeof *out->morris);
        }
        return morris_compute(design->n_factors, design->n_rows, step, design->values, points, confidence, n_resamples,
                              seed, out->morris);
    }
    if (factorial_fits(design->n_points, design->n_factors, design->values)) {
        out->method = SENSITIVITY_FACTORIAL;
        out->n_effects = (1 << design->n_factors) - 1;
        out->effects = calloc((size_t)out->n_effects, sizeof *out->effects);
        if (out->effects == NULL) {
            return status_no_memory((size_t)out->n_effects * sizeof *out->effects);
        }
        return factorial_compute(design->n_factors, design->values, panel, confidence, out->effects);
    }
    out->method = SENSITIVITY_SPREAD;
    return DREDGE_OK;
}

dredge_status sensitivity_compute(const struct design *design, const struct panel *panel, double confidence,
                                  int n_resamples, uint64_t seed, struct sensitivity *out)
{
    *out = (struct sensitivity){.n_factors = design->n_factors};
    dredge_status status = sensitivity_needs_design(design, "sensitivity");
    if (status != DREDGE_OK) {
        return status;
    }
    double *points = malloc(((size_t)panel->n_points + 1) * sizeof *points);
    out->driver = calloc((size_t)design->n_factors, sizeof *out->driver);
    if (points == NULL || out->driver == NULL) {
        status = status_no_memory(((size_t)panel->n_points + 1) * sizeof *points);
    }
    if (status == DREDGE_OK) {
        target_points(panel, points);
        status = target_noise_share(panel, points, &out->noise_share);
    }
    if (status == DREDGE_OK) {
        status =
            drivers_compute(panel->n_points, design->n_factors, design->values, points, &out->drivers, out->driver);
    }
    if (status == DREDGE_OK) {
        status = use_method(design, panel, points, confidence, n_resamples, seed, out);
    }
    free(points);
    if (status != DREDGE_OK) {
        sensitivity_free(out);
    }
    return status;
}

void sensitivity_free(struct sensitivity *sensitivity)
{
    sobol_indices_free(&sensitivity->sobol);
    free(sensitivity->groups);
    free(sensitivity->driver);
    free(sensitivity->morris);
    free(sensitivity->effects);
    *sensitivity = (struct sensitivity){0};
}

static double size_of(const struct sensitivity *sensitivity, int factor)
{
    switch (sensitivity->method) {
    case SENSITIVITY_SOBOL:
        return sensitivity->sobol.total[factor].value;
    case SENSITIVITY_MORRIS:
        return sensitivity->morris[factor].mu_star;
    case SENSITIVITY_FACTORIAL:
        return fabs(sensitivity->effects[(1 << factor) - 1].estimate.mean);
    case SENSITIVITY_SPREAD:
        break;
    }
    return sensitivity->driver[factor].main_effect;
}

void sensitivity_order_groups(const struct sensitivity *sensitivity, int *order)
{
    for (int g = 0; g < sensitivity->n_groups; g++) {
        int at = g;
        while (at > 0 && sensitivity->sobol.total[g].value > sensitivity->sobol.total[order[at - 1]].value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = g;
    }
}

void sensitivity_order(const struct sensitivity *sensitivity, int *order)
{
    for (int f = 0; f < sensitivity->n_factors; f++) {
        double size = size_of(sensitivity, f);
        int at = f;
        for (; at > 0; at--) {
            double before = size_of(sensitivity, order[at - 1]);
            if (!(size > before || (isnan(before) && !isnan(size)))) {
                break;
            }
            order[at] = order[at - 1];
        }
        order[at] = f;
    }
}
