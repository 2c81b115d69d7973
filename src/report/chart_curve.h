/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CHART_CURVE_H
#define REPORT_CHART_CURVE_H

#include "report/chart.h"

/* A small curve over the levels of one factor, each with its interval. */

struct curve {
    const char *id, *title, *description;
    const char *unit; /* along the upright axis */
    int is_log,
        is_named; /* places along the bottom: logarithmic; or one after the other, without a line between them */
    int n;
    const double *x;          /* [n] */
    const char *const *names; /* [n] of the levels */
    const double *mean;       /* [n], NaN: nothing there (with the next two) */
    const double *low, *high; /* [n] */
    double bottom, top;       /* of the upright axis */
    int has_zero;             /* draw a line at 0 */
};

/* Writes the chart as one svg element. */
void curve_draw(struct html *html, enum language language, const struct curve *curve);

#endif
