/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/sobol_indices.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/bootstrap.h"

/* Every index is a ratio of sums over base rows, so each base row is reduced to its terms once and a resample only adds
 * terms. The terms of a row: sum and sum of squares of A and B; per factor the first-order and the total term; per pair
 * the closed second-order term. */
enum { TERM_SUM, TERM_SQUARES, N_FIXED_TERMS };

struct layout {
    int k, n_terms;
};

static struct layout layout_of(int n_factors)
{
    return (struct layout){n_factors, N_FIXED_TERMS + 2 * n_factors + n_factors * (n_factors - 1) / 2};
}

static int layout_first(int factor)
{
    return N_FIXED_TERMS + factor;
}

static int layout_total(struct layout layout, int factor)
{
    return N_FIXED_TERMS + layout.k + factor;
}

static int layout_pair(struct layout layout, int i, int j)
{
    return N_FIXED_TERMS + 2 * layout.k + j * (j - 1) / 2 + i; /* i < j */
}

/* The terms of one base row of y (already centred). AB_i is A with column i of B; BA_i the other way round, so that
 * (B, AB_i) and (A, BA_i) share factor i only, (A, AB_i) and (B, BA_i) all but factor i, and (BA_i, AB_j) and
 * (BA_j, AB_i) share i and j only. */
static void sobol_terms(struct layout layout, const double *y, double *terms)
{
    int k = layout.k;
    double a = y[0];
    double b = y[1];
    const double *ab = y + 2;
    const double *ba = y + 2 + k;
    terms[TERM_SUM] = (a + b) / 2;
    terms[TERM_SQUARES] = (a * a + b * b) / 2;
    for (int i = 0; i < k; i++) {
        terms[layout_first(i)] = (b * (ab[i] - a) + a * (ba[i] - b)) / 2;
        terms[layout_total(layout, i)] = ((a - ab[i]) * (a - ab[i]) + (b - ba[i]) * (b - ba[i])) / 4;
        for (int j = i + 1; j < k; j++) {
            terms[layout_pair(layout, i, j)] = (ba[i] * ab[j] + ba[j] * ab[i]) / 2 - a * b;
        }
    }
}

/* Indices from sums of terms over n rows, in the layout first [k], total [k], second [pairs]. */
static void sobol_ratios(struct layout layout, double n, const double *sums, double *variance, double *ratios)
{
    int k = layout.k;
    double mean = sums[TERM_SUM] / n;
    *variance = sums[TERM_SQUARES] / n - mean * mean;
    double scale = *variance > 0 ? 1 / (n * *variance) : 0; /* nothing varies: all indices are 0 */
    for (int i = 0; i < layout.n_terms - N_FIXED_TERMS; i++) {
        ratios[i] = sums[N_FIXED_TERMS + i] * scale;
    }
    for (int j = 1; j < k; j++) {
        for (int i = 0; i < j; i++) {
            ratios[layout_pair(layout, i, j) - N_FIXED_TERMS] -= ratios[i] + ratios[j];
        }
    }
}

/* Sums of terms by resample: sums[n_resamples][n_terms] = counts[n_resamples][n_rows] * terms[n_rows][n_terms]. */
static void sobol_resample(struct layout layout, int n_rows, int n_resamples, const uint16_t *counts,
                           const double *terms, double *sums)
{
    for (int b = 0; b < n_resamples; b++) {
        double *sum = sums + (size_t)b * (size_t)layout.n_terms;
        for (int t = 0; t < layout.n_terms; t++) {
            sum[t] = 0;
        }
        for (int row = 0; row < n_rows; row++) {
            double weight = counts[(size_t)b * (size_t)n_rows + (size_t)row];
            const double *term = terms + (size_t)row * (size_t)layout.n_terms;
            for (int t = 0; weight > 0 && t < layout.n_terms; t++) {
                sum[t] += weight * term[t];
            }
        }
    }
}

/* The interval of ratio `index` from the resamples' ratios [n_resamples][n_terms]; `column` is scratch. */
static struct interval sobol_interval(struct layout layout, int index, double value, int n_resamples,
                                      const double *ratios, double confidence, double *column)
{
    for (int b = 0; b < n_resamples; b++) {
        column[b] = ratios[(size_t)b * (size_t)layout.n_terms + (size_t)index];
    }
    size_t n = (size_t)n_resamples;
    if (n == 0) {
        return (struct interval){value, NAN, NAN};
    }
    gsl_sort(column, 1, n);
    return (struct interval){value, gsl_stats_quantile_from_sorted_data(column, 1, n, 0.5 - confidence / 2),
                             gsl_stats_quantile_from_sorted_data(column, 1, n, 0.5 + confidence / 2)};
}

/* Keeps complete rows, takes off the mean, and reduces each row to its terms. Returns the number of rows. */
static int sobol_reduce(struct layout layout, int n_rows, const double *y, double *row, double *terms)
{
    int width = 2 * layout.k + 2;
    int n = 0;
    double mean = 0;
    for (int pass = 0; pass < 2; pass++) {
        int kept = 0;
        double sum = 0;
        for (int r = 0; r < n_rows; r++) {
            const double *values = y + (size_t)r * (size_t)width;
            double total = 0;
            for (int i = 0; i < width; i++) {
                row[i] = values[i] - mean;
                total += values[i];
            }
            if (isnan(total)) {
                continue;
            }
            if (pass == 1) {
                sobol_terms(layout, row, terms + (size_t)kept * (size_t)layout.n_terms);
            }
            sum += total;
            kept++;
        }
        n = kept;
        mean = kept > 0 ? sum / kept / width : 0;
    }
    return n;
}

static void sobol_fill(struct layout layout, const double *values, int n_resamples, const double *resampled,
                       double confidence, double *column, struct sobol_indices *out)
{
    int k = layout.k;
    for (int i = 0; i < k; i++) {
        out->first[i] = sobol_interval(layout, i, values[i], n_resamples, resampled, confidence, column);
        out->total[i] = sobol_interval(layout, k + i, values[k + i], n_resamples, resampled, confidence, column);
        for (int j = i + 1; j < k; j++) {
            int at = layout_pair(layout, i, j) - N_FIXED_TERMS;
            out->second[(size_t)i * (size_t)k + (size_t)j] =
                sobol_interval(layout, at, values[at], n_resamples, resampled, confidence, column);
        }
    }
}

dredge_status sobol_indices_compute(int n_factors, int n_rows, const double *y, double confidence, int n_resamples,
                                    uint64_t seed, struct sobol_indices *indices)
{
    struct layout layout = layout_of(n_factors);
    size_t n_terms = (size_t)layout.n_terms;
    size_t k = (size_t)n_factors;
    *indices = (struct sobol_indices){.n_factors = n_factors};
    double *terms = calloc(((size_t)n_rows + 1) * n_terms, sizeof *terms);
    double *sums = calloc(((size_t)n_resamples + 2) * n_terms, sizeof *sums);
    double *column = calloc((size_t)n_resamples + 2 * k + 2, sizeof *column);
    uint16_t *counts = malloc(((size_t)n_resamples * (size_t)n_rows + 1) * sizeof *counts);
    indices->first = calloc(2 * k + k * k, sizeof *indices->first);
    dredge_status status = DREDGE_OK;
    if (terms == NULL || sums == NULL || column == NULL || counts == NULL || indices->first == NULL) {
        status = status_no_memory(((size_t)n_rows + 1) * n_terms * sizeof *terms);
        goto out;
    }
    indices->total = indices->first + k;
    indices->second = indices->total + k;
    int n = sobol_reduce(layout, n_rows, y, column, terms);
    indices->n_rows = n;
    if (n < 2) {
        status =
            status_fail(DREDGE_FILE, "too few complete rows of the saltelli design for indices: %d of %d", n, n_rows);
        goto out;
    }
    double *whole = sums + (size_t)n_resamples * n_terms; /* sums over all rows, then their ratios */
    for (int row = 0; row < n; row++) {
        for (size_t t = 0; t < n_terms; t++) {
            whole[t] += terms[(size_t)row * n_terms + t];
        }
    }
    sobol_ratios(layout, n, whole, &indices->variance, whole + n_terms);
    status = bootstrap_counts(n, n_resamples, seed, BOOTSTRAP_SOBOL, counts);
    if (status == DREDGE_OK) {
        sobol_resample(layout, n, n_resamples, counts, terms, sums);
        for (int b = 0; b < n_resamples; b++) {
            double variance = 0;
            double *own = sums + (size_t)b * n_terms;
            sobol_ratios(layout, n, own, &variance, own); /* ratios take the place of the sums, two places earlier */
        }
        sobol_fill(layout, whole + n_terms, n_resamples, sums, confidence, column, indices);
    }
out:
    free(counts);
    free(column);
    free(sums);
    free(terms);
    if (status != DREDGE_OK) {
        sobol_indices_free(indices);
    }
    return status;
}

void sobol_indices_free(struct sobol_indices *indices)
{
    free(indices->first);
    *indices = (struct sobol_indices){0};
}
