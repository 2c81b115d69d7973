/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/watch.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/ensemble.h"
#include "engine/world.h"
#include "run/at_point.h"

const char *watch_name(const struct study *study, const struct scenario *scenario, int seat,
                       char name[WATCH_NAME_BYTES])
{
    const struct roster *roster = &study->roster;
    if (roster->n_members > 0) {
        return roster->members[seat].name;
    }
    int number = 1;
    for (int earlier = 0; earlier < seat; earlier++) {
        number += scenario->plan.seat[earlier].sector == scenario->plan.seat[seat].sector;
    }
    (void)snprintf(name, WATCH_NAME_BYTES, "%s %d", sector_names[scenario->plan.seat[seat].sector], number);
    return name;
}

struct watching {
    watch_see *see;
    void *context;
    struct scenario scenario;
    int n_months;
};

/* The scenario of the point, with its one regime. */
static dredge_status make_scenario(const struct study *study, const struct watched *run, struct scenario *scenario)
{
    struct parameters parameters;
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    }
    dredge_status status = at_point(study, run->point, &parameters, regimes);
    if (status == DREDGE_OK) {
        status = at_point_scenario(study, run->point, &parameters, 1, &regimes[run->regime], scenario);
    }
    free(regimes);
    return status;
}

static dredge_status alone(struct watching *watching, int replicate)
{
    struct ensemble ensemble;
    dredge_status status = ensemble_init(&ensemble, kernel_best(), &watching->scenario);
    if (status != DREDGE_OK) {
        return status;
    }
    ensemble_start(&ensemble, (uint32_t)replicate, 1);
    for (int month = 0; month <= watching->n_months; month++) {
        watching->see(watching->context, &watching->scenario, &ensemble.blocks[0], 0, 0, month);
        if (month < watching->n_months) {
            ensemble_step(&ensemble, NULL, NULL);
        }
    }
    ensemble_free(&ensemble);
    return DREDGE_OK;
}

static dredge_status programme(struct watching *watching, int replicate)
{
    struct world world;
    int n = watching->scenario.parameters.collaborations;
    dredge_status status = world_init(&world, kernel_best(), &watching->scenario, 0, n, 1);
    if (status != DREDGE_OK) {
        return status;
    }
    world_start(&world, (uint32_t)replicate, 0);
    for (int month = 0; month <= watching->n_months; month++) {
        for (int number = 0; number < n; number++) {
            watching->see(watching->context, &watching->scenario, &world.blocks[number / LANES], number % LANES, number,
                          month);
        }
        if (month < watching->n_months) {
            world_step(&world, 0);
        }
    }
    world_free(&world);
    return DREDGE_OK;
}

dredge_status watch_run(const struct study *study, const struct watched *run, watch_see *see, void *context)
{
    struct watching watching = {.see = see, .context = context};
    dredge_status status = make_scenario(study, run, &watching.scenario);
    if (status == DREDGE_OK) {
        const struct parameters *p = &watching.scenario.parameters;
        watching.n_months = p->months + p->aftercare_months;
        status = p->collaborations > 1 ? programme(&watching, run->replicate) : alone(&watching, run->replicate);
    }
    scenario_free(&watching.scenario);
    return status;
}
