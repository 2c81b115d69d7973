/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart_forest.h"

#include <math.h>

enum { WIDTH = 760, RIGHT = 725, TOP = 14, ROW = 22, FOOT = 34, LETTER = 7, INDENT = 12 };

struct axis {
    double left; /* where the names end */
    double low, high;
    int better;
};

static double axis_x(const struct axis *axis, double value)
{
    double share = (value - axis->low) / (axis->high - axis->low);
    return axis->left + (axis->better < 0 ? 1 - share : share) * (RIGHT - axis->left);
}

static struct axis axis_of(const struct forest *forest)
{
    double low = 0;
    double high = 0;
    for (int i = 0; i < forest->n_rows; i++) {
        const struct forest_row *row = &forest->rows[i];
        if (!row->is_heading) {
            low = fmin(low, fmin(row->value, row->low));
            high = fmax(high, fmax(row->value, row->high));
        }
    }
    double margin = fmax(0.06 * (high - low), 1e-3);
    return (struct axis){INDENT + LETTER * (double)forest->n_letters, low - margin, high + margin, forest->better};
}

static void draw_ticks(struct html *html, enum language language, const struct axis *axis, double bottom)
{
    double step = chart_step(axis->high - axis->low, 5);
    int decimals = (int)fmax(0, ceil(-log10(step) - 1e-9));
    int last = (int)floor(axis->high / step);
    html_raw(html, "<g class=\"grid\" stroke=\"#d5d8d6\" stroke-width=\"1\">");
    for (int i = (int)ceil(axis->low / step); i <= last; i++) {
        html_format(html, "<path d=\"M%.1f %dV%.1f\"/>", axis_x(axis, i * step), TOP, bottom);
    }
    html_raw(html, "</g><g class=\"ticks\">");
    for (int i = (int)ceil(axis->low / step); i <= last; i++) {
        char number[LANGUAGE_NUMBER_BYTES];
        chart_text(html, axis_x(axis, i * step), bottom + 16, "middle",
                   language_number(language, i * step, decimals, 1, number));
    }
    html_raw(html, "</g>");
    html_format(html, "<path class=\"zero\" d=\"M%.1f %dV%.1f\" stroke=\"#1d2327\" stroke-width=\"1.2\"/>\n",
                axis_x(axis, 0), TOP, bottom);
}

static void draw_row(struct html *html, const struct axis *axis, const struct forest_row *row, int n_letters, double y)
{
    char name[160];
    chart_cut_name(row->name, n_letters, sizeof name, name);
    html_format(html, "<text class=\"name\" font-weight=\"%d\" fill=\"#1d2327\" x=\"%d\" y=\"%.1f\">",
                row->is_heading ? 600 : 400, row->is_heading ? 4 : 18, y + 4.5);
    html_text(html, name);
    html_raw(html, "</text>");
    if (row->is_heading || isnan(row->value)) {
        html_raw(html, "\n");
        return;
    }
    html_format(html, "<g data-style=\"%d\" color=\"%s\" stroke=\"currentColor\">", row->style % CHART_STYLES,
                chart_colour(row->style));
    if (!isnan(row->low)) {
        html_format(html, "<path stroke-width=\"2.2\" d=\"M%.1f %.1fH%.1f\"/>", axis_x(axis, row->low), y,
                    axis_x(axis, row->high));
    }
    chart_marker(html, row->style, axis_x(axis, row->value), y);
    html_raw(html, "</g>\n");
}

void forest_draw(struct html *html, enum language language, const struct forest *forest)
{
    double bottom = TOP + ROW * forest->n_rows + 4;
    struct axis axis = axis_of(forest);
    const struct chart_frame frame = {"forest", forest->id, forest->title, forest->description, WIDTH, bottom + FOOT};
    chart_open(html, &frame);
    draw_ticks(html, language, &axis, bottom);
    for (int i = 0; i < forest->n_rows; i++) {
        draw_row(html, &axis, &forest->rows[i], forest->n_letters, TOP + ROW * (i + 0.5) + 2);
    }
    html_raw(html, "</svg>\n");
}
