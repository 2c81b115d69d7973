/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/mistakes.h"
#include "study/study.h"
#include "study/suggest.h"

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

dredge_status study_refuse_regime(const struct study *study, const char *name, int takes_built_in)
{
    struct suggestion suggestion;
    suggest_begin(&suggestion, name);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        suggest_try(&suggestion, study->regimes[regime].name);
    }
    for (int regime = 0; takes_built_in && regime < n_regime_infos; regime++) {
        suggest_try(&suggestion, regime_infos[regime].name);
    }
    const char *best = suggest_best(&suggestion);
    char shown[MISTAKES_SHOWN_BYTES];
    (void)mistakes_show(name, shown);
    return best != NULL ? status_fail(DREDGE_USAGE, "there is no regime \"%s\", did you mean %s?", shown, best)
                        : status_fail(DREDGE_USAGE, "there is no regime \"%s\"", shown);
}
