/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_QUANTILES_H
#define ENGINE_QUANTILES_H

/* The quantile function of a Beta distribution as a table of QUANTILE_STEPS steps of equal probability, linear in
 * between: a draw is one uniform number, so that it is the same luck whatever the distribution's parameters are. */

enum { QUANTILE_STEPS = 1024 };

struct quantiles {
    double mean, concentration;     /* what the table was made for */
    float knot[QUANTILE_STEPS + 2]; /* knot[k] = Q(k / QUANTILE_STEPS); one more, so that rounding up stays inside */
};

/* Makes the table for Beta(mean * concentration, (1 - mean) * concentration); the constant `mean` when it is 0 or 1 or
 * the concentration is 0. Does nothing when the table is made for these already. */
void quantiles_make(struct quantiles *quantiles, double mean, double concentration);

static inline float quantiles_at(const struct quantiles *quantiles, float u)
{
    float place = u * (float)QUANTILE_STEPS;
    int step = (int)place;
    float low = quantiles->knot[step];
    return low + (place - (float)step) * (quantiles->knot[step + 1] - low);
}

#endif
