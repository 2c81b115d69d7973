/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_REGIME_H
#define MODEL_REGIME_H

#include <stddef.h>

/* Regimes: how a collaboration is steered. A regime is a row of steering parameters, or several, each from a month
 * on (phases). */

enum { REGIME_NAME_BYTES = 64, REGIME_MAX_PHASES = 16 };

struct steering {
#define STEERING(field, ...) double field;
#include "model/regime.def"
#undef STEERING
};

/* The number of steering parameters. */
enum {
#define STEERING(...) +1 /* NOLINT(bugprone-macro-parentheses): a term of a sum */
    N_STEERING = 0
#include "model/regime.def"
#undef STEERING
};

struct regime_phase {
    int from; /* first month of the phase */
    struct steering steering;
};

struct regime {
    char name[REGIME_NAME_BYTES];
    int n_phases; /* >= 1; phase[0].from == 0, later ones ascend */
    struct regime_phase phase[REGIME_MAX_PHASES];
};

struct steering_info {
    const char *key; /* "base" */
    double default_value, low, high;
    const char *unit, *meaning;
    size_t offset; /* in struct steering; every field is a double */
};

struct regime_info {
    const char *name, *meaning;
    struct steering steering;
};

extern const struct steering_info steering_infos[];
extern const int n_steering;
extern const struct regime_info regime_infos[]; /* the built-in regimes */
extern const int n_regime_infos;

/* The index of a steering key, or of a built-in regime; -1 when there is none. */
int steering_find(const char *key);
int regime_info_find(const char *name);

/* Reads or writes steering parameter `index`. No check of the range. */
double steering_get(const struct steering *steering, int index);
void steering_set(struct steering *steering, int index, double value);

/* A one-phase regime from built-in `index`. */
void regime_from_info(struct regime *regime, int index);

/* Adds `weight` times `part` to `sum`, field by field: the mix of regimes. */
void steering_add(struct steering *sum, double weight, const struct steering *part);

/* The steering in force in `month`. */
const struct steering *regime_steering(const struct regime *regime, int month);

#endif
