/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page_scenarios.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/assets.h"
#include "report/chart_forest.h"
#include "report/page_parts.h"
#include "report/verdict.h"

struct side {
    struct page page; /* without results of its own */
    const struct scenarios *scenarios;
};

static const char *side_regime(const struct side *side, int regime)
{
    return label_name(&side->scenarios->scenario[0].study, side->page.language, side->scenarios->regimes[regime]);
}

static const char *side_outcome(const struct side *side, const char *name)
{
    int outcome = outcome_find(name);
    return outcome < 0 ? name : label_outcome(&side->scenarios->scenario[0].study, side->page.language, outcome);
}

static void put_head(struct side *side)
{
    static const struct {
        const char *id;
        enum text title;
    } links[] = {{"answer", TEXT_answer_title},
                 {"yardsticks", TEXT_scenarios_yardsticks},
                 {"outcomes", TEXT_scenarios_all},
                 {"scenarios", TEXT_scenarios_list},
                 {"limits", TEXT_limits_title}};
    struct html *html = &side->page.html;
    enum language language = side->page.language;
    char number[LANGUAGE_NUMBER_BYTES];
    language_count(side->page.language, side->scenarios->n, number);
    const struct language_place place = {"n", number};
    page_head(html, language, "style-src 'unsafe-inline'");
    html_fill(html, language, TEXT_scenarios_title, 1, &place);
    html_raw(html, "</title>\n<style>\n");
    html_raw(html, asset_page_css);
    html_raw(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#answer\">");
    html_say(html, language, TEXT_skip);
    html_raw(html, "</a>\n<header><h1>");
    html_fill(html, language, TEXT_scenarios_title, 1, &place);
    html_raw(html, "</h1>\n<p class=\"facts\">");
    for (int i = 0; i < side->scenarios->n; i++) {
        html_raw(html, i > 0 ? " \u00b7 " : "");
        html_text(html, scenarios_title(side->scenarios, i, language));
    }
    html_raw(html, "</p>\n</header>\n<nav aria-label=\"");
    html_say(html, language, TEXT_contents);
    html_raw(html, "\"><ul>");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        html_format(html, "<li><a href=\"#%s\">", links[i].id);
        html_say(html, language, links[i].title);
        html_raw(html, "</a></li>");
    }
    html_raw(html, "</ul></nav>\n<main>\n");
}

static void put_caution(void *context, const char *sentence)
{
    struct side *side = context;
    html_raw(&side->page.html, "<p class=\"warning\" role=\"note\">");
    html_text(&side->page.html, sentence);
    html_raw(&side->page.html, "</p>\n");
}

static void put_answer(struct side *side)
{
    const int yardsticks[] = {OUTCOME_structural_share, side->scenarios->early};
    page_section(&side->page, "answer", TEXT_answer_title);
    scenarios_cautions(side->scenarios, &side->scenarios->scenario[0].study, side->page.language, put_caution, side);
    html_raw(&side->page.html, "<div class=\"answer\">\n");
    for (int i = 0; i < 2; i++) {
        for (int r = 1; r < side->scenarios->n_regimes; r++) {
            char sentence[SCENARIOS_BYTES];
            scenarios_sentence(side->scenarios, &side->scenarios->scenario[0].study, yardsticks[i], r,
                               side->page.language, sentence);
            html_format(&side->page.html, "<p data-outcome=\"%s\" data-regime=\"%d\">",
                        outcome_infos[yardsticks[i]].name, r);
            html_text(&side->page.html, sentence);
            html_raw(&side->page.html, "</p>\n");
        }
    }
    html_raw(&side->page.html, "</div>\n</section>\n");
}

/* ---- both yardsticks ---- */

/* What is compared in one scenario: means, difference, interval, verdict. */
static void put_pair(struct side *side, int outcome, int scenario, int regime)
{
    struct page *page = &side->page;
    const struct comparison_cell *cell = scenarios_cell(side->scenarios, scenario, outcome_infos[outcome].name, regime);
    const struct estimate *difference = &cell->paired.difference;
    char numbers[2][LANGUAGE_NUMBER_BYTES];
    html_format(&page->html, "<tr data-outcome=\"%s\" data-scenario=\"%d\" data-regime=\"%d\"><th scope=\"row\">",
                outcome_infos[outcome].name, scenario, regime);
    html_text(&page->html, side->scenarios->scenario[scenario].name);
    html_raw(&page->html, "</th><td>");
    html_text(&page->html, side_regime(side, regime));
    html_raw(&page->html, "</td>");
    page_number_cell(page, cell->paired.baseline, 3, 0, "");
    page_number_cell(page, cell->paired.regime, 3, 0, "");
    page_number_cell(page, difference->mean, 3, 1, " data-cell=\"difference\"");
    html_format(&page->html, "<td class=\"n interval\">%s \u2026 %s</td><td><span class=\"verdict %s\">",
                language_number(page->language, difference->low, 3, 1, numbers[0]),
                language_number(page->language, difference->high, 3, 1, numbers[1]),
                page_verdict_class(cell->paired.verdict));
    html_say(&page->html, page->language, verdict_word(cell->paired.verdict));
    html_raw(&page->html, "</span></td></tr>\n");
}

static void put_yardstick_table(struct side *side, int outcome)
{
    static const enum text rest[] = {TEXT_col_difference, TEXT_col_interval, TEXT_col_verdict};
    struct html *html = &side->page.html;
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table><caption>");
    html_text(html, side_outcome(side, outcome_infos[outcome].name));
    html_raw(html, "</caption><thead><tr><th scope=\"col\">");
    html_say(html, side->page.language, TEXT_scenarios_scenario);
    html_raw(html, "</th><th scope=\"col\">");
    html_say(html, side->page.language, TEXT_col_regime);
    html_raw(html, "</th><th scope=\"col\" class=\"n\">");
    html_text(html, side_regime(side, 0));
    html_raw(html, "</th><th scope=\"col\" class=\"n\">");
    html_say(html, side->page.language, TEXT_col_mean);
    html_raw(html, "</th>");
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        html_format(html, "<th scope=\"col\"%s>", rest[i] == TEXT_col_verdict ? "" : " class=\"n\"");
        html_say(html, side->page.language, rest[i]);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead><tbody>\n");
    for (int i = 0; i < side->scenarios->n; i++) {
        for (int r = 1; r < side->scenarios->n_regimes; r++) {
            put_pair(side, outcome, i, r);
        }
    }
    html_raw(html, "</tbody></table></div>\n");
}

/* A heading per scenario where there are more regimes than one to show, and a row per regime. */
static int fill_rows(const struct side *side, int outcome, struct forest_row *rows)
{
    const struct scenarios *scenarios = side->scenarios;
    int n = 0;
    for (int i = 0; i < scenarios->n; i++) {
        if (scenarios->n_regimes > 2) {
            rows[n++] = (struct forest_row){.name = scenarios->scenario[i].name, .is_heading = 1};
        }
        for (int r = 1; r < scenarios->n_regimes; r++) {
            const struct estimate *difference =
                &scenarios_cell(scenarios, i, outcome_infos[outcome].name, r)->paired.difference;
            rows[n++] = (struct forest_row){.name = scenarios->n_regimes > 2 ? side_regime(side, r)
                                                                             : scenarios->scenario[i].name,
                                            .style = r,
                                            .value = difference->mean,
                                            .low = difference->low,
                                            .high = difference->high};
        }
    }
    return n;
}

static dredge_status put_yardsticks(struct side *side)
{
    const struct scenarios *scenarios = side->scenarios;
    size_t most = (size_t)scenarios->n * (size_t)scenarios->n_regimes;
    struct forest_row *rows = malloc(most * sizeof *rows);
    if (rows == NULL) {
        return status_no_memory(most * sizeof *rows);
    }
    const struct language_place place = {"baseline", side_regime(side, 0)};
    char intro[512];
    page_section(&side->page, "yardsticks", TEXT_scenarios_yardsticks);
    page_paragraph(&side->page, TEXT_scenarios_yardsticks_intro, 1, &place);
    language_fill(language_text(side->page.language, TEXT_scenarios_yardsticks_intro), 1, &place, sizeof intro, intro);
    const int yardsticks[] = {OUTCOME_structural_share, scenarios->early};
    for (int i = 0; i < 2; i++) {
        char title[256];
        char id[32];
        const char *outcome = side_outcome(side, outcome_infos[yardsticks[i]].name);
        const struct language_place places[] = {{"outcome", outcome}, place};
        (void)snprintf(id, sizeof id, "forest-%d", i);
        language_fill(language_text(side->page.language, TEXT_scenarios_chart), 2, places, sizeof title, title);
        const struct forest forest = {.id = id,
                                      .title = title,
                                      .description = intro,
                                      .n_letters = 34,
                                      .better = outcome_infos[yardsticks[i]].better,
                                      .n_rows = fill_rows(side, yardsticks[i], rows),
                                      .rows = rows};
        html_raw(&side->page.html, "<h3>");
        html_text(&side->page.html, title);
        html_raw(&side->page.html, "</h3>\n<figure class=\"chart-figure\"><div class=\"scroll\" tabindex=\"0\">\n");
        forest_draw(&side->page.html, side->page.language, &forest);
        html_raw(&side->page.html, "</div></figure>\n");
        put_yardstick_table(side, yardsticks[i]);
    }
    html_raw(&side->page.html, "</section>\n");
    free(rows);
    return DREDGE_OK;
}

/* ---- all outcomes ---- */

static void put_verdict_cell(struct side *side, const struct comparison_cell *cell, double scale)
{
    struct page *page = &side->page;
    char number[LANGUAGE_NUMBER_BYTES];
    if (cell == NULL || cell->paired.difference.n == 0) {
        html_raw(&page->html, "<td class=\"n\">\u2013</td>");
        return;
    }
    html_format(&page->html, "<td class=\"n\"><span class=\"verdict %s\">%s</span> <small>",
                page_verdict_class(cell->paired.verdict),
                language_number(page->language, cell->paired.difference.mean, verdict_decimals(scale) + (scale < 10), 1,
                                number));
    html_say(&page->html, page->language, verdict_word(cell->paired.verdict));
    html_raw(&page->html, "</small></td>");
}

static void put_outcome_row(struct side *side, const struct comparison_row *row, int regime)
{
    const struct scenarios *scenarios = side->scenarios;
    struct html *html = &side->page.html;
    double scale;
    int n = scenarios_compared(scenarios, row->name, regime, &scale);
    if (n == 0) {
        return;
    }
    html_raw(html, "<tr><th scope=\"row\">");
    html_text(html, side_outcome(side, row->name));
    html_raw(html, "</th>");
    for (int i = 0; i < scenarios->n; i++) {
        put_verdict_cell(side, scenarios_cell(scenarios, i, row->name, regime), scale);
    }
    if (row->better == 0) {
        html_raw(html, "<td class=\"n\">\u2013</td></tr>\n");
    } else {
        html_format(html, "<td class=\"n\">%d/%d</td></tr>\n",
                    scenarios_count(scenarios, row->name, regime, VERDICT_BETTER), n);
    }
}

static void put_outcomes(struct side *side)
{
    const struct scenarios *scenarios = side->scenarios;
    struct html *html = &side->page.html;
    page_section(&side->page, "outcomes", TEXT_scenarios_all);
    for (int r = 1; r < scenarios->n_regimes; r++) {
        const struct language_place places[] = {{"regime", side_regime(side, r)}, {"baseline", side_regime(side, 0)}};
        html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"outcomes\"><caption>");
        html_fill(html, side->page.language, TEXT_scenarios_difference, 2, places);
        html_raw(html, "</caption><thead><tr><th scope=\"col\">");
        html_say(html, side->page.language, TEXT_col_outcome);
        html_raw(html, "</th>");
        for (int i = 0; i < scenarios->n; i++) {
            html_raw(html, "<th scope=\"col\" class=\"n\">");
            html_text(html, scenarios->scenario[i].name);
            html_raw(html, "</th>");
        }
        html_raw(html, "<th scope=\"col\" class=\"n\">");
        html_say(html, side->page.language, TEXT_scenarios_leads);
        html_raw(html, "</th></tr></thead><tbody>\n");
        for (int k = 0; k < scenarios->n_outcomes; k++) {
            put_outcome_row(side, &scenarios->row[k], r);
        }
        html_raw(html, "</tbody></table></div>\n");
    }
    html_raw(html, "</section>\n");
}

static void put_scenarios(struct side *side)
{
    const struct scenarios *scenarios = side->scenarios;
    struct html *html = &side->page.html;
    page_section(&side->page, "scenarios", TEXT_scenarios_list);
    for (int i = 0; i < scenarios->n; i++) {
        const struct scenario *own = &scenarios->scenario[i];
        const struct results_info *info = results_info(own->results);
        const char *question = study_label(&own->study, "question", language_code(side->page.language));
        char facts[VERDICT_BYTES];
        verdict_facts(info, &own->study, side->page.language, facts);
        html_raw(html, "<h3>");
        html_text(html, own->name);
        html_raw(html, ": ");
        html_text(html, scenarios_title(scenarios, i, side->page.language));
        html_raw(html, "</h3>\n<p>");
        html_text(html, question != NULL ? question : own->study.question);
        html_raw(html, "</p>\n<p class=\"facts\">");
        html_text(html, facts);
        html_raw(html, " ");
        html_say(html, side->page.language, TEXT_source_digest);
        html_raw(html, ": <code>");
        html_text(html, info->digest != NULL ? info->digest : "");
        html_raw(html, "</code></p>\n");
    }
    html_raw(html, "</section>\n");
}

dredge_status page_write_scenarios(const struct scenarios *scenarios, enum language language, char **out)
{
    struct side side = {.page = {.language = language}, .scenarios = scenarios};
    *out = NULL;
    put_head(&side);
    put_answer(&side);
    dredge_status status = put_yardsticks(&side);
    put_outcomes(&side);
    put_scenarios(&side);
    page_limits(&side.page);
    html_raw(&side.page.html, "</main>\n</body>\n</html>\n");
    if (status == DREDGE_OK) {
        status = html_finish(&side.page.html, out);
    }
    html_free(&side.page.html);
    return status;
}
