/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/html.h"

/* Lines over months as SVG that needs neither script nor style sheet: colours, dashes and markers stand in attributes, so
 * that a chart survives being copied into a document; the page's style sheet overrides them in the dark. Lines carry their
 * names at their ends. */

enum {
    CHART_STYLES = 8, /* colours, dashes and markers, after which they come again */
    CHART_LINES = 5,  /* most lines in one chart; more are drawn as small multiples */
    CHART_MARKS = 12  /* most events on an axis */
};

struct chart_line {
    const char *name;
    int style;                /* which colour, dash and marker */
    const double *values;     /* [n_months], NaN: no line there */
    const double *low, *high; /* a band around it, NULL without */
};

struct chart_mark {
    int month; /* counted from 1 */
    const char *name;
};

struct chart {
    const char *id; /* of the SVG element, of letters, digits and '-' */
    const char *title, *description;
    const char *unit; /* along the upright axis */
    int n_months;
    const int *months; /* [n_months], counted from 0 */
    int support_ends;  /* the last supported month, counted from 1; 0: not shown */
    int n_marks;
    struct chart_mark marks[CHART_MARKS];
    int n_lines;
    struct chart_line lines[CHART_LINES];
    int has_zero;     /* draw a line at 0 */
    double low, high; /* of the upright axis; equal: from the values */
    int is_small;     /* one of several beside each other */
};

/* Writes the chart as one svg element. */
void chart_draw(struct html *html, enum language language, const struct chart *chart);

/* The colour of a style, on paper: "#222244". */
const char *chart_colour(int style);

#endif
