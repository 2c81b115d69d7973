/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

static void answer_sentences(struct page *page, int regime, const char *class)
{
    struct verdict_text text;
    verdict_write(&page->gathered->comparison, page->gathered->info, regime, OUTCOME_structural_share, page->language,
                  &text);
    html_format(&page->html, "<div class=\"%s\">", class);
    for (int i = 0; i < text.n; i++) {
        html_raw(&page->html, "<p>");
        html_text(&page->html, text.sentence[i]);
        html_raw(&page->html, "</p>");
    }
    html_raw(&page->html, "</div>\n");
}

/* The outcomes with one verdict, as a list with differences. */
static void answer_list(struct page *page, int regime, enum verdict verdict)
{
    const struct comparison *comparison = &page->gathered->comparison;
    int n = 0;
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, regime);
        if (paired_verdict(&cell->paired) != verdict || outcome_infos[outcome].better == 0 ||
            cell->paired.difference.n == 0) {
            continue;
        }
        char number[LANGUAGE_NUMBER_BYTES];
        html_raw(&page->html, n++ == 0 ? "<ul><li>" : "<li>");
        html_text(&page->html, language_outcome(page->language, outcome));
        html_raw(&page->html, " <span class=\"n\">");
        double difference = cell->paired.difference.mean;
        int decimals = verdict_decimals(cell->mean.mean) + (fabs(difference) < 0.005);
        html_text(&page->html, language_number(page->language, difference, decimals, 1, number));
        html_raw(&page->html, "</span></li>");
    }
    if (n > 0) {
        html_raw(&page->html, "</ul>");
    } else {
        html_raw(&page->html, "<p>");
        html_say(&page->html, page->language, TEXT_sides_nothing);
        html_raw(&page->html, "</p>");
    }
}

static void answer_side(struct page *page, const char *name, int regime, enum verdict verdict, int colour)
{
    struct language_place place = {"regime", name};
    html_format(&page->html, "<div class=\"side\" data-regime-colour=\"%d\"><h4>",
                colour < 0 ? colour : colour % PAGE_COLOURS);
    if (verdict == VERDICT_UNCLEAR) {
        html_say(&page->html, page->language, TEXT_sides_unclear);
    } else {
        html_fill(&page->html, page->language, TEXT_sides_leads, 1, &place);
    }
    html_raw(&page->html, "</h4>");
    answer_list(page, regime, verdict);
    html_raw(&page->html, "</div>");
}

static void answer_sides(struct page *page, int regime)
{
    const struct results_info *info = page->gathered->info;
    int baseline = page->gathered->comparison.baseline;
    html_raw(&page->html, "<h3>");
    html_say(&page->html, page->language, TEXT_sides_title);
    html_raw(&page->html, "</h3><div class=\"sides\">");
    answer_side(page, info->regimes[regime], regime, VERDICT_BETTER, regime);
    answer_side(page, info->regimes[baseline], regime, VERDICT_WORSE, baseline);
    answer_side(page, "", regime, VERDICT_UNCLEAR, -1);
    html_raw(&page->html, "</div>\n");
}

void page_answer(struct page *page)
{
    const struct results_info *info = page->gathered->info;
    int baseline = page->gathered->comparison.baseline;
    int headline = gather_headline(page->gathered);
    page_section(page, "answer", TEXT_answer_title);
    if (info->n_regimes < 2) {
        struct language_place place = {"regime", info->regimes[0]};
        page_paragraph(page, TEXT_answer_alone, 1, &place);
    } else {
        answer_sentences(page, headline, "answer");
        answer_sides(page, headline);
    }
    if (info->n_regimes > 2) {
        struct language_place place = {"baseline", info->regimes[baseline]};
        html_raw(&page->html, "<details><summary>");
        html_fill(&page->html, page->language, TEXT_answer_other, 1, &place);
        html_raw(&page->html, "</summary>\n");
        for (int r = 0; r < info->n_regimes; r++) {
            if (r != baseline && r != headline) {
                html_raw(&page->html, "<h3>");
                html_text(&page->html, info->regimes[r]);
                html_raw(&page->html, "</h3>");
                answer_sentences(page, r, "also");
            }
        }
        html_raw(&page->html, "</details>\n");
    }
    html_raw(&page->html, "</section>\n");
}

/* ---- who leads from when on ---- */

static enum text crossover_text(const struct crossover *crossover)
{
    if (crossover->leader == 0) {
        return TEXT_cross_equal;
    }
    if (crossover->clear_from < 0) {
        return TEXT_cross_unclear;
    }
    return crossover->from == 0 ? TEXT_cross_from_start : TEXT_cross_clear;
}

static void crossover_item(struct page *page, int series, int regime, const struct band *band)
{
    const struct results_info *info = page->gathered->info;
    struct crossover crossover;
    crossover_find(band, &crossover);
    const char *names[2] = {info->regimes[regime], info->regimes[page->gathered->comparison.baseline]};
    int baseline_leads = crossover.leader * series_infos[series].better < 0;
    char from[32];
    char clear[32];
    (void)snprintf(from, sizeof from, "%d", crossover.from >= 0 ? info->months[crossover.from] + 1 : 0);
    (void)snprintf(clear, sizeof clear, "%d", crossover.clear_from >= 0 ? info->months[crossover.clear_from] + 1 : 0);
    const struct language_place places[] = {{"series", language_series(page->language, series)},
                                            {"regime", names[0]},
                                            {"baseline", names[1]},
                                            {"leader", names[baseline_leads]},
                                            {"other", names[!baseline_leads]},
                                            {"from", from},
                                            {"clear", clear}};
    html_raw(&page->html, "<li>");
    html_fill(&page->html, page->language, crossover_text(&crossover), 7, places);
    html_raw(&page->html, "</li>");
}

void page_crossover(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    int careful = 0;
    html_raw(&page->html, "<ul class=\"crossover\">");
    for (int i = 0; i < GATHER_BANDS; i++) {
        for (int r = 0; r < gathered->info->n_regimes; r++) {
            const struct band *band = &gathered->bands[i * gathered->info->n_regimes + r];
            if (band->n_months > 0) {
                crossover_item(page, gather_bands[i], r, band);
                careful |= !band->simultaneous_by_bootstrap;
            }
        }
    }
    html_raw(&page->html, "</ul>\n");
    if (careful) {
        page_paragraph(page, TEXT_cross_careful, 0, NULL);
    }
}
