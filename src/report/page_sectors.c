/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "report/page_parts.h"

/* Who gains and who loses, sector by sector. */

/* "government and business": the sectors with a verdict; the word for none of them. */
static void list_sectors(const struct page *page, int outcome, enum verdict verdict, size_t n_bytes, char *text)
{
    const char *names[N_SECTORS];
    size_t used = 0;
    int n = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        const struct paired *paired = &page->gathered->sectors[outcome][sector];
        if (paired->difference.n > 0 && paired->verdict == verdict) {
            names[n++] = page_sector(page, sector);
        }
    }
    (void)snprintf(text, n_bytes, "%s", language_text(page->language, TEXT_sectors_nobody));
    for (int i = 0; i < n && used < n_bytes; i++) {
        int last = i > 0 && i + 1 == n;
        used += (size_t)snprintf(text + used, n_bytes - used, "%s%s%s%s",
                                 i == 0 ? ""
                                 : last ? " "
                                        : ", ",
                                 last ? language_text(page->language, TEXT_list_and) : "", last ? " " : "", names[i]);
    }
}

static void put_sentence(struct page *page, int outcome, const char *name)
{
    const struct gathered *gathered = page->gathered;
    char better[256];
    char worse[256];
    list_sectors(page, outcome, VERDICT_BETTER, sizeof better, better);
    list_sectors(page, outcome, VERDICT_WORSE, sizeof worse, worse);
    const struct language_place places[] = {{"outcome", name},
                                            {"regime", page_regime(page, gathered->choice.headline)},
                                            {"baseline", page_regime(page, gathered->comparison.baseline)},
                                            {"better", better},
                                            {"worse", worse}};
    html_format(&page->html, "<li data-sectors=\"%s\">", name);
    html_fill(&page->html, page->language, TEXT_sectors_sentence, 5, places);
    html_raw(&page->html, "</li>\n");
}

static void put_row(struct page *page, int outcome, int sector, const char *name)
{
    const struct paired *paired = &page->gathered->sectors[outcome][sector];
    if (paired->difference.n == 0) {
        return;
    }
    html_format(&page->html, "<tr data-sector=\"%s\" data-outcome=\"%s\"><th scope=\"row\">", sector_names[sector],
                outcome_infos[N_OUTCOMES + (int)gather_sector_outcomes[outcome]].name);
    html_text(&page->html, name);
    html_raw(&page->html, "</th><td>");
    html_text(&page->html, page_sector(page, sector));
    html_raw(&page->html, "</td>");
    page_paired_cells(page, paired, 3);
}

static int is_known(const struct gathered *gathered)
{
    int n = 0;
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            n += gathered->sectors[i][sector].difference.n > 0;
        }
    }
    return n > 0;
}

void page_sectors(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    struct html *html = &page->html;
    const char *names[GATHER_SECTOR_OUTCOMES];
    if (!is_known(gathered)) {
        return;
    }
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        names[i] = language_outcome(page->language, N_OUTCOMES + (int)gather_sector_outcomes[i]);
    }
    page_section(page, "sectors", TEXT_sectors_title);
    html_raw(html, "<ul>\n");
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        put_sentence(page, i, names[i]);
    }
    html_raw(html, "</ul>\n<div class=\"scroll\" tabindex=\"0\"><table>");
    page_paired_heads(page, TEXT_sectors_sector);
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            put_row(page, i, sector, names[i]);
        }
    }
    html_raw(html, "</tbody></table></div>\n</section>\n");
}
