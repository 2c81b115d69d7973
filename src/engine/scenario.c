/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/scenario.h"

#include <stdlib.h>
#include <string.h>

static const double START_CONCENTRATION = 20; /* of trust and momentum at the start (docs/model.md 5) */

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
    int both = parameters->funds && parameters->convenes;
    scenario->role = both ? 1.0F - scenario->rates.dual_role : 1.0F;
    return plan_init(&scenario->plan, parameters);
}

void scenario_tables(struct scenario *scenario)
{
    const struct parameters *p = &scenario->parameters;
    quantiles_make(&scenario->trust, p->trust_start, START_CONCENTRATION);
    quantiles_make(&scenario->momentum, p->rest, START_CONCENTRATION);
    quantiles_make(&scenario->skill, p->skill, p->skill_concentration);
}

void scenario_free(struct scenario *scenario)
{
    plan_free(&scenario->plan);
    free(scenario->regimes);
    memset(scenario, 0, sizeof *scenario);
}
