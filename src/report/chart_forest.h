/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CHART_FOREST_H
#define REPORT_CHART_FOREST_H

#include "report/chart.h"

/* Differences with their intervals, a row each, beside a line at 0, with better to the right. */

struct forest_row {
    const char *name;
    int is_heading; /* a name above the rows that follow */
    int style;
    double value, low, high; /* NaN: nothing is known */
};

struct forest {
    const char *id, *title, *description;
    int n_letters; /* of names: longer ones are cut */
    int better;    /* -1: less is better, so that the axis runs to the left */
    int n_rows;
    const struct forest_row *rows; /* [n_rows] */
};

/* Writes the chart as one svg element. */
void forest_draw(struct html *html, enum language language, const struct forest *forest);

#endif
