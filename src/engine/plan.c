/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include <stdlib.h>
#include <string.h>

static void add_seats(struct plan *plan, const struct parameters *parameters, int inside)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
        const struct sector_parameters *own = &parameters->sector[sector];
        int n = inside ? own->inside : own->outside;
        for (int k = 0; k < n; k++) {
            struct seat *seat = &plan->seat[plan->n_seats];
            seat->organisation = plan->n_seats++;
            seat->n_of_organisation = 1;
            seat->sector = sector;
            seat->starts_inside = inside && (sector != SECTOR_PUBLIC || parameters->sits);
            seat->patience = (float)own->patience;
            seat->sensitivity = (float)own->sensitivity;
        }
    }
}

dredge_status plan_init(struct plan *plan, const struct parameters *parameters)
{
    memset(plan, 0, sizeof *plan);
    size_t n_seats = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        n_seats += (size_t)parameters->sector[sector].inside + (size_t)parameters->sector[sector].outside;
    }
    size_t n_ties = n_seats * (n_seats - 1) / 2;
    plan->seat = calloc(n_seats, sizeof *plan->seat);
    plan->pair = calloc(n_ties, sizeof *plan->pair);
    if (plan->seat == NULL || plan->pair == NULL) {
        plan_free(plan);
        return status_no_memory(n_seats * sizeof *plan->seat + n_ties * sizeof *plan->pair);
    }
    add_seats(plan, parameters, 1);
    add_seats(plan, parameters, 0);
    for (int j = 1; j < plan->n_seats; j++) {
        for (int i = 0; i < j; i++) {
            struct pair *pair = &plan->pair[plan->n_ties++];
            int a = plan->seat[i].sector;
            int b = plan->seat[j].sector;
            pair->i = i;
            pair->j = j;
            pair->sectors = sector_pair(a, b);
            pair->mean_insight = (float)((parameters->sector[a].insight + parameters->sector[b].insight) / 2);
        }
    }
    return DREDGE_OK;
}

void plan_name(struct plan *plan, const struct roster *roster)
{
    for (int seat = 0; seat < plan->n_seats; seat++) {
        plan->seat[seat].organisation = roster->members[seat].first_of_organisation;
        plan->seat[seat].n_of_organisation = 0;
        for (int other = 0; other < plan->n_seats; other++) {
            plan->seat[seat].n_of_organisation +=
                roster->members[other].first_of_organisation == plan->seat[seat].organisation;
        }
    }
}

void plan_free(struct plan *plan)
{
    free(plan->seat);
    free(plan->pair);
    memset(plan, 0, sizeof *plan);
}
