/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

/* Over a posterior: how much of a difference is luck, how much is not known, and what each theory makes of it. */

static void percent_cell(struct page *page, double share)
{
    char number[LANGUAGE_NUMBER_BYTES];
    html_raw(&page->html, "<td class=\"n\" data-cell=\"ahead_share\"");
    if (!isnan(share)) {
        html_format(&page->html, " data-value=\"%.17g\"", share);
    }
    html_raw(&page->html, ">");
    html_text(&page->html, language_number(page->language, 100 * share, 0, 0, number));
    html_raw(&page->html, isnan(share) ? "</td>" : "%</td>");
}

/* One row: over all points (theory -1), or under a theory. */
static void doubt_row(struct page *page, int outcome, int regime, int theory)
{
    const struct doubt *doubt = comparison_doubt(&page->gathered->comparison, outcome, regime, theory);
    double scale = fmax(fabs(doubt->low), fabs(doubt->high));
    int decimals = verdict_decimals(scale) + (scale < 10);
    char ends[2][LANGUAGE_NUMBER_BYTES];
    html_format(&page->html, "<tr data-doubt=\"%s\" data-regime=\"%d\"", outcome_infos[outcome].name, regime);
    if (theory >= 0) {
        html_format(&page->html, " data-theory=\"%s\"", theory_names[theory]);
    }
    html_format(&page->html, "><th scope=\"row\"%s>", theory >= 0 ? " class=\"regime\"" : "");
    html_text(&page->html, theory >= 0 ? language_theory(page->language, theory) : page_outcome(page, outcome));
    html_raw(&page->html, "</th>");
    page_number_cell(page, doubt->n_points, 0, 0, "");
    page_number_cell(page, doubt->mean, decimals, 1, " data-cell=\"difference\"");
    html_format(&page->html, "<td class=\"n interval\" data-cell=\"middle\" data-low=\"%.17g\" data-high=\"%.17g\">",
                doubt->low, doubt->high);
    html_text(&page->html, language_number(page->language, doubt->low, decimals, 1, ends[0]));
    html_raw(&page->html, " … ");
    html_text(&page->html, language_number(page->language, doubt->high, decimals, 1, ends[1]));
    html_raw(&page->html, "</td>");
    percent_cell(page, doubt->ahead);
    page_number_cell(page, doubt->luck, decimals, 0, " data-cell=\"luck_sd\"");
    page_number_cell(page, doubt->unknown, decimals, 0, " data-cell=\"unknown_sd\"");
    html_raw(&page->html, "</tr>\n");
}

static void doubt_sentences(struct page *page, int outcome, int regime)
{
    const struct comparison *comparison = &page->gathered->comparison;
    const struct doubt *doubt = comparison_doubt(comparison, outcome, regime, -1);
    enum language language = page->language;
    char numbers[5][LANGUAGE_NUMBER_BYTES];
    const struct language_place places[] = {
        {"outcome", page_outcome(page, outcome)},
        {"regime", page_regime(page, regime)},
        {"baseline", page_regime(page, comparison->baseline)},
        {"ahead", language_number(language, 100 * doubt->ahead, 0, 0, numbers[0])},
        {"more", language_number(language, 100 * doubt->ahead_matters, 0, 0, numbers[1])},
        {"less", language_number(language, 100 * doubt->behind_matters, 0, 0, numbers[2])},
        {"matters", language_value(language, comparison_cell(comparison, outcome, regime)->paired.matters, numbers[3])},
        {"unknown", language_number(language, 100 * doubt->unknown_share, 0, 0, numbers[4])}};
    html_format(&page->html, "<p data-doubts=\"%s\" data-regime=\"%d\">", outcome_infos[outcome].name, regime);
    html_fill(&page->html, language, TEXT_doubt_ahead, 8, places);
    html_raw(&page->html, " ");
    html_fill(&page->html, language, isnan(doubt->unknown_share) ? TEXT_doubt_one : TEXT_doubt_share, 8, places);
    html_raw(&page->html, "</p>\n");
}

static void doubt_table(struct page *page, int regime)
{
    static const enum text heads[] = {TEXT_col_outcome,  TEXT_col_points, TEXT_col_difference, TEXT_col_middle,
                                      TEXT_col_ahead_in, TEXT_col_luck,   TEXT_col_unknown};
    const struct gathered *gathered = page->gathered;
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"doubts\">\n");
    page_heads(page, 7, heads);
    for (int i = 0; i < GATHER_YARDSTICKS; i++) {
        int outcome = gathered->yardstick[i];
        if (comparison_doubt(&gathered->comparison, outcome, regime, -1)->n_points == 0) {
            continue;
        }
        doubt_row(page, outcome, regime, -1);
        for (int theory = 0; gathered->comparison.n_theories > 1 && theory < N_THEORIES; theory++) {
            if (comparison_doubt(&gathered->comparison, outcome, regime, theory)->n_points > 0) {
                doubt_row(page, outcome, regime, theory);
            }
        }
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

int page_has_doubts(const struct page *page)
{
    return page->gathered->comparison.doubts != NULL && page->gathered->info->n_regimes > 1;
}

void page_doubts(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    int baseline = gathered->comparison.baseline;
    char points[LANGUAGE_NUMBER_BYTES];
    if (!page_has_doubts(page)) {
        return;
    }
    language_count(page->language, gathered->info->n_points, points);
    const struct language_place places[] = {{"points", points}, {"baseline", page_regime(page, baseline)}};
    page_section(page, "doubt", TEXT_doubt_title);
    page_paragraph(page, TEXT_doubt_intro, 2, places);
    for (int regime = 0; regime < gathered->info->n_regimes; regime++) {
        if (regime == baseline) {
            continue;
        }
        html_raw(&page->html, "<h3>");
        html_text(&page->html, page_regime(page, regime));
        html_raw(&page->html, "</h3>\n");
        for (int i = 0; i < GATHER_YARDSTICKS; i++) {
            if (comparison_doubt(&gathered->comparison, gathered->yardstick[i], regime, -1)->n_points > 0) {
                doubt_sentences(page, gathered->yardstick[i], regime);
            }
        }
        doubt_table(page, regime);
    }
    html_raw(&page->html, "</section>\n");
}
