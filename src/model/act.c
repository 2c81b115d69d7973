/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/act.h"

#include <string.h>

#include "model/parameters.h"

const char *const shock_names[N_SHOCKS + 1] = {
#define X(name) #name,
    SHOCKS(X)
#undef X
        NULL};

/* Keys, and sections where they end with a dot, that only the start of a run looks at, or that say what there is. */
static const char *const fixed[] = {
    "months",
    "aftercare_months",
    "programme.",
    "seats.",
    "divergence",
    "recognition",
    "problem.causes",
    "problem.layers",
    "problem.known",
    "problem.urgency",
    "government.sits",
    "model.latent_start",
    "model.position_spread",
    "model.trust_concentration",
    "model.rest",
    "model.rest_concentration",
    "model.momentum_concentration",
};

int act_may_set(int parameter)
{
    const char *key = parameter_infos[parameter].key;
    for (size_t k = 0; k < sizeof fixed / sizeof fixed[0]; k++) {
        size_t length = strlen(fixed[k]);
        int is_section = fixed[k][length - 1] == '.';
        if (is_section ? strncmp(key, fixed[k], length) == 0 : strcmp(key, fixed[k]) == 0) {
            return 0;
        }
    }
    const char *last = strrchr(key, '.');
    int is_position =
        strncmp(key, "sectors.", strlen("sectors.")) == 0 &&
        (strcmp(last, ".collective") == 0 || strcmp(last, ".action") == 0 || strcmp(last, ".evidence") == 0);
    return !is_position;
}
