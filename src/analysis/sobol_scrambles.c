/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/sobol_indices.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* The error of Sobol indices by replication: several designs, each scrambled anew, each with its own indices. */

/* Sums and sums of squares of all indices of one design, in the order first, total, second. */
static void add_design(const struct sobol_indices *own, const struct sobol_indices *all, double *sums)
{
    size_t k = (size_t)own->n_factors;
    for (size_t i = 0; i < 2 * k + k * k; i++) { /* one allocation */
        double d = own->first[i].value - all->first[i].value;
        sums[2 * i] += d;
        sums[2 * i + 1] += d * d;
    }
}

dredge_status sobol_indices_scrambled(int n_factors, int n_rows, int n_scrambles, const double *y, double confidence,
                                      struct sobol_indices *indices)
{
    int n_own = n_rows / n_scrambles;
    size_t width = 2 * (size_t)n_factors + 2;
    size_t n = 2 * (size_t)n_factors + (size_t)n_factors * (size_t)n_factors;
    double *sums = calloc(2 * n, sizeof *sums);
    if (sums == NULL) {
        return status_no_memory(2 * n * sizeof *sums);
    }
    dredge_status status = sobol_indices_compute(n_factors, n_rows, y, confidence, 0, 0, indices);
    for (int scramble = 0; status == DREDGE_OK && scramble < n_scrambles; scramble++) {
        struct sobol_indices own;
        const double *rows = y + (size_t)scramble * (size_t)n_own * width;
        status = sobol_indices_compute(n_factors, n_own, rows, confidence, 0, 0, &own);
        if (status == DREDGE_OK) {
            add_design(&own, indices, sums);
            sobol_indices_free(&own);
        } else {
            sobol_indices_free(indices);
        }
    }
    double q = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, n_scrambles - 1.0);
    for (size_t i = 0; status == DREDGE_OK && i < n; i++) {
        double mean = sums[2 * i] / n_scrambles;
        double squares = fmax(0, sums[2 * i + 1] - n_scrambles * mean * mean);
        double half = q * sqrt(squares / (n_scrambles - 1.0) / n_scrambles);
        indices->first[i].low = indices->first[i].value - half;
        indices->first[i].high = indices->first[i].value + half;
    }
    free(sums);
    return status;
}
