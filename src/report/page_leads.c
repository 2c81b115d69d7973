/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "report/page_parts.h"

/* Who leads when, in sentences. */

enum { STRETCHES = 3, STRETCHES_BYTES = 256 };

/* "3 to 40, 58 to 60": months in which the band is on one side; "" when it never is. */
static void say_stretches(const struct page *page, const struct band *band, int side, char text[STRETCHES_BYTES])
{
    const int *months = page->gathered->info->months;
    struct stretch stretches[STRETCHES];
    int n = band_stretches(band, side, STRETCHES, stretches);
    size_t used = 0;
    text[0] = 0;
    for (int i = 0; i < n && i < STRETCHES && used < STRETCHES_BYTES; i++) {
        int first = months[stretches[i].first] + 1, last = months[stretches[i].last] + 1;
        used += (size_t)snprintf(text + used, STRETCHES_BYTES - used, "%s%d", i > 0 ? ", " : "", first);
        if (last > first && used < STRETCHES_BYTES) {
            used += (size_t)snprintf(text + used, STRETCHES_BYTES - used, "\u2013%d", last);
        }
    }
    if (n > STRETCHES && used < STRETCHES_BYTES) {
        (void)snprintf(text + used, STRETCHES_BYTES - used, ", \u2026");
    }
}

void page_lead(struct page *page, int course, int regime, int against)
{
    const struct gathered *gathered = page->gathered;
    int turned;
    int pair = gather_pair_find(gathered, regime, against, &turned);
    const struct band *band =
        pair >= 0 && gathered->courses[course].bands != NULL ? &gathered->courses[course].bands[pair] : NULL;
    if (band == NULL || band->n_months == 0) {
        return;
    }
    struct crossover crossover;
    crossover_find(band, &crossover);
    int better = turned * series_infos[gather_courses[course]].better;
    char leads[2][STRETCHES_BYTES];
    char from[32];
    say_stretches(page, band, better, leads[0]);
    say_stretches(page, band, -better, leads[1]);
    int ahead = crossover.leader * better; /* +1: `regime` is ahead in the end */
    (void)snprintf(from, sizeof from, "%d", crossover.from >= 0 ? gathered->info->months[crossover.from] + 1 : 0);
    const struct language_place places[] = {{"series", page_course(page, course)},
                                            {"regime", page_regime(page, regime)},
                                            {"other", page_regime(page, against)},
                                            {"leads", leads[0]},
                                            {"lags", leads[1]},
                                            {"from", from},
                                            {"ahead", page_regime(page, ahead >= 0 ? regime : against)}};
    enum text words = *leads[0] && *leads[1] ? TEXT_lead_both
                      : *leads[0]            ? TEXT_lead_one
                      : *leads[1]            ? TEXT_lead_other
                                             : TEXT_lead_none;
    html_format(&page->html, "<li data-lead=\"%s\" data-regime=\"%d\" data-against=\"%d\">",
                series_infos[gather_courses[course]].name, regime, against);
    html_fill(&page->html, page->language, words, 7, places);
    if (ahead != 0 && (*leads[0] || *leads[1])) {
        html_raw(&page->html, " ");
        html_fill(&page->html, page->language, crossover.from == 0 ? TEXT_turn_never : TEXT_turn_month, 7, places);
    }
    html_raw(&page->html, "</li>\n");
}

void page_leads(struct page *page)
{
    const struct gather_choice *choice = &page->gathered->choice;
    if (choice->against < 0 || page->gathered->info->n_months == 0) {
        return;
    }
    html_raw(&page->html, "<ul class=\"leads\">\n");
    for (int course = GATHER_BANDS - 1; course >= 0; course--) { /* early relief first, as it comes first */
        page_lead(page, course, choice->best, choice->against);
        if (choice->early_best >= 0 && choice->early_best != choice->best && choice->early_best != choice->against) {
            page_lead(page, course, choice->best, choice->early_best);
        }
    }
    html_raw(&page->html, "</ul>\n");
}
