/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PAIRED_H
#define ANALYSIS_PAIRED_H

#include "analysis/panel.h"

/* A regime against the baseline on one outcome: replicates share their luck, so the comparison is by pairs. */

enum verdict {
    VERDICT_UNCLEAR,
    VERDICT_BETTER,
    VERDICT_WORSE,
    VERDICT_HIGHER,
    VERDICT_LOWER,
    VERDICT_SMALL, /* surely smaller than what matters */
    VERDICT_EQUAL  /* the same in every pair, and the pairs are not few */
};

/* Fewer independent units than PAIRED_TELLING tell nothing for certain, whatever their spread; equal values in fewer than
 * PAIRED_ENOUGH are no equality. */
enum { PAIRED_TELLING = 3, PAIRED_ENOUGH = 20 };

/* What is asked of an outcome. */
struct question {
    int better;     /* +1 more is better, -1 less is better, 0 neither (verdict higher or lower) */
    double matters; /* the smallest difference that matters, > 0; 0: any */
};

struct paired {
    struct estimate difference;      /* regime minus baseline, over pairs of which both are there */
    double regime, baseline;         /* means over the same pairs, so that they differ by the difference */
    long n_more, n_less, n_tied;     /* pairs in which the regime's value is larger, smaller, the same */
    long n_without_regime;           /* runs of the baseline that have a value where the regime has none */
    long n_without_baseline;         /* and the other way round */
    double better_share, tied_share; /* shares of pairs; better_share is NaN when the outcome has no better side */
    double matters;                  /* as asked */
    enum verdict verdict;            /* of this outcome alone */
    int holds;                       /* is the verdict's difference clear among all outcomes too? (Holm 1979) */
};

/* The panels' reach holds the bounds of the outcome (or zero). `scratch` is the caller's [n_points * n_replicates]; the
 * differences stay in it. `holds` is left 0: paired_holm knows. */
STATUS_CHECKED dredge_status paired_compare(const struct panel *regime, const struct panel *baseline,
                                            const struct question *question, double confidence, double *scratch,
                                            struct paired *out);

/* The panel of differences that paired_compare looks at, over its `scratch`. */
struct panel paired_difference(const struct panel *regime, const struct panel *baseline, const double *scratch);

/* Marks which of n comparisons hold when all are looked at together, at the error rate 1 - confidence (Holm 1979,
 * Scand. J. Stat. 6). Those without p value do not. */
void paired_holm(int n, struct paired *const *paired, double confidence);

/* The same comparison the other way round: the baseline against the regime. */
struct paired paired_turned(const struct paired *paired);

/* The verdict to put in a sentence beside others: what does not hold is unclear. */
enum verdict paired_verdict(const struct paired *paired);

#endif
