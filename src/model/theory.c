/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/theory.h"

const struct theory_info theory_infos[N_THEORIES] = {
#define THEORY(name, claim, source, ...) {#name, claim, source, {__VA_ARGS__}},
#include "model/theory.def"
#undef THEORY
};

const struct scale_info scale_infos[N_SCALES] = {
#define SCALE(name, meaning, ...) {#name, meaning, {__VA_ARGS__}},
#include "model/theory.def"
#undef SCALE
};

const char *const theory_names[N_THEORIES + 1] = {
#define THEORY(name, ...) #name,
#include "model/theory.def"
#undef THEORY
};

const char *const scale_names[N_SCALES + 1] = {
#define SCALE(name, ...) #name,
#include "model/theory.def"
#undef SCALE
};

static void apply(const struct bundle_value *sets, struct parameters *parameters)
{
    for (; sets->key != NULL; sets++) {
        parameter_set(parameters, parameter_find(sets->key), sets->value);
    }
}

void theory_defaults(enum scale scale, enum theory theory, struct parameters *parameters)
{
    parameters_default(parameters);
    apply(scale_infos[scale].sets, parameters);
    apply(theory_infos[theory].sets, parameters);
}
