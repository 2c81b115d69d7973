/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "build_info.h"
#include "report/assets.h"
#include "report/chart.h"
#include "report/page.h"
#include "report/page_parts.h"
#include "report/verdict.h"

/* One side of paper for who has to decide. */

enum {
    SUMMARY_OPTIONS = 6,
    SUMMARY_ROOMY = 4
}; /* most options in the table but the baseline; up to so many leave room */

static void summary_heading(struct page *page, enum text title)
{
    html_raw(&page->html, "<h2>");
    html_say(&page->html, page->language, title);
    html_raw(&page->html, "</h2>\n");
}

static void summary_head(struct page *page)
{
    struct html *html = &page->html;
    const struct gathered *gathered = page->gathered;
    char date[16];
    page_date(page, sizeof date, date);
    page_head(html, page->language, "style-src 'unsafe-inline'");
    html_text(html, page_title(page));
    html_raw(html, "</title>\n<style>\n");
    html_raw(html, asset_summary_css);
    html_raw(html, "</style>\n</head>\n<body>\n");
    html_raw(html, gathered->info->n_regimes > SUMMARY_ROOMY ? "<main class=\"dense\">\n" : "<main>\n");
    html_raw(html, "<header><p class=\"kind\">");
    html_say(html, page->language, TEXT_summary_kind);
    html_raw(html, "</p><h1>");
    html_text(html, page_title(page));
    html_raw(html, "</h1>\n<p class=\"facts\">");
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    language_count(page->language, gathered->info->n_done, numbers[0]);
    language_count(page->language, gathered->info->n_points, numbers[1]);
    (void)snprintf(numbers[2], sizeof numbers[2], "%d", gathered->study.parameters.months);
    const struct language_place places[] = {
        {"date", date}, {"runs", numbers[0]}, {"points", numbers[1]}, {"months", numbers[2]}};
    html_fill(html, page->language, gathered->info->n_points > 1 ? TEXT_summary_facts : TEXT_summary_facts_one, 4,
              places);
    html_raw(html, "</p></header>\n");
}

/* "better", with the difference and its range, of a regime against the baseline. */
static void option_cell(struct page *page, int outcome, int regime)
{
    const struct gathered *gathered = page->gathered;
    const struct comparison_cell *cell = comparison_cell(&gathered->comparison, outcome, regime);
    const struct estimate *difference = &cell->paired.difference;
    char numbers[4][LANGUAGE_NUMBER_BYTES];
    html_format(&page->html, "<td class=\"n\" data-outcome=\"%s\" data-regime=\"%d\">%s</td><td>",
                outcome_infos[outcome].name, regime,
                language_number(page->language, comparison_mean(cell, regime == gathered->comparison.baseline), 2, 0,
                                numbers[0]));
    if (regime == gathered->comparison.baseline) {
        html_say(&page->html, page->language, TEXT_word_baseline);
    } else {
        html_raw(&page->html, "<strong>");
        html_say(&page->html, page->language, verdict_word(cell->paired.verdict));
        html_format(&page->html, "</strong> %s [%s; %s]",
                    language_number(page->language, difference->mean, 2, 1, numbers[1]),
                    language_number(page->language, difference->low, 2, 1, numbers[2]),
                    language_number(page->language, difference->high, 2, 1, numbers[3]));
    }
    html_raw(&page->html, "</td>");
}

static void summary_options(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct ranking *ranking = &gathered->rankings[GATHER_LASTING];
    int baseline = gathered->comparison.baseline;
    const struct language_place place = {"baseline", page_regime(page, baseline)};
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"options\"><caption>");
    html_fill(&page->html, page->language, TEXT_summary_options_caption, 1, &place);
    html_raw(&page->html,
             "</caption><colgroup><col style=\"width:13mm\"><col style=\"width:42mm\"><col style=\"width:10mm\"><col>"
             "<col style=\"width:10mm\"><col></colgroup><thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_col_place);
    html_raw(&page->html, "</th><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_col_regime);
    html_raw(&page->html, "</th>");
    for (int i = 0; i < GATHER_YARDSTICKS; i++) {
        html_raw(&page->html, "<th scope=\"col\" colspan=\"2\">");
        html_text(&page->html, page_outcome(page, gathered->yardstick[i]));
        html_raw(&page->html, " (");
        html_say(&page->html, page->language, i == GATHER_LASTING ? TEXT_word_more : TEXT_word_less);
        html_raw(&page->html, ")</th>");
    }
    html_raw(&page->html, "</tr></thead><tbody>\n");
    int shown = 0;
    for (int i = 0; i < gathered->info->n_regimes; i++) {
        int regime = ranking->order[i];
        if (shown == SUMMARY_OPTIONS && regime != baseline) {
            continue;
        }
        shown += regime != baseline;
        html_raw(&page->html, "<tr>");
        page_place_cell(page, ranking, regime);
        html_raw(&page->html, "<th scope=\"row\">");
        html_text(&page->html, page_regime(page, regime));
        html_raw(&page->html, "</th>");
        for (int k = 0; k < GATHER_YARDSTICKS; k++) {
            option_cell(page, gathered->yardstick[k], regime);
        }
        html_raw(&page->html, "</tr>\n");
    }
    html_raw(&page->html, "</tbody></table></div>\n");
    if (gathered->info->n_regimes > shown + 1) {
        char number[LANGUAGE_NUMBER_BYTES];
        language_count(page->language, gathered->info->n_regimes - shown - 1, number);
        const struct language_place more = {"n", number};
        page_paragraph(page, TEXT_summary_more, 1, &more);
    }
}

/* Two small charts, of early relief and the lasting result, with at most the three regimes that the answer is about. */
static void summary_charts(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct gather_choice *choice = &gathered->choice;
    const int regimes[3] = {choice->best, choice->against, choice->early_best};
    if (gathered->info->n_months == 0 || choice->best < 0) {
        return;
    }
    html_raw(&page->html, "<div class=\"charts\">\n");
    for (int course = GATHER_BANDS - 1; course >= 0; course--) {
        char id[32];
        (void)snprintf(id, sizeof id, "summary-%d", course);
        struct chart chart = page_chart(page, course, id);
        chart.is_small = 1;
        for (int i = 0; i < 3; i++) {
            int again = regimes[i] < 0 || (i > 0 && regimes[i] == regimes[0]) || (i > 1 && regimes[i] == regimes[1]);
            if (!again) {
                chart.lines[chart.n_lines++] = page_chart_line(page, course, regimes[i]);
            }
        }
        page_chart_draw(page, &chart);
    }
    html_raw(&page->html, "</div>\n");
}

/* The conditions of the first box of failure on a yardstick. */
static void summary_box(struct page *page, enum gather_yardstick yardstick)
{
    const struct gathered *gathered = page->gathered;
    const struct prim *prim = &gathered->discovery[yardstick].prim;
    char conditions[512];
    char numbers[4][LANGUAGE_NUMBER_BYTES];
    int turned = gathered->choice.best != gathered->choice.headline; /* the baseline is best */
    int boxed = prim->n_boxes > 0 && !turned;
    int n_cases = turned ? prim->n_points - prim->n_cases : prim->n_cases;
    if (!gathered->has_discovery[yardstick] || n_cases == 0) {
        return;
    }
    if (boxed) {
        page_box_conditions(page, yardstick, &prim->boxes[0], sizeof conditions, conditions);
    }
    language_count(page->language, n_cases, numbers[0]);
    language_count(page->language, prim->n_points, numbers[1]);
    (void)snprintf(numbers[2], sizeof numbers[2], "%.0f", boxed ? 100 * prim->boxes[0].density : 0);
    (void)snprintf(numbers[3], sizeof numbers[3], "%.0f", 100.0 * n_cases / prim->n_points);
    const struct language_place places[] = {{"regime", page_regime(page, gathered->choice.headline)},
                                            {"baseline", page_regime(page, gathered->comparison.baseline)},
                                            {"outcome", page_outcome(page, gathered->yardstick[yardstick])},
                                            {"cases", numbers[0]},
                                            {"points", numbers[1]},
                                            {"density", numbers[2]},
                                            {"base", numbers[3]},
                                            {"conditions", conditions}};
    html_raw(&page->html, "<li>");
    html_fill(&page->html, page->language,
              boxed    ? TEXT_mind_box
              : turned ? TEXT_mind_turned
                       : TEXT_mind_cases,
              8, places);
    html_raw(&page->html, "</li>\n");
}

/* What would change our mind. */
static void summary_minds(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct gather_choice *choice = &gathered->choice;
    const struct ranking *ranking = &gathered->rankings[GATHER_LASTING];
    html_raw(&page->html, "<ul>\n");
    if (choice->runner_up >= 0 && ranking_clear(ranking, choice->best, choice->runner_up) == 0) {
        const struct language_place places[] = {{"best", page_regime(page, choice->best)},
                                                {"other", page_regime(page, choice->runner_up)}};
        html_raw(&page->html, "<li>");
        html_fill(&page->html, page->language, TEXT_mind_close, 2, places);
        html_raw(&page->html, "</li>\n");
    }
    summary_box(page, GATHER_LASTING);
    summary_box(page, GATHER_EARLY);
    html_raw(&page->html, "</ul>\n");
    page_ground_list(page);
}

static void summary_repeat(struct page *page)
{
    const struct results_info *info = page->gathered->info;
    char seed[32];
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)page->gathered->study.seed);
    const struct language_place places[] = {
        {"version", DREDGE_VERSION}, {"seed", seed}, {"digest", info->digest != NULL ? info->digest : ""}};
    html_raw(&page->html, "<p class=\"repeat\">");
    html_fill(&page->html, page->language, TEXT_summary_repeat, 3, places);
    html_raw(&page->html, "</p>\n");
}

static void summary_body(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    if (*page_question(page)) {
        summary_heading(page, TEXT_question);
        html_raw(&page->html, "<p class=\"question\">");
        html_text(&page->html, page_question(page));
        html_raw(&page->html, "</p>\n");
    }
    page_warnings(page);
    summary_heading(page, TEXT_answer_title);
    if (gathered->info->n_regimes < 2) {
        const struct language_place place = {"regime", page_regime(page, 0)};
        page_paragraph(page, TEXT_answer_alone, 1, &place);
    } else {
        page_verdict(page);
    }
    summary_heading(page, TEXT_summary_options);
    summary_options(page);
    html_raw(&page->html, "<div class=\"pair\"><div>\n");
    summary_heading(page, TEXT_price_title);
    page_price(page);
    page_leads(page);
    html_raw(&page->html, "</div>\n");
    summary_charts(page);
    html_raw(&page->html, "</div>\n");
    summary_heading(page, TEXT_summary_minds);
    summary_minds(page);
    summary_heading(page, TEXT_limits_title);
    html_raw(&page->html, "<p>");
    html_say(&page->html, page->language, TEXT_limits_1);
    html_raw(&page->html, " ");
    html_say(&page->html, page->language, TEXT_limits_2);
    html_raw(&page->html, " ");
    html_say(&page->html, page->language, TEXT_limits_5);
    html_raw(&page->html, "</p>\n");
    summary_repeat(page);
}

dredge_status page_write_summary(struct results *results, int baseline, enum language language, char **out)
{
    struct gathered gathered = {0};
    struct page page = {.language = language, .gathered = &gathered};
    *out = NULL;
    dredge_status status = gather_results(results, baseline, &gathered);
    if (status != DREDGE_OK) {
        return status;
    }
    summary_head(&page);
    summary_body(&page);
    html_raw(&page.html, "</main>\n</body>\n</html>\n");
    status = html_finish(&page.html, out);
    html_free(&page.html);
    gather_free(&gathered);
    return status;
}
