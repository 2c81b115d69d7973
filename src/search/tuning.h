/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_TUNING_H
#define SEARCH_TUNING_H

#include "search/tuner.h"

/* A search under way: what its stages and its end on fresh luck share. */

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

/* One number to sort by, larger is better: what meets the constraints, `safe` standard errors on the safe side, comes
 * before what does not (Deb 2000). */
double tuning_score(const struct trials *trials, const struct tuner_options *options, int number, double safe);

/* Fills robust[n] from the means of each world, over the candidates of a set. */
void tuning_robust(const struct trials *trials, const struct tuner_options *options, struct tuned_robust *robust);

struct scored {
    double score;
    int number;
};

/* For qsort: larger scores first, then smaller numbers. */
int tuning_compare_scored(const void *left, const void *right);

#endif
