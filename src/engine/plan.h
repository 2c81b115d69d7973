/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_PLAN_H
#define ENGINE_PLAN_H

#include "base/status.h"
#include "model/parameters.h"
#include "model/roster.h"

/* The seating plan of a collaboration: seats, and the ties between them. Seats are the inside seats by sector, then
 * the outside seats by sector; tie (i, j) with i < j has the number j (j - 1) / 2 + i. */

struct seat {
    int sector;
    int starts_inside;
    float patience, sensitivity;
    int organisation;      /* the first seat of its organisation at this table */
    int n_of_organisation; /* seats that it has there */
};

struct pair {
    int i, j;           /* seats, i < j */
    int sectors;        /* pair of sectors, 0 .. N_SECTOR_PAIRS - 1 */
    float mean_insight; /* of both sectors */
};

struct plan {
    int n_seats, n_ties;
    struct seat *seat; /* [n_seats], owned */
    struct pair *pair; /* [n_ties], owned */
};

/* Fills `plan` from the seats and sector profiles; the caller frees it with plan_free (safe when zeroed). */
STATUS_CHECKED dredge_status plan_init(struct plan *plan, const struct parameters *parameters);
/* The organisations of named members. */
void plan_name(struct plan *plan, const struct roster *roster);
void plan_free(struct plan *plan);

/* The number of the tie between two different seats. */
static inline int plan_tie(int a, int b)
{
    int i = a < b ? a : b;
    int j = a < b ? b : a;
    return j * (j - 1) / 2 + i;
}

#endif
