/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tables of the start; those of later successors follow. */
enum { TABLE_TRUST, TABLE_MOMENTUM, TABLE_COMMITMENT, TABLE_LATENT, TABLE_SKILL, N_START_TABLES };

/* Forgets what is made for each scenario anew; keeps the tables. */
static void clear(struct scenario *scenario)
{
    for (int era = 0; era < scenario->n_eras; era++) {
        if (scenario->eras[era].own_plan) {
            plan_free(&scenario->eras[era].scenario.plan);
        }
    }
    free(scenario->eras);
    free(scenario->acts);
    free(scenario->regimes);
    plan_free(&scenario->plan);
    scenario->eras = NULL;
    scenario->acts = NULL;
    scenario->regimes = NULL;
    scenario->n_eras = scenario->n_acts = 0;
    scenario->roster = NULL;
}

static void place_tables(struct scenario *scenario)
{
    scenario->trust = &scenario->tables[TABLE_TRUST];
    scenario->momentum = &scenario->tables[TABLE_MOMENTUM];
    scenario->commitment = &scenario->tables[TABLE_COMMITMENT];
    scenario->latent = &scenario->tables[TABLE_LATENT];
    scenario->skill = &scenario->tables[TABLE_SKILL];
}

/* Room for `n` tables; those that there are keep their content. */
static dredge_status fit_tables(struct scenario *scenario, int n)
{
    if (n > scenario->n_tables) {
        struct quantiles *tables = realloc(scenario->tables, (size_t)n * sizeof *tables);
        if (tables == NULL) {
            return status_no_memory((size_t)n * sizeof *tables);
        }
        memset(tables + scenario->n_tables, 0, (size_t)(n - scenario->n_tables) * sizeof *tables);
        scenario->tables = tables;
        scenario->n_tables = n;
    }
    place_tables(scenario);
    return DREDGE_OK;
}

dredge_status scenario_make(struct scenario *scenario, uint64_t seed, const struct parameters *parameters,
                            int n_regimes, const struct regime *regimes)
{
    clear(scenario);
    scenario->seed = seed;
    scenario->by_sector = 0;
    scenario->parameters = *parameters;
    parameters_complete(&scenario->parameters);
    scenario->rates = rates_from(parameters);
    scenario->roles = roles_of(&scenario->rates);
    scenario->n_regimes = n_regimes;
    scenario->regimes = calloc((size_t)n_regimes, sizeof *scenario->regimes);
    if (scenario->regimes == NULL) {
        return status_no_memory((size_t)n_regimes * sizeof *scenario->regimes);
    }
    memcpy(scenario->regimes, regimes, (size_t)n_regimes * sizeof *scenario->regimes);
    dredge_status status = fit_tables(scenario, N_START_TABLES);
    return status == DREDGE_OK ? plan_init(&scenario->plan, parameters) : status;
}

void scenario_seat(struct scenario *scenario, const struct roster *roster)
{
    if (roster->n_members > 0) {
        scenario->roster = roster;
        plan_name(&scenario->plan, roster);
    }
}

/* ---- what happens ---- */

static int compare_acts(const void *a, const void *b)
{
    const struct act *first = a, *second = b;
    return first->month != second->month ? (first->month > second->month) - (first->month < second->month)
                                         : (first->order > second->order) - (first->order < second->order);
}

static int is_of_sectors(int parameter)
{
    return strncmp(parameter_infos[parameter].key, "sectors.", strlen("sectors.")) == 0;
}

/* The era that begins with acts first .. end - 1, all of one month, after what holds before it. */
static dredge_status make_era(const struct scenario *scenario, const struct scenario *before, int first, int end,
                              struct era *era)
{
    int is_of_plan = 0;
    era->from = scenario->acts[first].month - 1;
    era->scenario = *before;
    struct scenario *own = &era->scenario;
    for (int k = first; k < end; k++) {
        const struct act *act = &scenario->acts[k];
        if (act->kind == ACT_SET) {
            parameter_set(&own->parameters, act->what, act->value);
            is_of_plan |= is_of_sectors(act->what);
        }
    }
    own->rates = rates_from(&own->parameters);
    own->roles = roles_of(&own->rates);
    if (is_of_plan) {
        era->own_plan = 1;
        dredge_status status = plan_init(&own->plan, &own->parameters);
        if (status == DREDGE_OK && own->roster != NULL) {
            plan_name(&own->plan, own->roster);
        }
        return status;
    }
    return DREDGE_OK;
}

/* One past the last act of the month of act `first`; `*sets` tells whether one of them sets a parameter. */
static int month_end(const struct scenario *scenario, int first, int *sets)
{
    int end = first;
    *sets = 0;
    for (; end < scenario->n_acts && scenario->acts[end].month == scenario->acts[first].month; end++) {
        *sets |= scenario->acts[end].kind == ACT_SET;
    }
    return end;
}

static int is_same(double a, double b)
{
    return a <= b && a >= b;
}

static int same_skill(const struct scenario *a, const struct scenario *b)
{
    return is_same(a->parameters.skill, b->parameters.skill) &&
           is_same(a->parameters.skill_concentration, b->parameters.skill_concentration);
}

/* Eras with another skill of successors have tables of their own, behind those of the start. */
static dredge_status place_skills(struct scenario *scenario)
{
    int n = N_START_TABLES;
    const struct scenario *before = scenario;
    for (int era = 0; era < scenario->n_eras; era++) {
        n += !same_skill(before, &scenario->eras[era].scenario);
        before = &scenario->eras[era].scenario;
    }
    dredge_status status = fit_tables(scenario, n);
    before = scenario;
    n = N_START_TABLES;
    for (int era = 0; status == DREDGE_OK && era < scenario->n_eras; era++) {
        struct scenario *own = &scenario->eras[era].scenario;
        own->skill = same_skill(before, own) ? before->skill : &scenario->tables[n++];
        before = own;
    }
    return status;
}

static dredge_status make_eras(struct scenario *scenario)
{
    int n_eras = 0, sets;
    for (int first = 0; first < scenario->n_acts; n_eras += sets) {
        first = month_end(scenario, first, &sets);
    }
    scenario->eras = calloc((size_t)n_eras + 1, sizeof *scenario->eras); /* also where there is none */
    if (scenario->eras == NULL) {
        return status_no_memory((size_t)n_eras * sizeof *scenario->eras);
    }
    const struct scenario *before = scenario;
    dredge_status status = DREDGE_OK;
    for (int first = 0; first < scenario->n_acts && status == DREDGE_OK;) {
        int end = month_end(scenario, first, &sets);
        if (sets) {
            struct era *era = &scenario->eras[scenario->n_eras++];
            status = make_era(scenario, before, first, end, era);
            before = &era->scenario;
        }
        first = end;
    }
    return status;
}

dredge_status scenario_let_happen(struct scenario *scenario, int n_acts, const struct act *acts)
{
    if (n_acts == 0) {
        return DREDGE_OK;
    }
    scenario->acts = malloc((size_t)n_acts * sizeof *scenario->acts);
    if (scenario->acts == NULL) {
        return status_no_memory((size_t)n_acts * sizeof *scenario->acts);
    }
    memcpy(scenario->acts, acts, (size_t)n_acts * sizeof *scenario->acts);
    scenario->n_acts = n_acts;
    qsort(scenario->acts, (size_t)n_acts, sizeof *scenario->acts, compare_acts);
    dredge_status status = make_eras(scenario);
    return status == DREDGE_OK ? place_skills(scenario) : status;
}

const struct scenario *scenario_in(const struct scenario *scenario, int month)
{
    int low = 0, high = scenario->n_eras; /* eras before `low` have begun, those from `high` on have not */
    while (low < high) {
        int middle = (low + high) / 2;
        if (scenario->eras[middle].from <= month) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? scenario : &scenario->eras[low - 1].scenario;
}

/* The first act of a month (from 0) or later. */
static int first_act(const struct scenario *scenario, int month)
{
    int low = 0, high = scenario->n_acts;
    while (low < high) {
        int middle = (low + high) / 2;
        if (scenario->acts[middle].month <= month) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int scenario_acts(const struct scenario *scenario, int month, const struct act **acts)
{
    int first = first_act(scenario, month);
    *acts = scenario->acts + first;
    return first_act(scenario, month + 1) - first;
}

/* ---- tables ---- */

void scenario_tables(struct scenario *scenario)
{
    const struct parameters *p = &scenario->parameters;
    const struct roster *roster = scenario->roster;
    int is_asked = roster != NULL && roster->trust != NULL;
    quantiles_make(&scenario->tables[TABLE_TRUST], is_asked ? roster->trust_mean : p->trust_start,
                   is_asked && !isnan(roster->trust_concentration) ? roster->trust_concentration
                                                                   : p->trust_concentration);
    if (roster != NULL && roster->latent != NULL) {
        int is_fitted = !isnan(roster->latent_concentration);
        quantiles_make(&scenario->tables[TABLE_LATENT], roster->latent_mean,
                       is_fitted ? roster->latent_concentration : p->trust_concentration);
    }
    quantiles_make(&scenario->tables[TABLE_MOMENTUM], p->rest, p->momentum_concentration);
    quantiles_make(&scenario->tables[TABLE_COMMITMENT], p->rest, p->rest_concentration);
    quantiles_make(&scenario->tables[TABLE_SKILL], p->skill, p->skill_concentration);
    for (int era = 0; era < scenario->n_eras; era++) {
        const struct scenario *own = &scenario->eras[era].scenario;
        quantiles_make(&scenario->tables[own->skill - scenario->tables], own->parameters.skill,
                       own->parameters.skill_concentration);
    }
}

void scenario_free(struct scenario *scenario)
{
    clear(scenario);
    free(scenario->tables);
    memset(scenario, 0, sizeof *scenario);
}
