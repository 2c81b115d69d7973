/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_forest.h"
#include "report/page_parts.h"
#include "report/verdict.h"

/* Between whom: outcomes by pair of sectors, the headline regime against the baseline. */

enum { PAIR_NAME_BYTES = 96 };

struct pair_names {
    char of[N_SECTOR_PAIRS][PAIR_NAME_BYTES];
};

static int pair_row(int outcome)
{
    return outcome_columns[pair_outcome_column(gather_pair_outcomes[outcome], 0)].row;
}

/* "government \u2013 business"; "within business". */
static struct pair_names name_pairs(const struct page *page)
{
    struct pair_names names;
    for (int a = 0; a < N_SECTORS; a++) {
        for (int b = a; b < N_SECTORS; b++) {
            const struct language_place places[] = {{"a", page_sector(page, a)}, {"b", page_sector(page, b)}};
            language_fill(language_text(page->language, a == b ? TEXT_pairs_within : TEXT_pairs_between), 2, places,
                          PAIR_NAME_BYTES, names.of[sector_pair(a, b)]);
        }
    }
    return names;
}

/* What is known of an outcome: of how many pairs, how many of them better and worse, and the one that differs most. */
struct known {
    int n, n_better, n_worse, most;
    double scale; /* the largest mean */
};

static struct known look(const struct paired pairs[N_SECTOR_PAIRS])
{
    struct known known = {0};
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        const struct paired *paired = &pairs[pair];
        if (paired->difference.n > 0) {
            known.most = known.n == 0 || fabs(paired->difference.mean) > fabs(pairs[known.most].difference.mean)
                             ? pair
                             : known.most;
            known.n++;
            known.n_better += paired->verdict == VERDICT_BETTER;
            known.n_worse += paired->verdict == VERDICT_WORSE;
            known.scale = fmax(known.scale, fmax(fabs(paired->regime), fabs(paired->baseline)));
        }
    }
    return known;
}

static int decimals_of(const struct known *known)
{
    return verdict_decimals(known->scale) + (known->scale < 10);
}

static void put_sentence(struct page *page, int outcome, const struct known *known, const struct pair_names *names)
{
    const struct gathered *gathered = page->gathered;
    char counts[3][16];
    char number[LANGUAGE_NUMBER_BYTES];
    const int values[3] = {known->n, known->n_better, known->n_worse};
    for (int i = 0; i < 3; i++) {
        (void)snprintf(counts[i], sizeof counts[i], "%d", values[i]);
    }
    const struct language_place places[] = {
        {"outcome", language_outcome(page->language, pair_row(outcome))},
        {"regime", page_regime(page, gathered->choice.headline)},
        {"baseline", page_regime(page, gathered->comparison.baseline)},
        {"n", counts[0]},
        {"n_better", counts[1]},
        {"n_worse", counts[2]},
        {"most", names->of[known->most]},
        {"difference", language_number(page->language, gathered->sector_pairs[outcome][known->most].difference.mean,
                                       decimals_of(known), 1, number)}};
    html_format(&page->html, "<p data-pairs=\"%s\">", outcome_infos[pair_row(outcome)].name);
    html_fill(&page->html, page->language, TEXT_pairs_sentence, 8, places);
    html_raw(&page->html, "</p>\n");
}

static void draw(struct page *page, int outcome, const struct pair_names *names)
{
    const struct gathered *gathered = page->gathered;
    const struct outcome_info *about = &outcome_infos[pair_row(outcome)];
    const struct language_place places[] = {{"outcome", language_outcome(page->language, pair_row(outcome))},
                                            {"baseline", page_regime(page, gathered->comparison.baseline)},
                                            {"regime", page_regime(page, gathered->choice.headline)}};
    struct forest_row rows[N_SECTOR_PAIRS];
    char id[64];
    char title[512];
    int n = 0;
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        const struct estimate *difference = &gathered->sector_pairs[outcome][pair].difference;
        if (difference->n > 0) {
            rows[n++] = (struct forest_row){.name = names->of[pair],
                                            .style = gathered->choice.headline,
                                            .value = difference->mean,
                                            .low = difference->low,
                                            .high = difference->high};
        }
    }
    (void)snprintf(id, sizeof id, "pairs-%.*s", (int)strcspn(about->name, "_"), about->name);
    language_fill(language_text(page->language, TEXT_pairs_chart), 3, places, sizeof title, title);
    const struct forest forest = {.id = id,
                                  .title = title,
                                  .description = language_outcome_description(page->language, pair_row(outcome)),
                                  .n_letters = 51,
                                  .better = about->better,
                                  .n_rows = n,
                                  .rows = rows};
    html_raw(&page->html, "<figure class=\"chart-figure\"><div class=\"scroll\" tabindex=\"0\">\n");
    forest_draw(&page->html, page->language, &forest);
    html_raw(&page->html, "</div><figcaption>");
    html_text(&page->html, title);
    html_raw(&page->html, "</figcaption></figure>\n");
}

static void put_rows(struct page *page, int outcome, int decimals, const struct pair_names *names)
{
    for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
        const struct paired *paired = &page->gathered->sector_pairs[outcome][pair];
        if (paired->difference.n > 0) {
            html_format(&page->html, "<tr data-pair=\"%s\" data-outcome=\"%s\"><th scope=\"row\">",
                        sector_pair_names[pair], outcome_infos[pair_row(outcome)].name);
            html_text(&page->html, language_outcome(page->language, pair_row(outcome)));
            html_raw(&page->html, "</th><td>");
            html_text(&page->html, names->of[pair]);
            html_raw(&page->html, "</td>");
            page_paired_cells(page, paired, decimals);
        }
    }
}

void page_pairs(struct page *page)
{
    struct known known[GATHER_PAIR_OUTCOMES];
    int n = 0;
    for (int i = 0; i < GATHER_PAIR_OUTCOMES; i++) {
        known[i] = look(page->gathered->sector_pairs[i]);
        n += known[i].n;
    }
    if (n == 0) {
        return;
    }
    const struct pair_names names = name_pairs(page);
    page_section(page, "pairs", TEXT_pairs_title);
    for (int i = 0; i < GATHER_PAIR_OUTCOMES; i++) {
        if (known[i].n > 0) {
            put_sentence(page, i, &known[i], &names);
            draw(page, i, &names);
        }
    }
    page_details(page, " class=\"numbers\"");
    html_say(&page->html, page->language, TEXT_pairs_table);
    html_raw(&page->html, "</summary><div class=\"scroll\" tabindex=\"0\"><table>");
    page_paired_heads(page, TEXT_pairs_pair);
    for (int i = 0; i < GATHER_PAIR_OUTCOMES; i++) {
        put_rows(page, i, decimals_of(&known[i]), &names);
    }
    html_raw(&page->html, "</tbody></table></div></details>\n</section>\n");
}
