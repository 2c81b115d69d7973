/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/panel.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

double panel_point_mean(const struct panel *panel, int point, int *n)
{
    const double *row = panel->values + (size_t)point * panel->stride;
    double sum = 0;
    int count = 0;
    for (int k = 0; k < panel->n_replicates; k++) {
        if (!isnan(row[k])) {
            sum += row[k];
            count++;
        }
    }
    if (n) {
        *n = count;
    }
    return count > 0 ? sum / count : NAN;
}

void panel_difference(const struct panel *a, const struct panel *b, double *out)
{
    for (int p = 0; p < a->n_points; p++) {
        const double *x = a->values + (size_t)p * a->stride;
        const double *y = b->values + (size_t)p * b->stride;
        double *row = out + (size_t)p * (size_t)a->n_replicates;
        for (int k = 0; k < a->n_replicates; k++) {
            row[k] = x[k] - y[k];
        }
    }
}

/* The grand mean, the number of values, the number of points that have any, and by replicate the sum over points of
 * (x - m_p) / n_p (may be NULL); NaN where a replicate has no value. */
static double panel_deviations(const struct panel *panel, long *n, int *n_points, double *deviation)
{
    for (int k = 0; deviation && k < panel->n_replicates; k++) {
        deviation[k] = NAN;
    }
    double sum = 0;
    *n = 0;
    *n_points = 0;
    for (int p = 0; p < panel->n_points; p++) {
        int count = 0;
        double mean = panel_point_mean(panel, p, &count);
        if (count == 0) {
            continue;
        }
        sum += mean;
        *n += count;
        *n_points += 1;
        const double *row = panel->values + (size_t)p * panel->stride;
        for (int k = 0; deviation && k < panel->n_replicates; k++) {
            if (!isnan(row[k])) {
                deviation[k] = (isnan(deviation[k]) ? 0 : deviation[k]) + (row[k] - mean) / count;
            }
        }
    }
    return *n_points > 0 ? sum / *n_points : NAN;
}

/* By point its deviation from the mean of points, NaN for points without values. Returns the number of values. */
static int panel_point_deviations(const struct panel *panel, double mean, double *deviation)
{
    int count = 0;
    for (int p = 0; p < panel->n_points; p++) {
        deviation[p] = panel_point_mean(panel, p, NULL) - mean;
        count += !isnan(deviation[p]);
    }
    return count;
}

static int panel_count(int n, const double *values)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        count += !isnan(values[i]);
    }
    return count;
}

/* Fills se, interval and skewness from deviations ([n], NaN left out) that are units minus their mean. */
static void panel_spread(int n, const double *deviation, double confidence, struct estimate *estimate)
{
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(deviation[i])) {
            squares += deviation[i] * deviation[i];
            cubes += deviation[i] * deviation[i] * deviation[i];
        }
    }
    double units = estimate->n_units;
    double variance = squares / (units - 1);
    estimate->se = sqrt(variance / units);
    double spread = squares / units;
    estimate->skewness = spread > 0 ? cubes / units / (spread * sqrt(spread)) : 0;
    double half = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, units - 1) * estimate->se;
    estimate->low = estimate->mean - half;
    estimate->high = estimate->mean + half;
}

dredge_status panel_estimate(const struct panel *panel, double confidence, struct estimate *estimate)
{
    *estimate = (struct estimate){.mean = NAN, .se = NAN, .low = NAN, .high = NAN};
    size_t most = (size_t)(panel->n_replicates > panel->n_points ? panel->n_replicates : panel->n_points);
    double *deviation = malloc((most + 1) * sizeof *deviation);
    if (!deviation) {
        return status_no_memory((most + 1) * sizeof *deviation);
    }
    int n_points = 0;
    estimate->mean = panel_deviations(panel, &estimate->n, &n_points, deviation);
    int n_replicates = panel_count(panel->n_replicates, deviation);
    if (n_replicates >= 2) {
        estimate->unit = PANEL_REPLICATES;
        estimate->n_units = n_replicates;
        for (int k = 0; k < panel->n_replicates; k++) {
            deviation[k] *= (double)n_replicates / n_points;
        }
        panel_spread(panel->n_replicates, deviation, confidence, estimate);
    } else if (n_points >= 2) {
        estimate->unit = PANEL_POINTS;
        estimate->n_units = panel_point_deviations(panel, estimate->mean, deviation);
        panel_spread(panel->n_points, deviation, confidence, estimate);
    }
    free(deviation);
    return DREDGE_OK;
}

void panel_units(const struct panel *panel, double *out)
{
    long n = 0;
    int n_points = 0;
    double mean = panel_deviations(panel, &n, &n_points, out);
    int n_units = panel_count(panel->n_replicates, out);
    for (int k = 0; k < panel->n_replicates; k++) {
        out[k] = mean + out[k] * n_units / n_points;
    }
}
