/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/doubt.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/target.h"

/* The mean variance of pairs within a point; NaN where no point has two. */
static double variance_within(const struct panel *panel, const double *points)
{
    double sum = 0;
    int n = 0;
    for (int p = 0; p < panel->n_points; p++) {
        const double *row = panel->values + (size_t)p * panel->stride;
        double squares = 0;
        int n_values = 0;
        for (int k = 0; k < panel->n_replicates; k++) {
            squares += isnan(row[k]) ? 0 : (row[k] - points[p]) * (row[k] - points[p]);
            n_values += !isnan(row[k]);
        }
        sum += n_values > 1 ? squares / (n_values - 1.0) : 0;
        n += n_values > 1;
    }
    return n > 0 ? sum / n : NAN;
}

/* Moves points without a value to the end; how many have one. */
static int pack(int n, double *points)
{
    int kept = 0;
    for (int p = 0; p < n; p++) {
        if (!isnan(points[p])) {
            points[kept++] = points[p];
        }
    }
    return kept;
}

/* The share of n points, each known with the normal error `error`, that lie below a bound. */
static double share_below(int n, const double *points, double error, double bound)
{
    double sum = 0;
    for (int p = 0; p < n; p++) {
        double d = bound - points[p];
        sum += error > 0 ? gsl_cdf_ugaussian_P(d / error) : d > 0 ? 1 : d < 0 ? 0 : 0.5;
    }
    return sum / n;
}

/* The value below which a share `level` of the points lies, found by halving. */
static double quantile(int n, const double *points, double error, double level)
{
    double low = gsl_stats_min(points, 1, (size_t)n) - 8 * error;
    double high = gsl_stats_max(points, 1, (size_t)n) + 8 * error;
    for (int step = 0; step < 60; step++) {
        double middle = low + (high - low) / 2;
        *(share_below(n, points, error, middle) < level ? &low : &high) = middle;
    }
    return high;
}

static void fill_shares(const struct question *question, int n, const double *points, double error, struct doubt *doubt)
{
    double above[2] = {1 - share_below(n, points, error, 0), 1 - share_below(n, points, error, question->matters)};
    double below[2] = {1 - above[0], share_below(n, points, error, -question->matters)};
    int better = question->better;
    doubt->low = quantile(n, points, error, 0.025);
    doubt->high = quantile(n, points, error, 0.975);
    doubt->ahead = better == 0 ? NAN : better > 0 ? above[0] : below[0];
    doubt->behind = better == 0 ? NAN : better > 0 ? below[0] : above[0];
    doubt->ahead_matters = better == 0 ? NAN : better > 0 ? above[1] : below[1];
    doubt->behind_matters = better == 0 ? NAN : better > 0 ? below[1] : above[1];
}

/* What luck does. */
struct luck_of {
    double within; /* variance of pairs within a point */
    double noise;  /* share of luck in the variance of the points' means; NaN where it is not known */
    double error;  /* of the mean of all, which luck brings to all points alike; 0 or NaN where it is not known */
};

/* From the points' means, which are drawn together. */
static void conclude(const struct question *question, const struct luck_of *luck, int n, double *points,
                     struct doubt *doubt)
{
    double kept = isnan(luck->noise) ? 1 : fmax(0, 1 - luck->noise);
    doubt->n_points = n;
    doubt->mean = n > 0 ? gsl_stats_mean(points, 1, (size_t)n) : NAN;
    doubt->luck = sqrt(luck->within);
    doubt->unknown = n > 1 ? sqrt(kept * gsl_stats_variance(points, 1, (size_t)n)) : NAN;
    double total = luck->within + doubt->unknown * doubt->unknown;
    doubt->unknown_share = total > 0 ? doubt->unknown * doubt->unknown / total : NAN;
    doubt->low = doubt->high = doubt->ahead = doubt->behind = doubt->ahead_matters = doubt->behind_matters = NAN;
    for (int p = 0; p < n; p++) {
        points[p] = doubt->mean + (points[p] - doubt->mean) * sqrt(kept);
    }
    if (n > 0) {
        fill_shares(question, n, points, isnan(luck->error) ? 0 : luck->error, doubt);
    }
}

dredge_status doubt_compute(const struct panel *difference, const struct question *question, struct doubt *doubt)
{
    size_t n_bytes = ((size_t)difference->n_points + 1) * sizeof(double);
    double *points = malloc(n_bytes);
    struct luck_of luck = {.noise = NAN};
    *doubt = (struct doubt){0};
    if (points == NULL) {
        return status_no_memory(n_bytes);
    }
    target_points(difference, points);
    struct estimate estimate;
    dredge_status status = target_noise_share(difference, points, &luck.noise);
    if (status == DREDGE_OK) {
        status = panel_estimate(difference, 0.95, &estimate);
    }
    if (status == DREDGE_OK) {
        if (estimate.unit == PANEL_REPLICATES) { /* where all pairs are alike: what a rare other one leaves open */
            double open = (estimate.high - estimate.low) / (2 * gsl_cdf_ugaussian_Pinv(0.975));
            luck.error = estimate.se > 0 ? estimate.se : open;
        }
        luck.within = variance_within(difference, points);
        conclude(question, &luck, pack(difference->n_points, points), points, doubt);
    }
    free(points);
    return status;
}

dredge_status doubt_compute_some(const struct panel *difference, const unsigned char *marks,
                                 const struct question *question, struct doubt *doubt)
{
    size_t row = (size_t)difference->n_replicates;
    double *values = malloc(((size_t)difference->n_points * row + 1) * sizeof *values);
    struct panel some = *difference;
    *doubt = (struct doubt){0};
    if (values == NULL) {
        return status_no_memory(((size_t)difference->n_points * row + 1) * sizeof *values);
    }
    some.values = values;
    some.stride = row;
    some.n_points = 0;
    for (int p = 0; p < difference->n_points; p++) {
        if (marks[p]) {
            memcpy(values + (size_t)some.n_points * row, difference->values + (size_t)p * difference->stride,
                   row * sizeof *values);
            some.n_points++;
        }
    }
    dredge_status status = doubt_compute(&some, question, doubt);
    free(values);
    return status;
}
