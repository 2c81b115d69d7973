/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

/* Who gains and who loses, sector by sector. */

static const char *sector_word(const struct page *page, int sector)
{
    static const enum text words[N_SECTORS] = {TEXT_sector_public, TEXT_sector_private, TEXT_sector_nonprofit,
                                               TEXT_sector_knowledge};
    return language_text(page->language, words[sector]);
}

/* "government and business": the sectors with a verdict; the word for none of them. */
static void list_sectors(const struct page *page, int outcome, enum verdict verdict, size_t n_bytes, char *text)
{
    const char *names[N_SECTORS];
    size_t used = 0;
    int n = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        const struct paired *paired = &page->gathered->sectors[outcome][sector];
        if (paired->difference.n > 0 && paired->verdict == verdict) {
            names[n++] = sector_word(page, sector);
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
    char numbers[2][LANGUAGE_NUMBER_BYTES];
    if (paired->difference.n == 0) {
        return;
    }
    html_format(&page->html, "<tr data-sector=\"%s\" data-outcome=\"%s\"><th scope=\"row\">", sector_names[sector],
                outcome_infos[N_OUTCOMES + (int)gather_sector_outcomes[outcome]].name);
    html_text(&page->html, name);
    html_raw(&page->html, "</th><td>");
    html_text(&page->html, sector_word(page, sector));
    html_raw(&page->html, "</td>");
    page_number_cell(page, paired->baseline, 3, 0, "");
    page_number_cell(page, paired->regime, 3, 0, "");
    page_number_cell(page, paired->difference.mean, 3, 1, "");
    html_format(&page->html, "<td class=\"n interval\">%s \u2026 %s</td><td><span class=\"verdict %s\">",
                language_number(page->language, paired->difference.low, 3, 1, numbers[0]),
                language_number(page->language, paired->difference.high, 3, 1, numbers[1]),
                page_verdict_class(paired->verdict));
    html_say(&page->html, page->language, verdict_word(paired->verdict));
    html_raw(&page->html, "</span></td></tr>\n");
}

static int is_known(const struct gathered *gathered)
{
    int n = 0;
    for (int i = 0; gathered->has_sectors && i < GATHER_SECTOR_OUTCOMES; i++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            n += gathered->sectors[i][sector].difference.n > 0;
        }
    }
    return n > 0;
}

void page_sectors(struct page *page)
{
    static const enum text rest[] = {TEXT_col_difference, TEXT_col_interval, TEXT_col_verdict};
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
    html_raw(html, "</ul>\n<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">");
    html_say(html, page->language, TEXT_col_outcome);
    html_raw(html, "</th><th scope=\"col\">");
    html_say(html, page->language, TEXT_sectors_sector);
    html_raw(html, "</th>");
    const int regimes[] = {gathered->comparison.baseline, gathered->choice.headline};
    for (int i = 0; i < 2; i++) {
        html_raw(html, "<th scope=\"col\" class=\"n\">");
        html_text(html, page_regime(page, regimes[i]));
        html_raw(html, "</th>");
    }
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        html_format(html, "<th scope=\"col\"%s>", rest[i] == TEXT_col_verdict ? "" : " class=\"n\"");
        html_say(html, page->language, rest[i]);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead><tbody>\n");
    for (int i = 0; i < GATHER_SECTOR_OUTCOMES; i++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            put_row(page, i, sector, names[i]);
        }
    }
    html_raw(html, "</tbody></table></div>\n</section>\n");
}
