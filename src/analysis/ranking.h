/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_RANKING_H
#define ANALYSIS_RANKING_H

#include "analysis/paired.h"

/* Regimes in order of one outcome, and which places each may have: a regime's place is between 1 + the number of regimes
 * clearly better and R - the number clearly worse, when all pairs of regimes are looked at together (confidence sets for
 * ranks of Mogstad, Romano, Shaikh & Wilhelm 2024, doi:10.1093/restud/rdad006, with the pairs tested by Holm's method). */

struct ranking {
    int n_regimes;
    int n_placed; /* regimes with a value: the first of the order */
    int *order;   /* [n_regimes] regimes, best mean first, those without a value last; owned (with the next two) */
    int *first;   /* [n_regimes] by regime: best place that it may have, from 1 */
    int *last;    /* [n_regimes] worst place */
    struct paired *pairs; /* [n_regimes][n_regimes]: row against column, row > column filled; owned */
};

/* values[n_points][n_regimes][n_replicates]; `reach` holds the bounds of the outcome. An outcome without a better side has
 * no ranking (DREDGE_USAGE). Freed with ranking_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status ranking_compute(int n_points, int n_regimes, int n_replicates, const double *values,
                                             struct reach reach, const struct question *question, double confidence,
                                             struct ranking *ranking);
void ranking_free(struct ranking *ranking);

/* +1: regime `a` is clearly better than `b`, -1: clearly worse, 0: they cannot be told apart. */
int ranking_clear(const struct ranking *ranking, int a, int b);

/* The comparison of `a` against `b`, which differ. */
struct paired ranking_between(const struct ranking *ranking, int a, int b);

#endif
