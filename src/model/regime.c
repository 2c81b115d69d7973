/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/regime.h"

#include <stdio.h>
#include <string.h>

const struct steering_info steering_infos[] = {
#define STEERING(field, value, low, high, unit, meaning)                                                               \
    {#field, value, low, high, unit, meaning, offsetof(struct steering, field)},
#include "model/regime.def"
#undef STEERING
};

const int n_steering = (int)(sizeof steering_infos / sizeof steering_infos[0]);

const struct regime_info regime_infos[] = {
#define REGIME(name, meaning, ...) {#name, meaning, {__VA_ARGS__}},
#include "model/regime.def"
#undef REGIME
};

const int n_regime_infos = (int)(sizeof regime_infos / sizeof regime_infos[0]);

int steering_find(const char *key)
{
    for (int index = 0; index < n_steering; index++) {
        if (strcmp(steering_infos[index].key, key) == 0) {
            return index;
        }
    }
    return -1;
}

int regime_info_find(const char *name)
{
    for (int index = 0; index < n_regime_infos; index++) {
        if (strcmp(regime_infos[index].name, name) == 0) {
            return index;
        }
    }
    return -1;
}

double steering_get(const struct steering *steering, int index)
{
    double value;
    memcpy(&value, (const char *)steering + steering_infos[index].offset, sizeof value);
    return value;
}

void steering_set(struct steering *steering, int index, double value)
{
    memcpy((char *)steering + steering_infos[index].offset, &value, sizeof value);
}

void regime_from_info(struct regime *regime, int index)
{
    memset(regime, 0, sizeof *regime);
    (void)snprintf(regime->name, sizeof regime->name, "%s", regime_infos[index].name);
    regime->n_phases = 1;
    regime->phase[0].steering = regime_infos[index].steering;
}

void steering_add(struct steering *sum, double weight, const struct steering *part)
{
    for (int index = 0; index < n_steering; index++) {
        steering_set(sum, index, steering_get(sum, index) + weight * steering_get(part, index));
    }
}

const struct steering *regime_steering(const struct regime *regime, int month)
{
    int phase = 0;
    while (phase + 1 < regime->n_phases && regime->phase[phase + 1].from <= month) {
        phase++;
    }
    return &regime->phase[phase].steering;
}
