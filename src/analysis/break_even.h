/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_BREAK_EVEN_H
#define ANALYSIS_BREAK_EVEN_H

/* How much the lasting result has to count, against early relief, for an option that is better on the first and worse on
 * the second: an option is worth w * lasting - (1 - w) * burden, both between 0 and 1, with w between 0 and 1. */

struct break_even {
    int exists;       /* one option is better on the lasting result, the other on the burden */
    double weight;    /* of the lasting result at which both options are worth the same */
    double low, high; /* weights at which the data do not tell them apart, at the confidence asked; NaN when unknown */
};

/* Differences of two options by independent unit, [n], NaN where a pair is missing: lasting (more is better), burden (less
 * is better). The interval holds the weights whose difference in worth a t test does not tell from 0 (Fieller 1954). */
struct break_even break_even_find(int n, const double *lasting, const double *burden, double confidence);

#endif
