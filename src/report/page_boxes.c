/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"

/* "at least 0.5" */
static void condition_text(const struct page *page, enum gather_yardstick yardstick, int factor,
                           const struct prim_limit *limit, size_t n_bytes, char *text)
{
    char low[LANGUAGE_NUMBER_BYTES];
    char high[LANGUAGE_NUMBER_BYTES];
    if (limit->is_chosen) {
        discovery_categories(&page->gathered->discovery[yardstick], factor, limit, n_bytes, text);
        return;
    }
    const struct language_place places[] = {{"low", language_value(page->language, limit->low, low)},
                                            {"high", language_value(page->language, limit->high, high)}};
    enum text words = !limit->has_low ? TEXT_box_most : limit->has_high ? TEXT_box_between : TEXT_box_least;
    language_fill(language_text(page->language, words), 2, places, n_bytes, text);
}

void page_box_conditions(const struct page *page, enum gather_yardstick yardstick, const struct prim_box *box,
                         size_t n_bytes, char *text)
{
    size_t used = 0;
    text[0] = 0;
    for (int f = 0; f < page->gathered->info->n_factors && used < n_bytes; f++) {
        char condition[256];
        if (prim_is_restricted(&box->limits[f])) {
            condition_text(page, yardstick, f, &box->limits[f], sizeof condition, condition);
            used += (size_t)snprintf(text + used, n_bytes - used, "%s%s %s", used > 0 ? ", " : "", page_factor(page, f),
                                     condition);
        }
    }
}

/* Where the condition lies within the range of the factor. */
static void write_where(struct page *page, int factor, const struct prim_limit *limit)
{
    const struct results_info *info = page->gathered->info;
    double low = INFINITY;
    double high = -INFINITY;
    for (int p = 0; p < info->n_points; p++) {
        double value = info->values[(size_t)p * (size_t)info->n_factors + (size_t)factor];
        low = fmin(low, value);
        high = fmax(high, value);
    }
    double width = high > low ? high - low : 1;
    double left = 100 * (limit->low - low) / width;
    html_format(&page->html,
                "<td><span class=\"range\" aria-hidden=\"true\"><i style=\"left:%.1f%%;width:%.1f%%\"></i></span></td>",
                left, fmax(100 * (limit->high - limit->low) / width, 2));
}

static void write_one_box(struct page *page, enum gather_yardstick yardstick, int number)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_condition, TEXT_col_where, TEXT_col_quasi_p};
    const struct prim *prim = &page->gathered->discovery[yardstick].prim;
    const struct prim_box *box = &prim->boxes[number];
    const struct results_info *info = page->gathered->info;
    char numbers[5][LANGUAGE_NUMBER_BYTES];
    language_count(page->language, number + 1, numbers[0]);
    (void)snprintf(numbers[1], sizeof numbers[1], "%.0f", 100 * box->density);
    language_count(page->language, box->n_points, numbers[2]);
    (void)snprintf(numbers[3], sizeof numbers[3], "%.0f", 100 * box->coverage);
    (void)snprintf(numbers[4], sizeof numbers[4], "%.0f", 100.0 * prim->n_cases / prim->n_points);
    const struct language_place places[] = {{"n", numbers[0]},
                                            {"density", numbers[1]},
                                            {"inside", numbers[2]},
                                            {"coverage", numbers[3]},
                                            {"base", numbers[4]}};
    html_raw(&page->html, "<h4>");
    html_fill(&page->html, page->language, TEXT_box_name, 5, places);
    html_raw(&page->html, "</h4><div class=\"scroll\" tabindex=\"0\"><table>\n");
    page_heads(page, 4, heads);
    for (int f = 0; f < info->n_factors; f++) {
        const struct prim_limit *limit = &box->limits[f];
        char condition[256];
        if (prim_is_restricted(limit)) {
            condition_text(page, yardstick, f, limit, sizeof condition, condition);
            html_raw(&page->html, "<tr><th scope=\"row\"><span title=\"");
            html_text(&page->html, language_factor(page->language, info->factors[f]));
            html_raw(&page->html, "\">");
            html_text(&page->html, page_factor(page, f));
            html_raw(&page->html, "</span></th><td>");
            html_text(&page->html, condition);
            html_raw(&page->html, "</td>");
            write_where(page, f, limit);
            html_format(&page->html, "<td class=\"n\">%s</td></tr>\n",
                        language_value(page->language, limit->quasi_p, numbers[0]));
        }
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

static void write_yardstick(struct page *page, enum gather_yardstick yardstick)
{
    const struct gathered *gathered = page->gathered;
    const struct prim *prim = &gathered->discovery[yardstick].prim;
    char cases[LANGUAGE_NUMBER_BYTES];
    char points[LANGUAGE_NUMBER_BYTES];
    if (!gathered->has_discovery[yardstick]) {
        return;
    }
    language_count(page->language, prim->n_cases, cases);
    language_count(page->language, prim->n_points, points);
    const struct language_place places[] = {{"cases", cases},
                                            {"points", points},
                                            {"outcome", page_outcome(page, gathered->yardstick[yardstick])},
                                            {"regime", page_regime(page, gathered->choice.headline)},
                                            {"baseline", page_regime(page, gathered->comparison.baseline)}};
    html_raw(&page->html, "<h3>");
    html_text(&page->html, page_outcome(page, gathered->yardstick[yardstick]));
    html_raw(&page->html, "</h3>\n");
    page_paragraph(page,
                   prim->n_cases == 0                ? TEXT_boxes_nowhere
                   : prim->n_cases == prim->n_points ? TEXT_boxes_everywhere
                   : prim->n_boxes == 0              ? TEXT_boxes_none
                                                     : TEXT_boxes_intro,
                   5, places);
    for (int b = 0; b < prim->n_boxes; b++) {
        write_one_box(page, yardstick, b);
    }
}

void page_boxes(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    if (!gathered->has_discovery[GATHER_LASTING] && !gathered->has_discovery[GATHER_EARLY]) {
        return;
    }
    page_section(page, "failure", TEXT_boxes_title);
    write_yardstick(page, GATHER_LASTING);
    write_yardstick(page, GATHER_EARLY);
    html_raw(&page->html, "</section>\n");
}
