/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/factor.h"

#include <stdio.h>
#include <string.h>

/* "regimes.NAME.KEY", where NAME may have dots of its own. */
static int find_steering(const struct study *study, const char *key, struct factor *factor)
{
    static const char start[] = "regimes.";
    const char *dot = strrchr(key, '.');
    if (strncmp(key, start, strlen(start)) != 0 || dot == NULL || steering_find(dot + 1) < 0) {
        return 0;
    }
    const char *name = key + strlen(start);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        size_t length = strlen(study->regimes[regime].name);
        if (name + length == dot && length > 0 && strncmp(name, study->regimes[regime].name, length) == 0) {
            factor->target = FACTOR_STEERING;
            factor->regime = regime;
            factor->index = steering_find(dot + 1);
            return 1;
        }
    }
    return 0;
}

int factor_find(const struct study *study, const char *key, struct factor *factor)
{
    (void)snprintf(factor->key, sizeof factor->key, "%s", key);
    if (strcmp(key, "theory") == 0) {
        factor->target = FACTOR_THEORY;
        return 1;
    }
    factor->target = FACTOR_PARAMETER;
    factor->index = parameter_find(key);
    return factor->index >= 0 || find_steering(study, key, factor);
}

struct factor_about factor_about(const struct factor *factor)
{
    const struct parameter_info *parameter = &parameter_infos[factor->index];
    const struct steering_info *steering = &steering_infos[factor->index];
    switch (factor->target) {
    case FACTOR_PARAMETER:
        break;
    case FACTOR_THEORY:
        return (struct factor_about){"", "the theory", 0, N_THEORIES - 1, 1, 0, theory_names};
    case FACTOR_STEERING:
        return (struct factor_about){steering->unit, steering->meaning, steering->low, steering->high, 0, 0, NULL};
    }
    return (struct factor_about){parameter->unit,
                                 parameter->meaning,
                                 parameter->low,
                                 parameter->high,
                                 parameter->type != PARAMETER_REAL,
                                 parameter->type == PARAMETER_FLAG,
                                 NULL};
}

void factor_set(const struct factor *factor, double value, struct parameters *parameters, struct regime *regimes)
{
    switch (factor->target) {
    case FACTOR_PARAMETER:
        parameter_set(parameters, factor->index, value);
        break;
    case FACTOR_THEORY:
        break;
    case FACTOR_STEERING:
        for (int phase = 0; phase < regimes[factor->regime].n_phases; phase++) {
            steering_set(&regimes[factor->regime].phase[phase].steering, factor->index, value);
        }
        break;
    }
}
