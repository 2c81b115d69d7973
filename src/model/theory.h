/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_THEORY_H
#define MODEL_THEORY_H

#include "model/parameters.h"

/* Named bundles of parameter values, made from the one table in theory.def: theories, of which a study picks one, and
 * scales. */

enum { BUNDLE_MAX_VALUES = 4 };

enum theory {
#define THEORY(name, ...) THEORY_##name,
#include "model/theory.def"
#undef THEORY
    N_THEORIES
};

enum scale {
#define SCALE(name, ...) SCALE_##name,
#include "model/theory.def"
#undef SCALE
    N_SCALES
};

struct bundle_value {
    const char *key; /* of a parameter */
    double value;
};

struct theory_info {
    const char *name, *claim, *source;
    struct bundle_value sets[BUNDLE_MAX_VALUES + 1]; /* ends with a key that is NULL */
};

struct scale_info {
    const char *name, *meaning;
    struct bundle_value sets[BUNDLE_MAX_VALUES + 1]; /* as above */
};

extern const struct theory_info theory_infos[N_THEORIES];
extern const struct scale_info scale_infos[N_SCALES];

/* The names alone, each array ending with NULL. */
extern const char *const theory_names[N_THEORIES + 1];
extern const char *const scale_names[N_SCALES + 1];

/* Sets every parameter to its default under a scale and a theory; where both set one, the theory counts. */
void theory_defaults(enum scale scale, enum theory theory, struct parameters *parameters);

#endif
