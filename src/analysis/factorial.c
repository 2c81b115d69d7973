/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/factorial.h"

#include <math.h>
#include <stdlib.h>

/* The combination of a point: bit f set where factor f is at the higher of its two levels. 0 when a value is neither. */
static int code_of(int n_factors, const double *low, const double *high, const double *point, unsigned *code)
{
    *code = 0;
    for (int f = 0; f < n_factors; f++) {
        if (point[f] != low[f] && point[f] != high[f]) {
            return 0;
        }
        *code |= (unsigned)(point[f] == high[f]) << f;
    }
    return 1;
}

static void find_levels(int n_points, int n_factors, const double *x, double *low, double *high)
{
    for (int f = 0; f < n_factors; f++) {
        low[f] = INFINITY;
        high[f] = -INFINITY;
        for (int p = 0; p < n_points; p++) {
            double value = x[(size_t)p * (size_t)n_factors + (size_t)f];
            low[f] = fmin(low[f], value);
            high[f] = fmax(high[f], value);
        }
    }
}

int factorial_fits(int n_points, int n_factors, const double *x)
{
    double low[FACTORIAL_MAX_FACTORS];
    double high[FACTORIAL_MAX_FACTORS];
    unsigned char seen[1 << FACTORIAL_MAX_FACTORS] = {0};
    if (n_factors < 1 || n_factors > FACTORIAL_MAX_FACTORS || n_points != 1 << n_factors) {
        return 0;
    }
    find_levels(n_points, n_factors, x, low, high);
    for (int p = 0; p < n_points; p++) {
        unsigned code = 0;
        if (!code_of(n_factors, low, high, x + (size_t)p * (size_t)n_factors, &code) || seen[code]) {
            return 0;
        }
        seen[code] = 1;
    }
    return 1;
}

/* +1 or -1: the product of the signs of the factors that take part. */
static int sign_of(unsigned factors, unsigned code)
{
    int sign = 1;
    for (unsigned bit = 1; bit <= factors; bit <<= 1) {
        if ((factors & bit) && !(code & bit)) {
            sign = -sign;
        }
    }
    return sign;
}

dredge_status factorial_compute(int n_factors, const double *x, const struct panel *panel, double confidence,
                                struct factorial_effect *effects)
{
    double low[FACTORIAL_MAX_FACTORS];
    double high[FACTORIAL_MAX_FACTORS];
    int n_points = 1 << n_factors;
    double *contrast = malloc(((size_t)panel->n_replicates + 1) * sizeof *contrast);
    if (contrast == NULL) {
        return status_no_memory(((size_t)panel->n_replicates + 1) * sizeof *contrast);
    }
    find_levels(n_points, n_factors, x, low, high);
    dredge_status status = DREDGE_OK;
    for (unsigned factors = 1; status == DREDGE_OK && factors < 1U << n_factors; factors++) {
        for (int k = 0; k < panel->n_replicates; k++) {
            contrast[k] = 0;
            for (int p = 0; p < n_points; p++) {
                unsigned code = 0;
                (void)code_of(n_factors, low, high, x + (size_t)p * (size_t)n_factors, &code);
                contrast[k] +=
                    sign_of(factors, code) * panel->values[(size_t)p * panel->stride + (size_t)k] / (0.5 * n_points);
            }
        }
        struct panel contrasts = {.n_points = 1,
                                  .n_replicates = panel->n_replicates,
                                  .stride = (size_t)panel->n_replicates,
                                  .values = contrast};
        effects[factors - 1].factors = factors;
        status = panel_estimate(&contrasts, confidence, &effects[factors - 1].estimate);
    }
    free(contrast);
    return status;
}
