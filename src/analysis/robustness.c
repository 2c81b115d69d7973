/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/robustness.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* The best of a row in the direction of better, NaN when a value is missing. */
static double best_of(int n_regimes, const double *row, int better)
{
    double best = row[0];
    for (int r = 0; r < n_regimes; r++) {
        if (isnan(row[r])) {
            return NAN;
        }
        if (better * row[r] > better * best) {
            best = row[r];
        }
    }
    return best;
}

static void judge_regime(int n_points, int n_regimes, const double *means, int regime, int better, double requirement,
                         double *regrets, struct robustness *out)
{
    int n = 0;
    int n_best = 0;
    int n_domain = 0;
    double worst = NAN;
    for (int p = 0; p < n_points; p++) {
        const double *row = means + (size_t)p * (size_t)n_regimes;
        double best = best_of(n_regimes, row, better);
        if (better == 0 || isnan(best)) {
            continue;
        }
        double value = row[regime];
        regrets[n++] = better * (best - value);
        n_best += fabs(best - value) <= 1e-12 * fmax(fabs(best), 1); /* sums of the same numbers may round apart */
        n_domain += better * value >= better * requirement;
        worst = isnan(worst) || better * value < better * worst ? value : worst;
    }
    *out = (struct robustness){.n_points = n,
                               .worst = worst,
                               .regret_mean = NAN,
                               .regret_90 = NAN,
                               .regret_max = NAN,
                               .best_share = NAN,
                               .domain = NAN};
    if (n > 0) {
        gsl_sort(regrets, 1, (size_t)n);
        out->regret_mean = gsl_stats_mean(regrets, 1, (size_t)n);
        out->regret_90 = gsl_stats_quantile_from_sorted_data(regrets, 1, (size_t)n, 0.9);
        out->regret_max = regrets[n - 1];
        out->best_share = (double)n_best / n;
        out->domain = (double)n_domain / n;
    }
}

dredge_status robustness_compute(int n_points, int n_regimes, const double *means, int better, double requirement,
                                 struct robustness *out)
{
    double *regrets = malloc(((size_t)n_points + 1) * sizeof *regrets);
    if (regrets == NULL) {
        return status_no_memory(((size_t)n_points + 1) * sizeof *regrets);
    }
    for (int r = 0; r < n_regimes; r++) {
        judge_regime(n_points, n_regimes, means, r, better, requirement, regrets, &out[r]);
    }
    free(regrets);
    return DREDGE_OK;
}
