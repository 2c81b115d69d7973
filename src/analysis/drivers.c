/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/drivers.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/least_squares.h"

/* The points that have a value, packed: x[n][n_factors], y[n]. */
static int pack(int n_points, int n_factors, const double *x, const double *y, double *packed_x, double *packed_y)
{
    int n = 0;
    for (int p = 0; p < n_points; p++) {
        if (!isnan(y[p])) {
            for (int f = 0; f < n_factors; f++) {
                packed_x[(size_t)n * (size_t)n_factors + (size_t)f] = x[(size_t)p * (size_t)n_factors + (size_t)f];
            }
            packed_y[n++] = y[p];
        }
    }
    return n;
}

/* How many different values a sorted sequence has, counted up to `most` + 1. */
static int count_levels(int n, const double *x, size_t stride, const size_t *order, int most)
{
    int levels = n > 0;
    for (int i = 1; i < n && levels <= most; i++) {
        levels += x[order[i] * stride] != x[order[i - 1] * stride];
    }
    return levels;
}

/* Level means of one factor. Equal values never fall into different bins. */
static void group_levels(int n, const double *x, size_t stride, const double *y, const size_t *order, double mean,
                         double squares, struct driver *out)
{
    int levels = count_levels(n, x, stride, order, DRIVERS_BINS);
    int binned = levels > DRIVERS_BINS;
    double between = 0;
    out->least = INFINITY;
    out->most = -INFINITY;
    out->n_levels = 0;
    int begin = 0;
    while (begin < n) {
        int end = begin + 1;
        int target = binned ? (int)((double)n * (out->n_levels + 1) / DRIVERS_BINS + 0.5) : 0;
        while (end < n && (end < target || x[order[end] * stride] == x[order[end - 1] * stride])) {
            end++;
        }
        double sum = 0;
        for (int i = begin; i < end; i++) {
            sum += y[order[i]];
        }
        double level = sum / (end - begin);
        between += (end - begin) * (level - mean) * (level - mean);
        out->low = begin == 0 ? level : out->low;
        out->high = level;
        out->least = fmin(out->least, level);
        out->most = fmax(out->most, level);
        out->n_levels++;
        begin = end;
    }
    int rest = n - out->n_levels;
    double within = rest > 0 ? (squares - between) / rest : 0;
    out->main_effect = squares > 0 ? (between - (out->n_levels - 1) * within) / squares : 0;
}

static double deviation_of(int n, const double *x, size_t stride, double *mean)
{
    *mean = 0;
    for (int i = 0; i < n; i++) {
        *mean += x[(size_t)i * stride] / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
        double d = x[(size_t)i * stride] - *mean;
        squares += d * d;
    }
    return n > 1 ? sqrt(squares / (n - 1)) : 0;
}

/* Least squares of standardised y on standardised factors. */
static dredge_status regress(int n, int n_factors, const double *x, const double *y, struct drivers *drivers,
                             struct driver *out)
{
    int rest = n - n_factors - 1;
    double mean_y = 0;
    double sd_y = deviation_of(n, y, 1, &mean_y);
    if (rest < 1 || sd_y == 0) {
        return DREDGE_OK;
    }
    size_t k = (size_t)n_factors, n_numbers = (size_t)n * (k + 1) + 2 * k;
    double *design = malloc(n_numbers * sizeof *design);
    if (design == NULL) {
        return status_no_memory(n_numbers * sizeof *design);
    }
    double *response = design + (size_t)n * k, *slopes = response + n, *spreads = slopes + k;
    for (size_t f = 0; f < k; f++) {
        double mean = 0;
        double sd = deviation_of(n, x + f, k, &mean);
        for (size_t i = 0; i < (size_t)n; i++) {
            design[i * k + f] = sd > 0 ? (x[i * k + f] - mean) / sd : 0;
        }
    }
    for (int i = 0; i < n; i++) {
        response[i] = (y[i] - mean_y) / sd_y;
    }
    struct least_squares fit;
    dredge_status status = least_squares(n, n_factors, design, response, slopes, spreads, &fit);
    if (status == DREDGE_OK) {
        double t = gsl_cdf_tdist_Pinv(0.975, rest);
        double error = fit.residual / (n - fit.rank - 1); /* one for the mean */
        drivers->r_squared = 1 - fit.residual / (n - 1);
        for (size_t f = 0; f < k; f++) {
            double half = t * sqrt(error * spreads[f]);
            out[f].slope = slopes[f];
            out[f].slope_low = out[f].slope - half;
            out[f].slope_high = out[f].slope + half;
        }
    }
    free(design);
    return status;
}

dredge_status drivers_compute(int n_points, int n_factors, const double *x, const double *y, struct drivers *drivers,
                              struct driver *out)
{
    size_t n_x = (size_t)n_points * (size_t)n_factors + 1;
    double *packed_x = malloc(n_x * sizeof *packed_x);
    double *packed_y = malloc(((size_t)n_points + 1) * sizeof *packed_y);
    size_t *order = malloc(((size_t)n_points + 1) * sizeof *order);
    dredge_status status = DREDGE_OK;
    if (packed_x == NULL || packed_y == NULL || order == NULL) {
        status = status_no_memory(n_x * sizeof *packed_x);
        goto out;
    }
    int n = pack(n_points, n_factors, x, y, packed_x, packed_y);
    double mean = NAN;
    double sd = n > 0 ? deviation_of(n, packed_y, 1, &mean) : NAN;
    *drivers = (struct drivers){.n_points = n, .mean = mean, .variance = sd * sd, .r_squared = NAN};
    for (int f = 0; f < n_factors; f++) {
        out[f] = (struct driver){.low = NAN,
                                 .high = NAN,
                                 .least = NAN,
                                 .most = NAN,
                                 .main_effect = NAN,
                                 .slope = NAN,
                                 .slope_low = NAN,
                                 .slope_high = NAN};
        if (n > 1) {
            gsl_sort_index(order, packed_x + f, (size_t)n_factors, (size_t)n);
            group_levels(n, packed_x + f, (size_t)n_factors, packed_y, order, mean, sd * sd * (n - 1), &out[f]);
        }
    }
    if (n > 1) {
        status = regress(n, n_factors, packed_x, packed_y, drivers, out);
    }
out:
    free(order);
    free(packed_y);
    free(packed_x);
    return status;
}
