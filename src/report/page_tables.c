/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/verdict.h"

static enum text better_text(int better)
{
    return better > 0 ? TEXT_word_more : better < 0 ? TEXT_word_less : TEXT_word_neither;
}

static void tables_percent_cell(struct page *page, double share, const char *attributes)
{
    char number[LANGUAGE_NUMBER_BYTES];
    if (isnan(share)) {
        html_format(&page->html, "<td class=\"n\"%s></td>", attributes);
        return;
    }
    html_format(&page->html, "<td class=\"n\"%s data-value=\"%.17g\">", attributes, share);
    page_bar(page, share);
    html_text(&page->html, language_number(page->language, 100 * share, 0, 0, number));
    html_raw(&page->html, "%</td>");
}

static void outcomes_interval_cell(struct page *page, const struct estimate *difference, int decimals)
{
    char low[LANGUAGE_NUMBER_BYTES];
    char high[LANGUAGE_NUMBER_BYTES];
    html_raw(&page->html, "<td class=\"n interval\" data-cell=\"interval\"");
    if (!isnan(difference->low)) {
        html_format(&page->html, " data-low=\"%.17g\" data-high=\"%.17g\"", difference->low, difference->high);
    }
    html_raw(&page->html, ">");
    html_text(&page->html, language_number(page->language, difference->low, decimals, 1, low));
    html_raw(&page->html, " … ");
    html_text(&page->html, language_number(page->language, difference->high, decimals, 1, high));
    html_raw(&page->html, "</td>");
}

/* Difference, interval, share and verdict of a regime beside the baseline. */
static void outcomes_difference_cells(struct page *page, const struct paired *paired, int decimals)
{
    page_number_cell(page, paired->difference.mean, decimals, 1, " data-cell=\"difference\"");
    outcomes_interval_cell(page, &paired->difference, decimals);
    tables_percent_cell(page, paired->better_share, " data-cell=\"better_share\"");
    html_format(&page->html, "<td><span class=\"verdict %s\">", page_verdict_class(paired->verdict));
    html_say(&page->html, page->language, verdict_word(paired->verdict));
    html_raw(&page->html, "</span></td></tr>\n");
}

/* The name of an outcome with its unit and which side is better. */
static void outcomes_name(struct page *page, int outcome)
{
    const struct comparison_row *row = &page->gathered->comparison.row[outcome];
    html_raw(&page->html, "<span title=\"");
    html_text(&page->html, outcome < N_OUTCOMES ? language_outcome_description(page->language, outcome) : row->name);
    html_raw(&page->html, "\">");
    html_text(&page->html, page_outcome(page, outcome));
    html_raw(&page->html, "</span> <small>");
    html_text(&page->html, language_unit(page->language, row->unit));
    html_raw(&page->html, "; ");
    html_say(&page->html, page->language, better_text(row->better));
    html_raw(&page->html, "</small></th>");
}

/* Rows of shares say which side is better, so that the script can hold them against another smallest difference. */
static const char *share_mark(const struct comparison_row *row)
{
    return row->better == 0 || strcmp(row->unit, "share") != 0 ? ""
           : row->better > 0                                   ? " data-share=\"1\""
                                                               : " data-share=\"-1\"";
}

/* Two regimes: one row per outcome. */
static void outcomes_pair(struct page *page, int outcome, int decimals)
{
    const struct comparison *comparison = &page->gathered->comparison;
    int base = comparison->baseline;
    const struct comparison_cell *cell = comparison_cell(comparison, outcome, 1 - base);
    html_format(&page->html, "<tr data-outcome=\"%s\" data-regime=\"%d\"%s><th scope=\"row\">",
                comparison->row[outcome].name, 1 - base, share_mark(&comparison->row[outcome]));
    outcomes_name(page, outcome);
    page_number_cell(page, cell->paired.baseline, decimals, 0, " data-cell=\"pair_baseline_mean\"");
    page_number_cell(page, cell->paired.regime, decimals, 0, " data-cell=\"pair_mean\"");
    outcomes_difference_cells(page, &cell->paired, decimals);
}

/* More regimes: a row each, below the outcome. */
static void outcomes_group(struct page *page, int outcome, int decimals)
{
    const struct gathered *gathered = page->gathered;
    html_raw(&page->html, "<tr class=\"group\"><th colspan=\"6\" scope=\"colgroup\">");
    outcomes_name(page, outcome);
    html_raw(&page->html, "</tr>\n");
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        const struct comparison_cell *cell = comparison_cell(&gathered->comparison, outcome, r);
        char mark[64];
        html_format(&page->html,
                    "<tr data-outcome=\"%s\" data-regime=\"%d\"%s><th scope=\"row\" class=\"regime\" "
                    "data-regime-colour=\"%d\">",
                    gathered->comparison.row[outcome].name, r, share_mark(&gathered->comparison.row[outcome]),
                    r % PAGE_COLOURS);
        html_text(&page->html, page_regime(page, r));
        html_raw(&page->html, "</th>");
        int is_baseline = r == gathered->comparison.baseline;
        int is_of_pairs = !is_baseline && cell->paired.difference.n > 0;
        (void)snprintf(mark, sizeof mark, " data-cell=\"%s\" data-of=\"%d\"", is_of_pairs ? "pair_mean" : "mean", r);
        page_number_cell(page, comparison_mean(cell, is_baseline), decimals, 0, mark);
        if (!is_baseline) {
            outcomes_difference_cells(page, &cell->paired, decimals);
        } else {
            html_raw(&page->html, "<td colspan=\"4\" class=\"muted\">");
            html_say(&page->html, page->language, TEXT_word_baseline);
            html_raw(&page->html, "</td></tr>\n");
        }
    }
}

/* What some of the runs lack, below its rows. */
static void outcomes_missing(struct page *page, int outcome, int n_columns)
{
    const struct gathered *gathered = page->gathered;
    char text[VERDICT_MISSING_BYTES];
    if (comparison_lacks(&gathered->comparison, outcome)) {
        verdict_missing(&gathered->comparison, gathered->info, &gathered->study, outcome, page->language, text);
        html_format(&page->html, "<tr data-missing=\"%s\"><td colspan=\"%d\" class=\"muted\">",
                    gathered->comparison.row[outcome].name, n_columns);
        html_text(&page->html, text);
        html_raw(&page->html, "</td></tr>\n");
    }
}

static void outcomes_pair_heads(struct page *page)
{
    static const enum text rest[] = {TEXT_col_difference, TEXT_col_interval, TEXT_col_better_in, TEXT_col_verdict};
    int base = page->gathered->comparison.baseline;
    const int order[] = {base, 1 - base};
    html_raw(&page->html, "<thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_col_outcome);
    html_raw(&page->html, "</th>");
    for (int i = 0; i < 2; i++) {
        html_raw(&page->html, "<th scope=\"col\" class=\"n\">");
        html_text(&page->html, page_regime(page, order[i]));
        html_raw(&page->html, "</th>");
    }
    for (int i = 0; i < 4; i++) {
        html_format(&page->html, "<th scope=\"col\"%s>", i < 3 ? " class=\"n\"" : "");
        html_say(&page->html, page->language, rest[i]);
        html_raw(&page->html, "</th>");
    }
    html_raw(&page->html, "</tr></thead>\n<tbody>\n");
}

void page_outcomes(struct page *page)
{
    static const enum text heads[] = {TEXT_col_regime,   TEXT_col_mean,      TEXT_col_difference,
                                      TEXT_col_interval, TEXT_col_better_in, TEXT_col_verdict};
    const struct gathered *gathered = page->gathered;
    int two = gathered->info->n_regimes == 2;
    struct language_place place = {"baseline", page_regime(page, gathered->comparison.baseline)};
    page_section(page, "outcomes", TEXT_table_title);
    page_paragraph(page, TEXT_table_intro, 1, &place);
    if (!page->is_print && gathered->info->n_regimes > 1) {
        html_raw(&page->html, "<div class=\"controls interactive\" hidden id=\"matters\"></div>\n");
    }
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"outcomes\">\n");
    if (two) {
        outcomes_pair_heads(page);
    } else {
        page_heads(page, 6, heads);
    }
    for (int outcome = 0; outcome < gathered->comparison.n_outcomes; outcome++) {
        double scale = 0;
        long n = 0;
        for (int r = 0; r < gathered->info->n_regimes; r++) {
            const struct estimate *mean = &comparison_cell(&gathered->comparison, outcome, r)->mean;
            scale = fmax(scale, fabs(mean->mean));
            n += mean->n;
        }
        if (n > 0) {
            (two ? outcomes_pair : outcomes_group)(page, outcome, verdict_decimals(scale) + (scale < 10));
            outcomes_missing(page, outcome, two ? 7 : 6);
        }
    }
    html_raw(&page->html, "</tbody></table></div>\n</section>\n");
}

/* ---- regret ---- */

static void regret_outcome(struct page *page, int outcome)
{
    const struct gathered *gathered = page->gathered;
    double requirement = gathered->comparison.requirement[outcome];
    int decimals = verdict_decimals(requirement) + (fabs(requirement) < 10);
    html_raw(&page->html, "<tr class=\"group\"><th colspan=\"6\" scope=\"colgroup\">");
    html_text(&page->html, page_outcome(page, outcome));
    html_raw(&page->html, "</th></tr>\n");
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        const struct robustness *robustness = &comparison_cell(&gathered->comparison, outcome, r)->robustness;
        html_format(&page->html,
                    "<tr data-outcome=\"%s\" data-regime=\"%d\"><th scope=\"row\" class=\"regime\" "
                    "data-regime-colour=\"%d\">",
                    gathered->comparison.row[outcome].name, r, r % PAGE_COLOURS);
        html_text(&page->html, page_regime(page, r));
        html_raw(&page->html, "</th>");
        page_number_cell(page, robustness->regret_mean, decimals, 0, " data-cell=\"regret_mean\"");
        page_number_cell(page, robustness->regret_90, decimals, 0, " data-cell=\"regret_p90\"");
        page_number_cell(page, robustness->regret_max, decimals, 0, " data-cell=\"regret_max\"");
        tables_percent_cell(page, robustness->best_share, " data-cell=\"best_share\"");
        tables_percent_cell(page, robustness->domain, " data-cell=\"domain\"");
        html_raw(&page->html, "</tr>\n");
    }
}

void page_regret(struct page *page)
{
    static const int outcomes[] = {OUTCOME_structural_share, OUTCOME_symptom_year3, OUTCOME_symptom_burden,
                                   OUTCOME_symptom_after};
    static const enum text heads[] = {TEXT_col_regime,     TEXT_col_regret_mean, TEXT_col_regret_90,
                                      TEXT_col_regret_max, TEXT_col_best,        TEXT_col_meets};
    const struct gathered *gathered = page->gathered;
    if (gathered->info->n_points < 2 || gathered->info->n_regimes < 2) {
        return;
    }
    struct language_place place = {"baseline", page_regime(page, gathered->comparison.baseline)};
    page_section(page, "regret", TEXT_regret_title);
    page_paragraph(page, TEXT_regret_intro, 1, &place);
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table>\n");
    page_heads(page, 6, heads);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (!isnan(gathered->comparison.requirement[outcomes[i]])) {
            regret_outcome(page, outcomes[i]);
        }
    }
    html_raw(&page->html, "</tbody></table></div>\n</section>\n");
}
