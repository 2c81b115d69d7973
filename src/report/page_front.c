/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

enum { WIDTH = 640, HEIGHT = 380, LEFT = 60, RIGHT = 20, TOP = 16, BOTTOM = 48 };

struct axes {
    double low[2], high[2]; /* across (less is better, so drawn reversed) and up */
};

static double axes_x(const struct axes *axes, double value)
{
    double place = (axes->high[0] - value) / (axes->high[0] - axes->low[0]); /* better to the right */
    return LEFT + place * (WIDTH - LEFT - RIGHT);
}

static double axes_y(const struct axes *axes, double value)
{
    double place = (value - axes->low[1]) / (axes->high[1] - axes->low[1]);
    return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
}

static const struct estimate *front_mean(const struct page *page, int axis, int regime)
{
    int outcome = axis == 0 ? page->gathered->yardstick[GATHER_EARLY] : page->gathered->yardstick[GATHER_LASTING];
    return &comparison_cell(&page->gathered->comparison, outcome, regime)->mean;
}

static void front_axes(const struct page *page, struct axes *axes)
{
    for (int axis = 0; axis < 2; axis++) {
        double low = INFINITY;
        double high = -INFINITY;
        for (int r = 0; r < page->gathered->info->n_regimes; r++) {
            const struct estimate *mean = front_mean(page, axis, r);
            double half = isnan(mean->se) ? 0 : mean->high - mean->mean;
            low = fmin(low, mean->mean - half);
            high = fmax(high, mean->mean + half);
        }
        double margin = fmax(0.12 * (high - low), 0.01);
        axes->low[axis] = low - margin;
        axes->high[axis] = high + margin;
    }
}

static void front_ticks(struct page *page, const struct axes *axes)
{
    struct html *html = &page->html;
    enum { TICKS = 5 };
    for (int i = 0; i < TICKS; i++) {
        char number[LANGUAGE_NUMBER_BYTES];
        double share = (i + 0.5) / TICKS;
        double across = axes->low[0] + share * (axes->high[0] - axes->low[0]);
        double up = axes->low[1] + share * (axes->high[1] - axes->low[1]);
        html_format(html, "<line class=\"grid\" stroke=\"#d5d8d6\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                    axes_x(axes, across), axes_x(axes, across), TOP, HEIGHT - BOTTOM);
        html_format(html, "<line class=\"grid\" stroke=\"#d5d8d6\" y1=\"%.1f\" y2=\"%.1f\" x1=\"%d\" x2=\"%d\"/>",
                    axes_y(axes, up), axes_y(axes, up), LEFT, WIDTH - RIGHT);
        html_format(html, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", axes_x(axes, across),
                    HEIGHT - BOTTOM + 18, language_number(page->language, across, 2, 0, number));
        html_format(html, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, axes_y(axes, up) + 4,
                    language_number(page->language, up, 2, 0, number));
    }
}

/* One regime: a cross of its two intervals, a dot (filled on the front), its name beside it. */
static void front_point(struct page *page, const struct axes *axes, int regime)
{
    struct html *html = &page->html;
    const struct estimate *first = front_mean(page, 0, regime);
    const struct estimate *second = front_mean(page, 1, regime);
    if (isnan(first->mean) || isnan(second->mean)) {
        return;
    }
    double x = axes_x(axes, first->mean);
    double y = axes_y(axes, second->mean);
    html_format(html, "<g class=\"point\" data-style=\"%d\" color=\"%s\" stroke=\"currentColor\" stroke-width=\"2\">",
                regime % CHART_STYLES, chart_colour(regime));
    if (!isnan(first->se) && !isnan(second->se)) {
        html_format(html, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", axes_x(axes, first->low),
                    axes_x(axes, first->high), y, y);
        html_format(html, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x, axes_y(axes, second->low),
                    axes_y(axes, second->high));
    }
    html_format(html, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" %s/>", x, y,
                page->gathered->front[regime].on_front ? "fill=\"currentColor\"" : "class=\"hollow\" fill=\"#ffffff\"");
    int left = x > WIDTH - 170;
    html_format(html, "<text font-weight=\"600\" stroke=\"none\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                x + (left ? -10 : 10), y - 9, left ? "end" : "start");
    html_text(html, page_regime(page, regime));
    html_raw(html, "</text></g>\n");
}

static void front_table(struct page *page, const struct language_place *across)
{
    const struct gathered *gathered = page->gathered;
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_col_regime);
    html_raw(&page->html, "</th><th scope=\"col\" class=\"n\">");
    html_text(&page->html, across->value);
    html_raw(&page->html, "</th><th scope=\"col\" class=\"n\">");
    html_text(&page->html, page_outcome(page, OUTCOME_structural_share));
    html_raw(&page->html, "</th><th scope=\"col\" class=\"n\">");
    html_say(&page->html, page->language, TEXT_col_front);
    html_raw(&page->html, "</th></tr></thead><tbody>\n");
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        char share[LANGUAGE_NUMBER_BYTES];
        struct language_place place = {"share",
                                       language_number(page->language, 100 * gathered->front[r].share, 0, 0, share)};
        html_format(&page->html, "<tr><th scope=\"row\" class=\"regime\" data-regime-colour=\"%d\">", r % PAGE_COLOURS);
        html_text(&page->html, page_regime(page, r));
        html_raw(&page->html, "</th>");
        page_number_cell(page, front_mean(page, 0, r)->mean, 3, 0, "");
        page_number_cell(page, front_mean(page, 1, r)->mean, 3, 0, "");
        html_raw(&page->html, "<td class=\"n\">");
        html_fill(&page->html, page->language, TEXT_front_share, 1, &place);
        html_raw(&page->html, "</td></tr>\n");
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

/* What is on the front, as a study takes it. */
static void front_recipes(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    page_details(page, "");
    html_say(&page->html, page->language, TEXT_recipes_title);
    html_raw(&page->html, "</summary><pre class=\"recipes\" tabindex=\"0\"><code>regimes:\n");
    for (int r = 0; r < gathered->info->n_regimes && r < gathered->study.n_regimes; r++) {
        if (gathered->front[r].on_front) {
            html_raw(&page->html, "  - ");
            html_text(&page->html, gathered->study.regime_texts[r]);
            html_raw(&page->html, "\n");
        }
    }
    html_raw(&page->html, "</code></pre></details>\n");
}

void page_front(struct page *page)
{
    struct axes axes;
    const char *across = page_outcome(page, page->gathered->yardstick[GATHER_EARLY]);
    struct language_place place = {"outcome", across};
    page_section(page, "front", TEXT_front_title);
    page_paragraph(page, TEXT_front_intro, 0, NULL);
    front_axes(page, &axes);
    if (isfinite(axes.low[0]) && isfinite(axes.low[1])) {
        const struct chart_frame frame = {"front",
                                          "trade-off",
                                          language_text(page->language, TEXT_front_title),
                                          language_text(page->language, TEXT_front_intro),
                                          WIDTH,
                                          HEIGHT};
        html_raw(&page->html, "<figure class=\"chart-figure\"><div class=\"scroll\" tabindex=\"0\">\n");
        chart_open(&page->html, &frame);
        front_ticks(page, &axes);
        html_format(&page->html, "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">← ",
                    (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8);
        html_fill(&page->html, page->language, TEXT_front_across, 1, &place);
        html_format(&page->html,
                    "</text><text class=\"axis\" transform=\"translate(14 %d) rotate(-90)\" "
                    "text-anchor=\"middle\">",
                    (TOP + HEIGHT - BOTTOM) / 2);
        html_text(&page->html, page_outcome(page, OUTCOME_structural_share));
        html_raw(&page->html, " →</text>\n");
        for (int r = 0; r < page->gathered->info->n_regimes; r++) {
            front_point(page, &axes, r);
        }
        html_raw(&page->html, "</svg>\n</div></figure>\n");
    }
    front_table(page, &place);
    front_recipes(page);
    html_raw(&page->html, "</section>\n");
}
