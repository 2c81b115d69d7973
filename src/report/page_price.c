/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"

/* The price of the first three years: what the best regime on the lasting result costs, or gives, before that. */

enum { PRICE_YEARS = 3 };

static void price_cell(struct page *page, const struct band *band, int turned, int m, const char *series)
{
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    double low = turned > 0 ? band->low[m] : -band->high[m];
    double high = turned > 0 ? band->high[m] : -band->low[m];
    const double values[] = {turned * band->difference[m], low, high};
    for (int i = 0; i < 3; i++) {
        language_number(page->language, values[i], 2, 1, numbers[i]);
    }
    html_format(&page->html, "<td class=\"n\" data-price=\"%s\" data-month=\"%d\" data-value=\"%.9g\">%s", series,
                page->gathered->info->months[m] + 1, values[0], numbers[0]);
    html_format(&page->html, " <small>[%s; %s]</small></td>", numbers[1], numbers[2]);
}

void page_price(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct results_info *info = gathered->info;
    const struct gather_choice *choice = &gathered->choice;
    int turned = 1;
    int pair = choice->against < 0 ? -1 : gather_pair_find(gathered, choice->best, choice->against, &turned);
    if (pair < 0 || info->n_months == 0 || gathered->courses[0].bands[pair].n_months == 0) {
        return;
    }
    const struct language_place places[] = {{"regime", page_regime(page, choice->best)},
                                            {"baseline", page_regime(page, choice->against)}};
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"price\"><caption>");
    html_fill(&page->html, page->language, TEXT_price_caption, 2, places);
    html_raw(&page->html, "</caption><thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_price_after);
    html_raw(&page->html, "</th>");
    for (int course = GATHER_BANDS - 1; course >= 0; course--) {
        html_raw(&page->html, "<th scope=\"col\" class=\"n\">");
        html_text(&page->html, page_course(page, course));
        html_raw(&page->html, "</th>");
    }
    html_raw(&page->html, "</tr></thead><tbody>\n");
    int last = -1;
    for (int year = 1; year <= PRICE_YEARS + 1; year++) { /* the last row: the end */
        int m = info->n_months - 1;
        for (; year <= PRICE_YEARS && m > last && info->months[m] + 1 > 12 * year; m--) {
        }
        if (m <= last) {
            continue;
        }
        last = m;
        char month[32];
        (void)snprintf(month, sizeof month, "%d", info->months[m] + 1);
        const struct language_place place = {"month", month};
        html_raw(&page->html, "<tr><th scope=\"row\">");
        html_fill(&page->html, page->language, TEXT_price_month, 1, &place);
        html_raw(&page->html, "</th>");
        for (int course = GATHER_BANDS - 1; course >= 0; course--) {
            price_cell(page, &gathered->courses[course].bands[pair], turned, m,
                       series_infos[gather_courses[course]].name);
        }
        html_raw(&page->html, "</tr>\n");
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}
