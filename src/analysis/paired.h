/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PAIRED_H
#define ANALYSIS_PAIRED_H

#include <stdint.h>

#include "analysis/panel.h"

/* A regime against the baseline on one outcome: replicates share their luck, so the comparison is by pairs. */

enum verdict { VERDICT_UNCLEAR, VERDICT_BETTER, VERDICT_WORSE, VERDICT_HIGHER, VERDICT_LOWER, VERDICT_EQUAL };

struct paired {
    struct estimate difference;      /* regime minus baseline, over pairs of which both are there */
    long n_more, n_less, n_tied;     /* pairs in which the regime's value is larger, smaller, the same */
    double better_share, tied_share; /* shares of pairs; better_share is NaN when the outcome has no better side */
    int bootstrapped;                /* the units are skewed: the next two hold a BCa bootstrap interval, else NaN */
    double boot_low, boot_high;
    enum verdict verdict; /* UNCLEAR unless the interval, and the bootstrap one where there is one, exclude 0 */
};

/* better: +1 more is better, -1 less is better, 0 neither (verdict higher or lower). `scratch` is the caller's
 * [n_points * n_replicates]. */
STATUS_CHECKED dredge_status paired_compare(const struct panel *regime, const struct panel *baseline, int better,
                                            double confidence, uint64_t seed, double *scratch, struct paired *out);

#endif
