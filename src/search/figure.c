/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/figure.h"

#include <math.h>
#include <stdlib.h>

static double mean_of(const struct evidence *target, int n, const double *values)
{
    double sum = 0;
    int count = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(values[k])) {
            sum += target->kind == EVIDENCE_SHARE ? values[k] >= target->level : values[k];
            count++;
        }
    }
    return count > 0 ? sum / count : NAN;
}

static double correlation_of(int n, const double *a, const double *b)
{
    double sums[5] = {0};
    int count = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(a[k]) && !isnan(b[k])) {
            const double terms[5] = {a[k], b[k], a[k] * a[k], b[k] * b[k], a[k] * b[k]};
            for (int i = 0; i < 5; i++) {
                sums[i] += terms[i];
            }
            count++;
        }
    }
    double spread = (count * sums[2] - sums[0] * sums[0]) * (count * sums[3] - sums[1] * sums[1]);
    return count > 2 && spread > 1e-18 ? (count * sums[4] - sums[0] * sums[1]) / sqrt(spread) : NAN;
}

static int compare_pairs(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The value below which a share `level` of the weight lies; each regime's weight is spread over its values. */
static double quantile_of(const struct evidence *target, int n_regimes, const double *weights, int n,
                          const double *values, double *scratch)
{
    size_t n_pairs = 0;
    double total = 0;
    for (int r = 0; r < n_regimes; r++) {
        int count = 0;
        for (int k = 0; k < n; k++) {
            count += !isnan(values[r * n + k]);
        }
        for (int k = 0; k < n; k++) {
            if (!isnan(values[r * n + k])) {
                scratch[2 * n_pairs] = values[r * n + k];
                scratch[2 * n_pairs + 1] = weights[r] / count;
                total += weights[r] / count;
                n_pairs++;
            }
        }
    }
    qsort(scratch, n_pairs, 2 * sizeof *scratch, compare_pairs);
    double below = 0;
    for (size_t i = 0; i < n_pairs; i++) {
        below += scratch[2 * i + 1];
        if (below >= target->level * total - 1e-12) {
            return scratch[2 * i];
        }
    }
    return NAN;
}

double figure_of(const struct evidence *target, int n_regimes, const double *weights, int n, const double *values,
                 const double *others, double *scratch)
{
    if (target->kind == EVIDENCE_QUANTILE) {
        return quantile_of(target, n_regimes, weights, n, values, scratch);
    }
    double sum = 0;
    double total = 0;
    for (int r = 0; r < n_regimes; r++) {
        const double *own = values + (size_t)r * (size_t)n;
        double figure = target->kind == EVIDENCE_CORRELATION ? correlation_of(n, own, others + (size_t)r * (size_t)n)
                                                             : mean_of(target, n, own);
        sum += isnan(figure) ? 0 : weights[r] * figure;
        total += isnan(figure) ? 0 : weights[r];
    }
    return total > 0 ? sum / total : NAN;
}
