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

/* ---- for charts of other forms ---- */

struct chart_frame {
    const char *class, *id, *title, *description;
    double width, height; /* of the view box */
};

/* Opens the svg element; who calls it closes it with "</svg>". */
void chart_open(struct html *html, const struct chart_frame *frame);
/* 1, 2 or 5 times a power of ten, so that about `n` steps fill `width`. */
double chart_step(double width, int n);
void chart_text(struct html *html, double x, double y, const char *anchor, const char *text);
/* The marker of a style, in the colour of the element around it. */
void chart_marker(struct html *html, int style, double x, double y);
/* At most `most` characters of a name, as many as fit into `n_bytes`, with a mark where it was cut. */
void chart_cut_name(const char *name, int most, size_t n_bytes, char *out);

/* The colour of a style, on paper: "#222244". */
const char *chart_colour(int style);

#endif
