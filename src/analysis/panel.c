/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/panel.h"

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
    if (n != NULL) {
        *n = count;
    }
    return count > 0 ? sum / count : NAN;
}

void panel_span(const struct panel *panel, double *least, double *most)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (int p = 0; p < panel->n_points; p++) {
        const double *row = panel->values + (size_t)p * panel->stride;
        for (int k = 0; k < panel->n_replicates; k++) {
            low = row[k] < low ? row[k] : low; /* a gap is neither */
            high = row[k] > high ? row[k] : high;
        }
    }
    *least = low <= high ? low : (double)NAN;
    *most = low <= high ? high : (double)NAN;
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
 * (x - m_p) / n_p; NaN where a replicate has no value. */
static double deviations(const struct panel *panel, long *n, int *n_points, double *deviation)
{
    for (int k = 0; k < panel->n_replicates; k++) {
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
        for (int k = 0; k < panel->n_replicates; k++) {
            if (!isnan(row[k])) {
                deviation[k] = (isnan(deviation[k]) ? 0 : deviation[k]) + (row[k] - mean) / count;
            }
        }
    }
    return *n_points > 0 ? sum / *n_points : NAN;
}

static int count_values(int n, const double *values)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        count += !isnan(values[i]);
    }
    return count;
}

/* Fills se, interval and skewness from the units [n] that are there; what is not there is NaN and is moved out. */
static void estimate_units(const struct panel *panel, int n, double *units, double confidence,
                           struct estimate *estimate)
{
    struct reach reach = panel->reach;
    struct sample sample;
    int kept = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(units[i])) {
            units[kept++] = units[i];
        }
    }
    if (reach.low < reach.high && reach.step == 0) {
        double least = NAN;
        double most = NAN;
        panel_span(panel, &least, &most);
        reach = reach_make(&reach, least, most);
    }
    reach.rare /= panel->n_points; /* one run of a replicate */
    sample_read(kept, units, &reach, &sample);
    sample_interval(&sample, confidence, &estimate->low, &estimate->high);
    estimate->n_units = kept;
    estimate->se = sample.se;
    estimate->skewness = sample.skewness;
    estimate->p = sample_p(&sample, 0);
}

dredge_status panel_estimate(const struct panel *panel, double confidence, struct estimate *estimate)
{
    *estimate = (struct estimate){.mean = NAN, .se = NAN, .low = NAN, .high = NAN, .p = NAN};
    size_t most = (size_t)(panel->n_replicates > panel->n_points ? panel->n_replicates : panel->n_points);
    double *units = malloc((most + 1) * sizeof *units);
    if (units == NULL) {
        return status_no_memory((most + 1) * sizeof *units);
    }
    int n_points = 0;
    estimate->mean = deviations(panel, &estimate->n, &n_points, units);
    int n_replicates = count_values(panel->n_replicates, units);
    if (n_replicates >= 2) {
        estimate->unit = PANEL_REPLICATES;
        for (int k = 0; k < panel->n_replicates; k++) {
            units[k] = estimate->mean + units[k] * n_replicates / n_points;
        }
        estimate_units(panel, panel->n_replicates, units, confidence, estimate);
    } else if (n_points >= 2) {
        estimate->unit = PANEL_POINTS;
        for (int p = 0; p < panel->n_points; p++) {
            units[p] = panel_point_mean(panel, p, NULL);
        }
        estimate_units(panel, panel->n_points, units, confidence, estimate);
    }
    free(units);
    return DREDGE_OK;
}
