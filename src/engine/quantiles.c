/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantiles.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

/* The smallest float from `at_least` on with P(x) >= u. Floats from 0 to 1 are in the order of their bits. */
static float bisect(double u, float at_least, double a, double b)
{
    const float one = 1;
    uint32_t low;
    uint32_t high;
    memcpy(&low, &at_least, sizeof low);
    memcpy(&high, &one, sizeof high);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        float x;
        memcpy(&x, &middle, sizeof x);
        if (gsl_cdf_beta_P((double)x, a, b) < u) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    memcpy(&at_least, &low, sizeof at_least);
    return at_least;
}

/* The quantile at u. GSL's search does not converge for very narrow and very skewed distributions. */
static float quantile(double u, float at_least, double a, double b)
{
    double x = gsl_cdf_beta_Pinv(u, a, b);
    return isnan(x) ? bisect(u, at_least, a, b) : fmaxf((float)x, at_least);
}

void quantiles_make(struct quantiles *quantiles, double mean, double concentration)
{
    if (quantiles->concentration == concentration && quantiles->mean == mean && quantiles->knot[1] > 0) {
        return;
    }
    quantiles->mean = mean;
    quantiles->concentration = concentration;
    if (mean <= 0 || mean >= 1 || concentration <= 0) {
        for (int k = 0; k <= QUANTILE_STEPS + 1; k++) {
            quantiles->knot[k] = (float)mean;
        }
        return;
    }
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    quantiles->knot[0] = 0;
    for (int k = 1; k < QUANTILE_STEPS; k++) {
        double u = (double)k / QUANTILE_STEPS;
        quantiles->knot[k] = quantile(u, quantiles->knot[k - 1], mean * concentration, (1 - mean) * concentration);
    }
    quantiles->knot[QUANTILE_STEPS] = 1;
    quantiles->knot[QUANTILE_STEPS + 1] = 1;
    gsl_set_error_handler(handler);
}
