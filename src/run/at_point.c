/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/at_point.h"

#include <stdlib.h>

dredge_status at_point(const struct study *study, int point, struct parameters *parameters, struct regime *regimes)
{
    char sentence[256];
    return study_point(study, point, parameters, regimes, sizeof sentence, sentence) == DREDGE_OK
               ? DREDGE_OK
               : status_fail(DREDGE_STUDY, "design point %d: %s", point, sentence);
}

dredge_status at_point_scenario(const struct study *study, int point, const struct parameters *parameters,
                                int n_regimes, const struct regime *regimes, struct scenario *scenario)
{
    struct act *acts = malloc(((size_t)study->n_acts + 1) * sizeof *acts);
    if (acts == NULL) {
        return status_no_memory((size_t)study->n_acts * sizeof *acts);
    }
    dredge_status status = scenario_make(scenario, study->seed, parameters, n_regimes, regimes);
    if (status == DREDGE_OK) {
        scenario_seat(scenario, &study->roster);
        study_acts(study, point, acts);
        status = scenario_let_happen(scenario, study->n_acts, acts);
    }
    if (status == DREDGE_OK) {
        scenario_tables(scenario);
    }
    free(acts);
    return status;
}
