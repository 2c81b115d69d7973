/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/parts.h"

/* Names of regimes, built-in ones and those that stand above. */

int regime_named(struct reader *reader, const struct yaml_node *node, const char *path, const char *name,
                 struct regime *found)
{
    const struct study *study = reader->study;
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, name);
    for (int index = 0; index < n_regime_infos; index++) {
        if (strcmp(regime_infos[index].name, name) == 0) {
            regime_from_info(found, index);
            return 1;
        }
        suggest_try(&suggestion, regime_infos[index].name);
    }
    for (int index = 0; index < study->n_regimes - 1; index++) { /* the last one is being read */
        if (strcmp(study->regimes[index].name, name) == 0) {
            *found = study->regimes[index];
            return 1;
        }
        suggest_try(&suggestion, study->regimes[index].name);
    }
    const char *best = suggest_best(&suggestion);
    if (best != NULL) {
        reader_mistake(reader, node, path, "no regime is called so, did you mean %s?", best);
    } else {
        reader_mistake(reader, node, path,
                       "no regime is called so: name a built-in one (`dredge show regimes`) or one that stands above");
    }
    return 0;
}

int steering_named(struct reader *reader, const struct yaml_node *node, const char *path, const char *name,
                   struct steering *steering)
{
    struct regime found;
    if (!regime_named(reader, node, path, name, &found)) {
        return 0;
    }
    if (found.n_phases > 1) {
        reader_mistake(reader, node, path, "%s has phases itself: name a regime without", name);
        return 0;
    }
    *steering = found.phase[0].steering;
    return 1;
}
