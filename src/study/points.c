/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/design.h"
#include "study/factor.h"
#include "study/mistakes.h"
#include "study/names.h"
#include "study/suggest.h"

static void see_name(void *context, const char *name)
{
    suggest_try(context, name);
}

dredge_status points_factor(const struct study *base, const char *key, struct factor *factor)
{
    if (factor_find(base, key, factor)) {
        return DREDGE_OK;
    }
    struct suggestion suggestion;
    suggest_begin(&suggestion, key);
    names_each_factor(base, see_name, &suggestion);
    const char *best = suggest_best(&suggestion);
    char shown[MISTAKES_SHOWN_BYTES];
    (void)mistakes_show(key, shown);
    return best != NULL ? status_fail(DREDGE_USAGE, "no factor is called \"%s\", did you mean %s?", shown, best)
                        : status_fail(DREDGE_USAGE,
                                      "no factor is called \"%s\": a factor is theory, a parameter, "
                                      "regimes.NAME.KEY of a regime or events.NAME.KEY of an event in this study",
                                      shown);
}

static int n_names(const char *const *names)
{
    int n = 0;
    while (names != NULL && names[n] != NULL) {
        n++;
    }
    return n;
}

static dredge_status check_values(const struct factor *factor, int index, int n_factors, int n_points,
                                  const double *values)
{
    struct factor_about about = factor_about(factor);
    int names = n_names(about.names);
    double low = names > 0 || about.is_flag ? 0 : about.low;
    double high = names > 0 ? names - 1 : about.is_flag ? 1 : about.high;
    int is_whole = names > 0 || about.is_flag || about.is_whole;
    for (int point = 0; point < n_points; point++) {
        double value = values[(size_t)point * (size_t)n_factors + (size_t)index];
        if (!(value >= low && value <= high) || (is_whole && value != floor(value))) {
            return status_fail(DREDGE_USAGE, "row %d: %s = %.10g: must be a %snumber between %.10g and %.10g", point,
                               factor->key, value, is_whole ? "whole " : "", low, high);
        }
    }
    return DREDGE_OK;
}

dredge_status points_make(const struct study *base, int n_factors, const char *const *keys, int n_points,
                          const double *values, struct study *study)
{
    size_t n_bytes = (size_t)n_points * (size_t)n_factors * sizeof *values;
    *study = *base;
    study->design = (struct design){.method = DESIGN_LIST, .n_points = n_points, .n_rows = n_points};
    if (n_points > DESIGN_MAX_POINTS || (long long)n_points * n_factors > DESIGN_MAX_VALUES) {
        return status_fail(DREDGE_USAGE, "%d rows of %d factors: at most %d rows and %d values", n_points, n_factors,
                           (int)DESIGN_MAX_POINTS, (int)DESIGN_MAX_VALUES);
    }
    study->design.factors = calloc((size_t)n_factors, sizeof *study->design.factors);
    study->design.values = malloc(n_bytes);
    dredge_status status = DREDGE_OK;
    if (study->design.factors == NULL || study->design.values == NULL) {
        status = status_no_memory(n_bytes);
    }
    for (int index = 0; index < n_factors && status == DREDGE_OK; index++) {
        struct factor *factor = &study->design.factors[index];
        status = points_factor(base, keys[index], factor);
        if (status == DREDGE_OK) {
            status = check_values(factor, index, n_factors, n_points, values);
        }
    }
    if (status != DREDGE_OK) {
        points_free(study);
        return status;
    }
    memcpy(study->design.values, values, n_bytes);
    study->design.n_factors = n_factors;
    study->horizon = study_horizon(study);
    return DREDGE_OK;
}

void points_free(struct study *study)
{
    design_free(&study->design);
    memset(study, 0, sizeof *study);
}
