/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_STOPPING_H
#define RESULT_STOPPING_H

#include <stdint.h>

#include "base/confidence.h"
#include "base/status.h"
#include "study/study.h"

/* The stopping rule: a point has enough replicates when the mean paired difference of every regime to the baseline (of a
 * study with one regime: its mean) is known with the asked half width, at two looks in a row. It is looked at after `min`
 * replicates, or as many as its kind of outcome needs for an interval to tell anything, and then each time their number
 * has grown by half, up to `max`; few looks and a second opinion keep the error of stopping early small (docs/design.md).
 */

/* The fewest replicates at the first look: of shares, and of numbers that have no upper bound and may have a long tail. */
enum { STOPPING_LEAST_SHARE = 20, STOPPING_LEAST_NUMBER = 50 };

/* Looks in a row that must find a point precise. */
enum { STOPPING_LOOKS = 2 };

/* One point under the rule. */
struct watched {
    int point;
    int n;           /* replicates at the present look */
    int open;        /* not decided yet */
    int n_precise;   /* looks in a row that found it precise */
    double *values;  /* [n_regimes][max], the watched outcome, NaN where unknown, owned */
    double *scratch; /* [max], in the memory of values */
    uint8_t *known;  /* [max], 1 where a replicate is finished; in the memory of values */
};

/* Starts to watch `point`; freed with watched_free (safe when zeroed). */
STATUS_CHECKED dredge_status watched_init(struct watched *watched, const struct study *study, int point);
void watched_free(struct watched *watched);

/* Moves on past every look whose replicates are all known; closes the point when it was precise twice or at max. */
void watched_look(struct watched *watched, const struct study *study);

/* The first range of at most `limit` unknown replicates from `*first` on, before the present look: its length, or 0. */
int watched_missing(const struct watched *watched, int limit, int *first);

/* The half width of the confidence interval (base/confidence.h) of the mean paired difference between two rows of n values
 * of an outcome with these bounds (outcome_reach); b NULL: of the mean of a. Pairs with NaN are left out; infinite with
 * fewer than two pairs. `scratch` is the caller's [n]. */
double stopping_half_width(const struct reach *bounds, int n, const double *a, const double *b, double confidence,
                           double *scratch);

/* The number of replicates at the first look, and at the look after `n`. */
int stopping_first_look(const struct replication *replication);
int stopping_next_look(const struct replication *replication, int n);

#endif
