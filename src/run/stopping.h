/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STOPPING_H
#define RUN_STOPPING_H

#include <stdint.h>

#include "base/status.h"
#include "study/study.h"

/* The stopping rule: a point has enough replicates when the mean paired difference of every regime to the baseline is
 * known with the asked half width. It is looked at after `min` replicates and then each time their number has grown by
 * half, up to `max`; few looks keep the error of stopping early small (docs/design.md). */

/* One point under the rule. */
struct watched {
    int point;
    int n;          /* replicates at the present look */
    int open;       /* not decided yet */
    double *values; /* [n_regimes][max], the watched outcome, NaN where unknown, owned */
    uint8_t *known; /* [max], 1 where a replicate is finished; in the memory of values */
};

/* Starts to watch `point`; freed with watched_free (safe when zeroed). */
STATUS_CHECKED dredge_status watched_init(struct watched *watched, const struct study *study, int point);
void watched_free(struct watched *watched);

/* Moves on past every look whose replicates are all known; closes the point when it is precise or at max. */
void watched_look(struct watched *watched, const struct study *study);

/* The first range of at most `limit` unknown replicates from `*first` on, before the present look: its length, or 0. */
int watched_missing(const struct watched *watched, int limit, int *first);

/* The half width of the confidence interval of the mean paired difference between two rows of n values; pairs with NaN
 * are left out; infinite with fewer than two pairs. */
double stopping_half_width(int n, const double *a, const double *b, double confidence);

/* The number of replicates at the look after `n`. */
int stopping_next_look(const struct replication *replication, int n);

#endif
