/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

/* Where the verdict flips: the lasting result over the two factors that drive it most. The script draws it over others. */

int page_map_shown(const struct page *page)
{
    int headline = page->gathered->choice.headline;
    int baseline = page->gathered->comparison.baseline;
    return headline - (headline > baseline);
}

/* What is drawn: numbers of the cells of one pair of factors. */
struct shown {
    const struct map_pair *pair;
    const float *mean, *low, *high; /* [n_cells]; low and high NULL for a regime alone */
    double most;                    /* the largest difference, or mean */
    double least;                   /* the smallest mean */
    int decimals;
};

static struct shown find_shown(const struct gathered *gathered, int shown_regime)
{
    const struct map_pair *pair = &gathered->map_pairs[0];
    int n_regimes = gathered->info->n_regimes;
    size_t n = (size_t)pair->n_cells;
    const float *own = pair->values + (size_t)OUTCOME_structural_share * (size_t)gathered->n_map_values * n;
    struct shown shown = {.pair = pair, .mean = own, .least = INFINITY};
    if (n_regimes > 1) {
        shown.mean = own + ((size_t)n_regimes + 3 * (size_t)shown_regime) * n;
        shown.low = shown.mean + n;
        shown.high = shown.low + n;
    }
    for (size_t c = 0; c < n; c++) {
        double value = (double)shown.mean[c];
        double size = n_regimes > 1 ? fabs(value) : value;
        shown.most = size > shown.most ? size : shown.most; /* gcc 12 for arm64 cannot compile fmax here */
        shown.least = value < shown.least ? value : shown.least;
    }
    shown.decimals = verdict_decimals(shown.most);
    return shown;
}

static void put_cell(struct page *page, const struct shown *shown, int c)
{
    struct html *html = &page->html;
    double value = (double)shown->mean[c];
    char number[LANGUAGE_NUMBER_BYTES];
    if (isnan(value)) {
        html_raw(html, "<td class=\"empty\">\u2013</td>");
        return;
    }
    int signs = shown->low != NULL;
    double low = signs ? (double)shown->low[c] : value;
    double high = signs ? (double)shown->high[c] : value;
    int unclear = signs && !(low > 0 || high < 0);
    double width = signs ? shown->most : shown->most - shown->least;
    double share = width > 0 ? fabs(signs ? value : value - shown->least) / width : 0;
    html_format(html, "<td class=\"%s%s\" style=\"--share:%.3f\" data-value=\"%.9g\"",
                signs && value < 0 ? "bad" : "good", unclear ? " unclear" : "", share, value);
    if (signs && !isnan(low)) {
        html_format(html, " data-low=\"%.9g\" data-high=\"%.9g\"", low, high);
    }
    html_format(html, ">%s</td>", language_number(page->language, value, shown->decimals, signs, number));
}

static void put_axis_name(struct page *page, int factor)
{
    html_text(&page->html, page_factor(page, factor));
    if (page->gathered->axes[factor].is_log) {
        html_raw(&page->html, " (");
        html_say(&page->html, page->language, TEXT_map_log);
        html_raw(&page->html, ")");
    }
}

static void put_caption(struct page *page, const struct map_pair *pair)
{
    const struct gathered *gathered = page->gathered;
    const struct language_place places[] = {{"outcome", page_outcome(page, OUTCOME_structural_share)},
                                            {"regime", page_regime(page, gathered->choice.headline)},
                                            {"baseline", page_regime(page, gathered->comparison.baseline)}};
    html_raw(&page->html, "<caption>");
    html_fill(&page->html, page->language, gathered->info->n_regimes > 1 ? TEXT_drivers_of : TEXT_drivers_alone_of, 3,
              places);
    html_raw(&page->html, ". \u2192 ");
    put_axis_name(page, pair->across);
    if (pair->up >= 0) {
        html_raw(&page->html, ", \u2191 ");
        put_axis_name(page, pair->up);
    }
    html_raw(&page->html, "</caption>");
}

/* The end of a head's tag, with the range of its level as numbers. */
static void put_range(struct page *page, int factor, int level)
{
    if (factor >= 0) {
        const struct axis *axis = &page->gathered->axes[factor];
        html_format(&page->html, " data-from=\"%.17g\" data-to=\"%.17g\"", axis->low[level], axis->high[level]);
    }
    html_raw(&page->html, ">");
}

static void put_table(struct page *page)
{
    struct html *html = &page->html;
    const struct gathered *gathered = page->gathered;
    struct shown shown = find_shown(gathered, page_map_shown(page));
    const struct map_pair *pair = shown.pair;
    char words[PAGE_LEVEL_BYTES];
    html_raw(html, "<table data-across=\"");
    html_text(html, gathered->info->factors[pair->across]);
    html_raw(html, "\" data-up=\"");
    html_text(html, pair->up >= 0 ? gathered->info->factors[pair->up] : "");
    html_format(html, "\" data-regime=\"%d\">", gathered->choice.headline);
    put_caption(page, pair);
    html_raw(html, "<tbody>\n");
    for (int y = pair->n_cells / pair->n_across - 1; y >= 0; y--) {
        html_raw(html, "<tr><th scope=\"row\"");
        put_range(page, pair->up, y);
        html_text(html, pair->up >= 0 ? page_level(page, pair->up, y, words) : "");
        html_raw(html, "</th>");
        for (int x = 0; x < pair->n_across; x++) {
            put_cell(page, &shown, y * pair->n_across + x);
        }
        html_raw(html, "</tr>\n");
    }
    html_raw(html, "<tr><td class=\"corner\"></td>");
    for (int x = 0; x < pair->n_across; x++) {
        html_raw(html, "<th scope=\"col\"");
        put_range(page, pair->across, x);
        html_text(html, page_level(page, pair->across, x, words));
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></tbody></table>");
}

void page_map(struct page *page)
{
    struct html *html = &page->html;
    const struct gathered *gathered = page->gathered;
    page_section(page, "map", TEXT_map_title);
    if (gathered->n_map_pairs == 0) {
        page_paragraph(page, TEXT_map_none, 0, NULL);
    } else {
        page_paragraph(page, gathered->info->n_factors > 1 ? TEXT_map_strongest : TEXT_map_one, 0, NULL);
        html_raw(html, page->is_print ? "" : "<div class=\"controls\" id=\"map-controls\"></div>");
        html_raw(html, "<figure><div id=\"phase\" class=\"phase\"><div class=\"scroll\" tabindex=\"0\">");
        put_table(page);
        html_raw(html, "</div></div><p class=\"reading\" id=\"map-reading\" aria-live=\"polite\"></p><figcaption>");
        html_say(html, page->language, TEXT_map_intro);
        html_raw(html, "</figcaption></figure>\n");
    }
    html_raw(html, "</section>\n");
}
