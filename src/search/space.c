/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/space.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct bound {
    const char *key;
    double low, high;
} bounds[SPACE_MAX] = {{"base", 0, 0.95},       {"tension_gain", 0, 3},      {"tension_setpoint", 0, 0.6},
                       {"momentum_gain", 0, 3}, {"momentum_setpoint", 0, 1}, {"depth", 0, 1},
                       {"depth_gain", 0, 3},    {"kpi_weight", 0, 1}};

static void add_bound(struct space *space, const struct bound *bound)
{
    space->steering[space->n] = steering_find(bound->key);
    space->low[space->n] = bound->low;
    space->high[space->n] = bound->high;
    space->n++;
}

/* Adds the parameter that is `length` characters of `word`. */
static dredge_status add_word(struct space *space, const char *word, int length)
{
    for (int b = 0; b < SPACE_MAX; b++) {
        if ((int)strlen(bounds[b].key) == length && strncmp(bounds[b].key, word, (size_t)length) == 0) {
            for (int i = 0; i < space->n; i++) {
                if (space->steering[i] == steering_find(bounds[b].key)) {
                    return DREDGE_OK;
                }
            }
            add_bound(space, &bounds[b]);
            return DREDGE_OK;
        }
    }
    return status_fail(DREDGE_USAGE,
                       "--vary: \"%.*s\" is not one of base, tension_gain, tension_setpoint, momentum_gain, "
                       "momentum_setpoint, depth, depth_gain and kpi_weight",
                       length, word);
}

dredge_status space_init(struct space *space, const struct steering *rest, const char *vary)
{
    *space = (struct space){.rest = *rest};
    if (vary == NULL) {
        for (int b = 0; b < SPACE_MAX; b++) {
            add_bound(space, &bounds[b]);
        }
        return DREDGE_OK;
    }
    for (;;) {
        size_t length = strcspn(vary, ",");
        dredge_status status = add_word(space, vary, (int)length);
        if (status != DREDGE_OK || vary[length] == 0) {
            return status;
        }
        vary += length + 1;
    }
}

void space_regime(const struct space *space, const double *x, const char *name, struct regime *regime)
{
    *regime = (struct regime){.n_phases = 1};
    (void)snprintf(regime->name, sizeof regime->name, "%s", name);
    regime->phase[0].steering = space->rest;
    for (int i = 0; i < space->n; i++) {
        double place = fmin(fmax(x[i], 0), 1);
        steering_set(&regime->phase[0].steering, space->steering[i],
                     space->low[i] + place * (space->high[i] - space->low[i]));
    }
}

void space_place(const struct space *space, const struct regime *regime, double *x)
{
    for (int i = 0; i < space->n; i++) {
        double value = steering_get(&regime->phase[0].steering, space->steering[i]);
        x[i] = fmin(fmax((value - space->low[i]) / (space->high[i] - space->low[i]), 0), 1);
    }
}
