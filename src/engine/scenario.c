/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/scenario.h"

#include <stdlib.h>
#include <string.h>

dredge_status scenario_make(struct scenario *scenario, uint64_t seed, const struct parameters *parameters,
                            int n_regimes, const struct regime *regimes)
{
    plan_free(&scenario->plan);
    free(scenario->regimes);
    scenario->seed = seed;
    scenario->by_sector = 0;
    scenario->parameters = *parameters;
    parameters_complete(&scenario->parameters);
    scenario->rates = rates_from(parameters);
    scenario->n_regimes = n_regimes;
    scenario->regimes = calloc((size_t)n_regimes, sizeof *scenario->regimes);
    if (scenario->regimes == NULL) {
        return status_no_memory((size_t)n_regimes * sizeof *scenario->regimes);
    }
    memcpy(scenario->regimes, regimes, (size_t)n_regimes * sizeof *scenario->regimes);
    scenario->roles = roles_of(&scenario->rates);
    return plan_init(&scenario->plan, parameters);
}

void scenario_tables(struct scenario *scenario)
{
    const struct parameters *p = &scenario->parameters;
    quantiles_make(&scenario->trust, p->trust_start, p->trust_concentration);
    quantiles_make(&scenario->momentum, p->rest, p->momentum_concentration);
    quantiles_make(&scenario->commitment, p->rest, p->rest_concentration);
    quantiles_make(&scenario->skill, p->skill, p->skill_concentration);
}

void scenario_free(struct scenario *scenario)
{
    plan_free(&scenario->plan);
    free(scenario->regimes);
    memset(scenario, 0, sizeof *scenario);
}
