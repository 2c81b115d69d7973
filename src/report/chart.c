/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { MOST_LETTERS = 32, SMALL_LETTERS = 13 }; /* of a name beside a chart; beside a small one */

/* Colours that differ in lightness or along blue and yellow, so that deuteranopes and grey printers tell them apart; each
 * has a contrast of 3 or more with white. Dashes and markers say the same again. */
static const struct {
    const char *colour, *dash, *marker; /* marker: a path around 0, 0 */
} styles[CHART_STYLES] = {{"#222244", "", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"},
                          {"#b58900", "9 4", "M-4 -4h8v8h-8z"},
                          {"#0072b2", "2 4", "M0 -5l5 9h-10z"},
                          {"#cc4f9a", "11 4 2 4", "M0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z"},
                          {"#7a1f1f", "5 3", "M0 5l5 -9h-10z"},
                          {"#00856f", "", "M-5 -1.5h10v3h-10z"},
                          {"#8c8c8c", "9 4", "M-1.5 -5h3v10h-3z"},
                          {"#a8326e", "2 4", "M-4 -4l8 8M4 -4l-8 8"}};

const char *chart_colour(int style)
{
    return styles[style % CHART_STYLES].colour;
}

void chart_marker(struct html *html, int style, double x, double y)
{
    html_format(html,
                "<path class=\"marker\" fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"1\" d=\"%s\" "
                "transform=\"translate(%.1f %.1f)\"/>",
                styles[style % CHART_STYLES].marker, x, y);
}

void chart_open(struct html *html, const struct chart_frame *frame)
{
    html_format(html,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" id=\"%s\" viewBox=\"0 0 %.0f %.0f\" "
                "role=\"img\" aria-labelledby=\"%s-title %s-desc\" font-family=\"sans-serif\" "
                "font-size=\"12.5\">\n<title id=\"%s-title\">",
                frame->class, frame->id, frame->width, frame->height, frame->id, frame->id, frame->id);
    html_text(html, frame->title);
    html_format(html, "</title><desc id=\"%s-desc\">", frame->id);
    html_text(html, frame->description);
    html_raw(html, "</desc>\n");
}

/* Where things are, in units of the view box. */
struct frame {
    double left, right, top, bottom; /* edges of the plot */
    double width, height;            /* of the whole */
    double low, high, first, last;   /* ranges of values and of months counted from 1 */
};

static double frame_x(const struct frame *frame, double month)
{
    double width = frame->last > frame->first ? frame->last - frame->first : 1;
    return frame->left + (month - frame->first) / width * (frame->right - frame->left);
}

static double frame_y(const struct frame *frame, double value)
{
    return frame->bottom - (value - frame->low) / (frame->high - frame->low) * (frame->bottom - frame->top);
}

double chart_step(double width, int n)
{
    double power = pow(10, floor(log10(width / n)));
    double most = width / n / power;
    return power * (most <= 1 ? 1 : most <= 2 ? 2 : most <= 5 ? 5 : 10);
}

static void frame_range(const struct chart *chart, struct frame *frame)
{
    double low = chart->has_zero ? 0 : INFINITY;
    double high = chart->has_zero ? 0 : -INFINITY;
    for (int i = 0; i < chart->n_lines; i++) {
        const struct chart_line *line = &chart->lines[i];
        for (int m = 0; m < chart->n_months; m++) {
            low = fmin(low, fmin(line->values[m], line->low != NULL ? line->low[m] : NAN));
            high = fmax(high, fmax(line->values[m], line->high != NULL ? line->high[m] : NAN));
        }
    }
    if (chart->low < chart->high) {
        low = chart->low;
        high = chart->high;
    }
    if (!isfinite(low) || !isfinite(high)) {
        low = 0;
        high = 1;
    }
    double width = fmax(high - low, 1e-3 * fmax(fabs(high), 1));
    double step = chart_step(width, chart->is_small ? 4 : 5) / 2; /* a half step of room is less lost than a whole */
    frame->low = step * floor(low / step + 1e-9);
    frame->high = step * ceil(high / step - 1e-9);
    frame->high = frame->high > frame->low ? frame->high : frame->low + step;
}

void chart_text(struct html *html, double x, double y, const char *anchor, const char *text)
{
    html_format(html, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#1d2327\">", x, y, anchor);
    html_text(html, text);
    html_raw(html, "</text>");
}

static void draw_grid(struct html *html, enum language language, const struct chart *chart, const struct frame *frame)
{
    double step = chart_step(frame->high - frame->low, chart->is_small ? 4 : 5);
    int decimals = (int)fmax(0, ceil(-log10(step) - 1e-9));
    char number[LANGUAGE_NUMBER_BYTES];
    html_raw(html, "<g class=\"grid\" stroke=\"#d5d8d6\" stroke-width=\"1\">");
    int first = (int)ceil(frame->low / step - 1e-9);
    int last = (int)floor(frame->high / step + 1e-9);
    for (int i = first; i <= last; i++) {
        double v = i * step;
        html_format(html, "<path d=\"M%.1f %.1fH%.1f\"/>", frame->left, frame_y(frame, v), frame->right);
    }
    html_raw(html, "</g><g class=\"ticks\">");
    for (int i = first; i <= last; i++) {
        double v = i * step;
        chart_text(html, frame->left - 6, frame_y(frame, v) + 4, "end",
                   language_number(language, v, decimals, chart->has_zero, number));
    }
    int months = (int)(frame->last - frame->first);
    int every = months > 240 ? 60 : months > 72 ? 24 : months > 24 ? 12 : months > 8 ? 6 : 1;
    every = chart->is_small && every > 1 ? 2 * every : every;
    while (months / every > 12) {
        every *= 2;
    }
    for (int month = every; month <= frame->last; month += every) {
        if (month >= frame->first) {
            (void)snprintf(number, sizeof number, "%d", month);
            chart_text(html, frame_x(frame, month), frame->bottom + 16, "middle", number);
        }
    }
    chart_text(html, frame->right, frame->bottom + 32, "end", language_text(language, TEXT_time_month));
    chart_text(html, chart->is_small ? 2 : 4, frame->top - 10, "start", chart->unit);
    html_raw(html, "</g>");
    if (chart->has_zero) {
        html_format(html, "<path class=\"zero\" d=\"M%.1f %.1fH%.1f\" stroke=\"#1d2327\" stroke-width=\"1.2\"/>",
                    frame->left, frame_y(frame, 0), frame->right);
    }
}

/* An upright dashed line at the end of `month`, with its name above the plot or at its foot. */
static void draw_mark(struct html *html, const struct frame *frame, int month, const char *name, int row)
{
    double x = frame_x(frame, month);
    if (month < frame->first || month >= frame->last) {
        return;
    }
    int left = x > (frame->left + frame->right) / 2;
    html_format(html,
                "<path class=\"mark\" d=\"M%.1f %.1fV%.1f\" stroke=\"#5c6770\" stroke-width=\"1.2\" "
                "stroke-dasharray=\"3 3\"/>",
                x, frame->top, frame->bottom);
    chart_text(html, x + (left ? -5 : 5), frame->top + 12 + 14 * row, left ? "end" : "start", name);
}

static void draw_band(struct html *html, const struct chart *chart, const struct chart_line *line,
                      const struct frame *frame)
{
    if (line->low == NULL || line->high == NULL) {
        return;
    }
    html_raw(html, "<path class=\"band\" stroke=\"none\" fill=\"currentColor\" fill-opacity=\"0.14\" d=\"");
    char letter = 'M';
    for (int m = 0; m < chart->n_months; m++) {
        if (!isnan(line->high[m])) {
            html_format(html, "%c%.1f %.1f", letter, frame_x(frame, chart->months[m] + 1),
                        frame_y(frame, line->high[m]));
            letter = 'L';
        }
    }
    for (int m = chart->n_months - 1; m >= 0 && letter == 'L'; m--) {
        if (!isnan(line->low[m])) {
            html_format(html, "L%.1f %.1f", frame_x(frame, chart->months[m] + 1), frame_y(frame, line->low[m]));
        }
    }
    html_raw(html, letter == 'L' ? "z\"/>" : "\"/>");
}

/* A line with its band and, every few months, its marker. */
static void draw_line(struct html *html, const struct chart *chart, const struct chart_line *line, int number,
                      const struct frame *frame)
{
    int style = line->style % CHART_STYLES;
    html_format(html, "<g data-style=\"%d\" color=\"%s\" stroke=\"currentColor\">", style, styles[style].colour);
    draw_band(html, chart, line, frame);
    html_format(html, "<path class=\"line\" fill=\"none\" stroke-width=\"2.2\" stroke-linejoin=\"round\"%s%s%s d=\"",
                *styles[style].dash ? " stroke-dasharray=\"" : "", styles[style].dash, *styles[style].dash ? "\"" : "");
    char letter = 'M';
    for (int m = 0; m < chart->n_months; m++) {
        if (isnan(line->values[m])) {
            letter = 'M';
            continue;
        }
        html_format(html, "%c%.1f %.1f", letter, frame_x(frame, chart->months[m] + 1), frame_y(frame, line->values[m]));
        letter = 'L';
    }
    html_raw(html, "\"/>");
    int every = chart->n_months > 5 ? chart->n_months / 5 : 1;
    for (int m = every / 2 + number * every / (2 * CHART_LINES); m < chart->n_months; m += every) {
        if (!isnan(line->values[m])) {
            chart_marker(html, style, frame_x(frame, chart->months[m] + 1), frame_y(frame, line->values[m]));
        }
    }
    html_raw(html, "</g>\n");
}

/* What the names at the ends of the lines take beside the plot, in units of the picture. */
static double names_width(const struct chart *chart)
{
    static const double marker = 23, letter = 7.6, small = 132, least = 205;
    double width = chart->is_small ? small : least;
    for (int i = 0; !chart->is_small && i < chart->n_lines; i++) {
        int n = utf8_count(strlen(chart->lines[i].name), chart->lines[i].name);
        width = fmax(width, marker + letter * (n < MOST_LETTERS ? n : MOST_LETTERS));
    }
    return width;
}

void chart_cut_name(const char *name, int most, size_t n_bytes, char *out)
{
    static const char mark[] = "\u2026";
    size_t n_head = utf8_head(name, most, n_bytes - sizeof mark);
    (void)snprintf(out, n_bytes, "%.*s%s", (int)n_head, name, name[n_head] != '\0' ? mark : "");
}

/* The names at the ends of the lines, moved apart where they would overlap. */
static void draw_names(struct html *html, const struct chart *chart, const struct frame *frame)
{
    enum { GAP = 15 };
    int order[CHART_LINES];
    double y[CHART_LINES];
    int n = 0;
    for (int i = 0; i < chart->n_lines; i++) {
        int m = chart->n_months - 1;
        for (; m >= 0 && isnan(chart->lines[i].values[m]); m--) {
        }
        if (m < 0) {
            continue;
        }
        double own = frame_y(frame, chart->lines[i].values[m]);
        int at = n++;
        for (; at > 0 && y[at - 1] > own; at--) {
            y[at] = y[at - 1];
            order[at] = order[at - 1];
        }
        y[at] = own;
        order[at] = i;
    }
    for (int i = 1; i < n; i++) {
        y[i] = fmax(y[i], y[i - 1] + GAP);
    }
    for (int i = n - 1; i >= 0; i--) { /* back up where the lowest left the plot */
        y[i] = fmin(y[i], frame->bottom - GAP * (n - 1 - i));
    }
    for (int i = 0; i < n; i++) {
        const struct chart_line *line = &chart->lines[order[i]];
        char name[128];
        chart_cut_name(line->name, chart->is_small ? SMALL_LETTERS : MOST_LETTERS, sizeof name, name);
        html_format(html,
                    "<g data-style=\"%d\" color=\"%s\"><path class=\"marker\" fill=\"currentColor\" "
                    "stroke=\"currentColor\" d=\"%s\" transform=\"translate(%.1f %.1f)\"/>"
                    "<text class=\"name\" font-weight=\"600\" fill=\"#1d2327\" x=\"%.1f\" y=\"%.1f\">",
                    line->style % CHART_STYLES, chart_colour(line->style), styles[line->style % CHART_STYLES].marker,
                    frame->right + 9, y[i], frame->right + 18, y[i] + 4.5);
        html_text(html, name);
        html_raw(html, "</text></g>\n");
    }
}

void chart_draw(struct html *html, enum language language, const struct chart *chart)
{
    struct frame frame = {.width = chart->is_small ? 340 : 760, .height = chart->is_small ? 220 : 330};
    frame.left = 52;
    frame.right = frame.width - names_width(chart);
    frame.top = 30;
    frame.bottom = frame.height - 40;
    frame.first = chart->n_months > 0 ? chart->months[0] + 1 : 1;
    frame.last = chart->n_months > 0 ? chart->months[chart->n_months - 1] + 1 : 1;
    frame_range(chart, &frame);
    const struct chart_frame outer = {chart->is_small ? "lines small" : "lines",
                                      chart->id,
                                      chart->title,
                                      chart->description,
                                      frame.width,
                                      frame.height};
    chart_open(html, &outer);
    draw_grid(html, language, chart, &frame);
    if (chart->support_ends > 0) {
        draw_mark(html, &frame, chart->support_ends,
                  chart->is_small ? "" : language_text(language, TEXT_time_support_ends), 0);
    }
    for (int i = 0; i < chart->n_marks; i++) {
        draw_mark(html, &frame, chart->marks[i].month, chart->marks[i].name, 1 + i % 3);
    }
    for (int i = 0; i < chart->n_lines; i++) {
        draw_line(html, chart, &chart->lines[i], i, &frame);
    }
    draw_names(html, chart, &frame);
    html_raw(html, "</svg>\n");
}
