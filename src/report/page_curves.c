/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/chart_curve.h"
#include "report/page_parts.h"
#include "report/verdict.h"

/* How a quantity goes with each of its drivers: a curve over the levels of a factor. */

enum { CURVES = 6 }; /* factors that are drawn, the strongest ones */

static const struct cell *level_cells(const struct page *page, int driven, int factor)
{
    return page->gathered->curves[driven] + (size_t)factor * GATHER_LEVELS;
}

/* The range of all curves of a quantity, which share one scale. */
static void find_range(const struct page *page, int driven, int n, const int *order, double *bottom, double *top)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (int i = 0; i < n; i++) {
        const struct cell *cells = level_cells(page, driven, order[i]);
        for (int level = 0; level < page->gathered->axes[order[i]].n; level++) {
            low = fmin(low, fmin(cells[level].mean, cells[level].low));
            high = fmax(high, fmax(cells[level].mean, cells[level].high));
        }
    }
    int has_zero = gather_driven[driven].is_difference;
    low = has_zero ? fmin(low, 0) : low;
    high = has_zero ? fmax(high, 0) : high;
    double margin = fmax(0.05 * (high - low), 1e-3);
    *bottom = isfinite(low) ? low - margin : 0;
    *top = isfinite(high) ? high + margin : 1;
}

static void draw_one(struct page *page, int driven, int factor, double bottom, double top)
{
    const struct axis *axis = &page->gathered->axes[factor];
    const struct cell *cells = level_cells(page, driven, factor);
    double x[GATHER_LEVELS];
    double mean[GATHER_LEVELS];
    double low[GATHER_LEVELS];
    double high[GATHER_LEVELS];
    char words[GATHER_LEVELS][PAGE_LEVEL_BYTES];
    char middles[GATHER_LEVELS][LANGUAGE_NUMBER_BYTES];
    const char *names[GATHER_LEVELS];
    char id[48];
    (void)snprintf(id, sizeof id, "curve-%d-%d", driven, factor);
    for (int level = 0; level < axis->n; level++) {
        x[level] =
            axis->is_log ? sqrt(axis->low[level] * axis->high[level]) : (axis->low[level] + axis->high[level]) / 2;
        mean[level] = cells[level].mean;
        low[level] = cells[level].low;
        high[level] = cells[level].high;
        names[level] = axis->is_binned ? language_value(page->language, x[level], middles[level])
                                       : page_level(page, factor, level, words[level]);
    }
    const struct curve curve = {.id = id,
                                .title = page_factor(page, factor),
                                .description = language_factor(page->language, page->gathered->info->factors[factor]),
                                .unit =
                                    language_unit(page->language, outcome_infos[gather_driven[driven].outcome].unit),
                                .is_log = axis->is_log,
                                .is_named = axis->is_named,
                                .n = axis->n,
                                .x = x,
                                .names = names,
                                .mean = mean,
                                .low = low,
                                .high = high,
                                .bottom = bottom,
                                .top = top,
                                .has_zero = gather_driven[driven].is_difference};
    html_raw(&page->html, "<figure class=\"chart-figure\">\n");
    curve_draw(&page->html, page->language, &curve);
    html_raw(&page->html, "</figure>\n");
}

static void put_numbers(struct page *page, int driven, int n, const int *order)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_level, TEXT_col_mean, TEXT_col_interval};
    page_details(page, " class=\"numbers\"");
    html_say(&page->html, page->language, TEXT_curves_table);
    html_raw(&page->html, "</summary><div class=\"scroll\" tabindex=\"0\"><table class=\"curves\">\n");
    page_heads(page, 4, heads);
    for (int i = 0; i < n; i++) {
        const struct cell *cells = level_cells(page, driven, order[i]);
        for (int level = 0; level < page->gathered->axes[order[i]].n; level++) {
            char words[PAGE_LEVEL_BYTES];
            char numbers[2][LANGUAGE_NUMBER_BYTES];
            int decimals = verdict_decimals(cells[level].mean) + (fabs(cells[level].mean) < 10);
            const struct axis *axis = &page->gathered->axes[order[i]];
            html_format(&page->html, "<tr data-driven=\"%d\" data-factor=\"", driven);
            html_text(&page->html, page->gathered->info->factors[order[i]]);
            html_format(&page->html, "\" data-from=\"%.17g\" data-to=\"%.17g\">", axis->low[level], axis->high[level]);
            html_raw(&page->html, "<th scope=\"row\">");
            html_text(&page->html, page_factor(page, order[i]));
            html_raw(&page->html, "</th><td class=\"n\">");
            html_text(&page->html, page_level(page, order[i], level, words));
            html_raw(&page->html, "</td>");
            page_number_cell(page, cells[level].mean, decimals, gather_driven[driven].is_difference, "");
            html_format(&page->html, "<td class=\"n interval\">%s \u2026 %s</td></tr>\n",
                        language_number(page->language, cells[level].low, decimals, 1, numbers[0]),
                        language_number(page->language, cells[level].high, decimals, 1, numbers[1]));
        }
    }
    html_raw(&page->html, "</tbody></table></div></details>\n");
}

void page_curves(struct page *page, int driven, int n_factors, const int *order)
{
    int n = n_factors < CURVES ? n_factors : CURVES;
    double bottom;
    double top;
    if (page->gathered->curves[driven] == NULL) {
        return;
    }
    find_range(page, driven, n, order, &bottom, &top);
    page_paragraph(page, TEXT_curves_intro, 0, NULL);
    html_raw(&page->html, "<div class=\"multiples\">\n");
    for (int i = 0; i < n; i++) {
        draw_one(page, driven, order[i], bottom, top);
    }
    html_raw(&page->html, "</div>\n");
    put_numbers(page, driven, n, order);
}
