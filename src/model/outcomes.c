/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/outcomes.h"

#include <string.h>

const struct outcome_info outcome_infos[N_OUTCOMES] = {
#define OUTCOME(name, unit, better, long_name, description) {#name, unit, better, long_name, description},
#include "model/outcomes.def"
#undef OUTCOME
};

const struct series_info series_infos[N_SERIES] = {
#define SERIES(name, unit, top, long_name, description) {#name, unit, top, long_name, description},
#include "model/outcomes.def"
#undef SERIES
};

int outcome_find(const char *name)
{
    for (int index = 0; index < N_OUTCOMES; index++) {
        if (strcmp(outcome_infos[index].name, name) == 0) {
            return index;
        }
    }
    return -1;
}

int series_find(const char *name)
{
    for (int index = 0; index < N_SERIES; index++) {
        if (strcmp(series_infos[index].name, name) == 0) {
            return index;
        }
    }
    return -1;
}
