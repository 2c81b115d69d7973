/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PANEL_H
#define ANALYSIS_PANEL_H

#include <stddef.h>

#include "base/confidence.h"
#include "base/status.h"

/* A panel: the values of one outcome under one regime, by design point and replicate, and what can be said of their
 * mean. */

struct panel {
    int n_points, n_replicates;
    size_t stride;        /* value of replicate k at point p: values[p * stride + k] */
    const double *values; /* NaN where a run failed, was not run, or has no such outcome; borrowed */
    struct reach reach;   /* what values can be, zero when that is not known; step 0: to be seen from the values */
};

/* What the interval of a mean is about. Replicates are independent; the same replicate at different points shares its
 * luck. So the interval is over replicates, the points being given. With one replicate per point it can only be over
 * points, as a sample of conditions. */
enum panel_unit { PANEL_NOTHING, PANEL_REPLICATES, PANEL_POINTS };

struct estimate {
    double mean;      /* over points, of the mean over the replicates of the point; NaN without values */
    double se;        /* standard error; NaN when there are fewer than two independent units */
    double low, high; /* interval of base/confidence.h; NaN like se */
    double skewness;  /* of the independent units; 0 when they do not vary */
    long n;           /* values that are not NaN */
    int n_units;      /* independent units behind se */
    enum panel_unit unit;
    double p; /* p value of a mean of 0, as the interval has it; NaN like se */
};

/* The mean with its interval of `confidence` (0.95). Points without values are left out. With u_k the contribution of
 * replicate k to the deviation of the mean, u_k = (1/P) sum_p (x_pk - m_p) / n_p, the variance of the mean is
 * K/(K-1) sum_k u_k^2; with one point and nothing missing that is s^2/K. */
STATUS_CHECKED dredge_status panel_estimate(const struct panel *panel, double confidence, struct estimate *estimate);

/* The least and most of the values that are there; NaN without. */
void panel_span(const struct panel *panel, double *least, double *most);

/* The mean of point `point`, NaN without values; `*n` (may be NULL) is the number of values. */
double panel_point_mean(const struct panel *panel, int point, int *n);

/* a - b where both are there, NaN elsewhere: out[n_points][n_replicates]. The panels have the same size. */
void panel_difference(const struct panel *a, const struct panel *b, double *out);

#endif
