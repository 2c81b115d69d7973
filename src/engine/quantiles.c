/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantiles.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

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
        quantiles->knot[k] = (float)gsl_cdf_beta_Pinv(u, mean * concentration, (1 - mean) * concentration);
    }
    quantiles->knot[QUANTILE_STEPS] = 1;
    quantiles->knot[QUANTILE_STEPS + 1] = 1;
    gsl_set_error_handler(handler);
}
