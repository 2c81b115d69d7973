/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"

static void write_condition(struct page *page, int factor, const struct prim_limit *limit)
{
    char names[256];
    char low[32];
    char high[32];
    (void)snprintf(low, sizeof low, "%.3g", limit->low);
    (void)snprintf(high, sizeof high, "%.3g", limit->high);
    const struct language_place places[] = {{"low", low}, {"high", high}};
    html_raw(&page->html, "<td>");
    if (limit->is_chosen) {
        discovery_categories(&page->gathered->discovery, factor, limit, sizeof names, names);
        html_text(&page->html, names);
    } else if (limit->has_low && limit->has_high) {
        html_fill(&page->html, page->language, TEXT_box_between, 2, places);
    } else if (limit->has_low) {
        html_fill(&page->html, page->language, TEXT_box_least, 1, places);
    } else {
        const struct language_place place = {"high", high};
        html_fill(&page->html, page->language, TEXT_box_most, 1, &place);
    }
    html_raw(&page->html, "</td>");
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

static void write_one_box(struct page *page, int number)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_condition, TEXT_col_where, TEXT_col_quasi_p};
    const struct prim_box *box = &page->gathered->discovery.prim.boxes[number];
    const struct results_info *info = page->gathered->info;
    char numbers[4][32];
    (void)snprintf(numbers[0], sizeof numbers[0], "%d", number + 1);
    (void)snprintf(numbers[1], sizeof numbers[1], "%.0f", 100 * box->density);
    (void)snprintf(numbers[2], sizeof numbers[2], "%d", box->n_points);
    (void)snprintf(numbers[3], sizeof numbers[3], "%.0f", 100 * box->coverage);
    const struct language_place places[] = {
        {"n", numbers[0]}, {"density", numbers[1]}, {"inside", numbers[2]}, {"coverage", numbers[3]}};
    html_raw(&page->html, "<h3>");
    html_fill(&page->html, page->language, TEXT_box_name, 4, places);
    html_raw(&page->html, "</h3><div class=\"scroll\" tabindex=\"0\"><table>\n");
    page_heads(page, 4, heads);
    for (int f = 0; f < info->n_factors; f++) {
        const struct prim_limit *limit = &box->limits[f];
        if (prim_is_restricted(limit)) {
            html_raw(&page->html, "<tr><th scope=\"row\"><span title=\"");
            html_text(&page->html, language_factor(page->language, info->factors[f]));
            html_raw(&page->html, "\">");
            html_text(&page->html, info->factors[f]);
            html_raw(&page->html, "</span></th>");
            write_condition(page, f, limit);
            write_where(page, f, limit);
            html_format(&page->html, "<td class=\"n\">%.1g</td></tr>\n", limit->quasi_p);
        }
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

void page_boxes(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct prim *prim = &gathered->discovery.prim;
    if (!gathered->has_discovery) {
        return;
    }
    char cases[32];
    char points[32];
    (void)snprintf(cases, sizeof cases, "%d", prim->n_cases);
    (void)snprintf(points, sizeof points, "%d", prim->n_points);
    const struct language_place places[] = {{"cases", cases},
                                            {"points", points},
                                            {"regime", gathered->info->regimes[gathered->choice.headline]},
                                            {"baseline", gathered->info->regimes[gathered->comparison.baseline]}};
    page_section(page, "failure", TEXT_boxes_title);
    page_paragraph(page,
                   prim->n_cases == 0                ? TEXT_boxes_nowhere
                   : prim->n_cases == prim->n_points ? TEXT_boxes_everywhere
                   : prim->n_boxes == 0              ? TEXT_boxes_none
                                                     : TEXT_boxes_intro,
                   4, places);
    for (int b = 0; b < prim->n_boxes; b++) {
        write_one_box(page, b);
    }
    html_raw(&page->html, "</section>\n");
}
