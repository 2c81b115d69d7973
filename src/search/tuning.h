/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_TUNING_H
#define SEARCH_TUNING_H

#include "search/tuner.h"

/* A search under way: what its stages (tuner.c) and its end on fresh luck (tuning_fresh.c) share. */

struct tuning {
    const struct study *study;
    const struct tuner_options *options;
    struct tuned *tuned;
    int *chosen; /* candidates of the rung */
    int n_chosen;
};

/* Tells the caller of the search how far it is: a share of `stage`. */
void tuning_tell(const struct tuning *tuning, const char *stage, double share);

/* How far a candidate is from meeting the constraints, `safe` standard errors on the safe side; 0 when it meets them. */
double tuning_violation(const struct trials *trials, const struct tuner_options *options, int number, double safe);

struct scored {
    double score;
    int number;
};

/* For qsort: larger scores first, then smaller numbers. */
int tuning_compare_scored(const void *left, const void *right);

/* Runs the study's own regimes, the best candidate and the front of quick relief and structural share on fresh luck. */
STATUS_CHECKED dredge_status tuning_validate(struct tuning *tuning);

/* The front with its uncertainty, and the optimism of the search, from what tuning_validate ran. */
STATUS_CHECKED dredge_status tuning_conclude(struct tuning *tuning);

#endif
