/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart_curve.h"

#include <math.h>
#include <stdio.h>

enum { WIDTH = 300, HEIGHT = 190, LEFT = 50, RIGHT = 285, TOP = 26, BOTTOM = 148, LETTER = 7, MOST_NAMES = 4 };

static double place_x(const struct curve *curve, int i)
{
    double share;
    if (curve->is_named || curve->n < 2) {
        share = (i + 0.5) / curve->n;
    } else if (curve->is_log) {
        share = log(curve->x[i] / curve->x[0]) / log(curve->x[curve->n - 1] / curve->x[0]);
    } else {
        share = (curve->x[i] - curve->x[0]) / (curve->x[curve->n - 1] - curve->x[0]);
    }
    double margin = curve->is_named ? 0 : 10;
    return LEFT + margin + share * (RIGHT - LEFT - 2 * margin);
}

static double place_y(const struct curve *curve, double value)
{
    return BOTTOM - (value - curve->bottom) / (curve->top - curve->bottom) * (BOTTOM - TOP);
}

static void draw_scale(struct html *html, enum language language, const struct curve *curve)
{
    double step = chart_step(curve->top - curve->bottom, 5);
    int decimals = (int)fmax(0, ceil(-log10(step) - 1e-9));
    int first = (int)ceil(curve->bottom / step - 1e-9);
    int last = (int)floor(curve->top / step + 1e-9);
    html_raw(html, "<g class=\"grid\" stroke=\"#d5d8d6\" stroke-width=\"1\">");
    for (int i = first; i <= last; i++) {
        html_format(html, "<path d=\"M%d %.1fH%d\"/>", LEFT, place_y(curve, i * step), RIGHT);
    }
    html_raw(html, "</g><g class=\"ticks\">");
    for (int i = first; i <= last; i++) {
        char number[LANGUAGE_NUMBER_BYTES];
        chart_text(html, LEFT - 5, place_y(curve, i * step) + 4, "end",
                   language_number(language, i * step, decimals, curve->has_zero, number));
    }
    chart_text(html, 2, TOP - 12, "start", curve->unit);
    double taken = -INFINITY; /* names stand where there is room */
    int letters = (RIGHT - LEFT) / (LETTER * (curve->n < MOST_NAMES ? curve->n : MOST_NAMES));
    for (int i = 0; i < curve->n; i++) {
        char name[64];
        double x = place_x(curve, i);
        chart_cut_name(curve->names[i], letters, sizeof name, name);
        double half = curve->is_named ? 3.3 * letters : 20;
        if (x - half >= taken) {
            chart_text(html, fmin(x, RIGHT - 12), BOTTOM + 17, "middle", name);
            taken = x + half;
        }
    }
    html_raw(html, "</g>");
    if (curve->has_zero) {
        html_format(html, "<path class=\"zero\" d=\"M%d %.1fH%d\" stroke=\"#1d2327\" stroke-width=\"1.2\"/>", LEFT,
                    place_y(curve, 0), RIGHT);
    }
}

void curve_draw(struct html *html, enum language language, const struct curve *curve)
{
    const struct chart_frame frame = {"curve", curve->id, curve->title, curve->description, WIDTH, HEIGHT};
    chart_open(html, &frame);
    draw_scale(html, language, curve);
    html_format(html, "<g data-style=\"0\" color=\"%s\" stroke=\"currentColor\">", chart_colour(0));
    char letter = 'M';
    html_raw(html, "<path class=\"line\" fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" d=\"");
    for (int i = 0; !curve->is_named && i < curve->n; i++) {
        if (!isnan(curve->mean[i])) {
            html_format(html, "%c%.1f %.1f", letter, place_x(curve, i), place_y(curve, curve->mean[i]));
            letter = 'L';
        }
    }
    html_raw(html, letter == 'M' ? "M0 0\"/>" : "\"/>");
    for (int i = 0; i < curve->n; i++) {
        if (!isnan(curve->low[i])) {
            html_format(html, "<path stroke-width=\"1.6\" d=\"M%.1f %.1fV%.1f\"/>", place_x(curve, i),
                        place_y(curve, curve->low[i]), place_y(curve, curve->high[i]));
        }
        if (!isnan(curve->mean[i])) {
            chart_marker(html, 0, place_x(curve, i), place_y(curve, curve->mean[i]));
        }
    }
    html_raw(html, "</g>\n");
    html_format(html,
                "<text class=\"name\" font-weight=\"600\" fill=\"#1d2327\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                (LEFT + RIGHT) / 2, HEIGHT - 8);
    char name[96];
    chart_cut_name(curve->title, 38, sizeof name, name);
    html_text(html, name);
    html_raw(html, "</text></svg>\n");
}
