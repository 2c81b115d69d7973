/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/study.h"

int study_regime(const struct study *study, const char *name)
{
    for (int regime = 0; regime < study->n_regimes; regime++) {
        if (strcmp(study->regimes[regime].name, name) == 0) {
            return regime;
        }
    }
    return -1;
}

int study_regime_named(const struct study *study, const char *name, struct regime *regime)
{
    int own = study_regime(study, name);
    int built_in = own < 0 ? regime_info_find(name) : -1;
    if (own >= 0) {
        *regime = study->regimes[own];
    } else if (built_in >= 0) {
        regime_from_info(regime, built_in);
    }
    return own >= 0 || built_in >= 0;
}
