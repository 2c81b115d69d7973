/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/assets.h"
#include "report/page_parts.h"
#include "report/verdict.h"

static void put_head(struct page *page)
{
    struct html *html = &page->html;
    page_head(html, page->language, "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:");
    html_text(html, page_title(page));
    html_raw(html, "</title>\n<style>\n");
    html_raw(html, asset_uplot_css);
    html_raw(html, asset_page_css);
    html_raw(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#answer\">");
    html_say(html, page->language, TEXT_skip);
    html_raw(html, "</a>\n");
}

/* What the study is, in a line. */
static void put_facts(struct page *page)
{
    char sentence[VERDICT_BYTES];
    verdict_facts(page->gathered->info, &page->gathered->study, page->language, sentence);
    html_raw(&page->html, "<p class=\"facts\">");
    html_text(&page->html, sentence);
    html_raw(&page->html, "</p>\n");
}

/* How much of the study is not there. */
static void put_unfinished(struct page *page)
{
    const struct results_info *info = page->gathered->info;
    long long missing = page->gathered->precision.n_missing;
    long long planned = info->n_done + info->n_failed + missing;
    if (info->n_failed == 0 && missing == 0) {
        return;
    }
    int n_open = page->gathered->precision.n_open;
    char numbers[7][LANGUAGE_NUMBER_BYTES];
    language_count(page->language, info->n_done, numbers[0]);
    language_count(page->language, planned, numbers[1]);
    (void)snprintf(numbers[2], sizeof numbers[2], "%.0f", 100.0 * (double)info->n_done / (double)planned);
    language_count(page->language, info->n_failed, numbers[3]);
    language_count(page->language, missing, numbers[4]);
    language_count(page->language, n_open, numbers[5]);
    language_count(page->language, info->n_points, numbers[6]);
    const struct language_place places[] = {{"done", numbers[0]},   {"planned", numbers[1]}, {"share", numbers[2]},
                                            {"failed", numbers[3]}, {"missing", numbers[4]}, {"open", numbers[5]},
                                            {"points", numbers[6]}};
    html_raw(&page->html, "<p class=\"warning\" role=\"note\">");
    html_fill(&page->html, page->language, n_open > 0 ? TEXT_unfinished_rule : TEXT_unfinished, 7, places);
    html_raw(&page->html, "</p>\n");
}

/* What a stopping rule has come to. */
static void put_stopping(struct page *page)
{
    const struct precision *precision = &page->gathered->precision;
    const struct replication *rule = &precision->rule;
    if (rule->outcome < 0 || precision->most == 0) {
        return;
    }
    char numbers[5][LANGUAGE_NUMBER_BYTES];
    char ends[2 * LANGUAGE_NUMBER_BYTES];
    language_count(page->language, precision->most, numbers[0]);
    (void)snprintf(ends, sizeof ends, "%s\u2013%s", language_count(page->language, precision->fewest, numbers[1]),
                   numbers[0]);
    language_value(page->language, rule->half_width, numbers[1]);
    language_value(page->language, 100 * rule->confidence, numbers[2]);
    language_count(page->language, precision->n_not_reached, numbers[3]);
    language_count(page->language, rule->max, numbers[4]);
    const struct language_place places[] = {{"replicates", precision->fewest == precision->most ? numbers[0] : ends},
                                            {"half_width", numbers[1]},
                                            {"confidence", numbers[2]},
                                            {"points", numbers[3]},
                                            {"max", numbers[4]},
                                            {"outcome", study_outcome_name(&page->gathered->study, rule->outcome)}};
    html_raw(&page->html, "<p class=\"facts\">");
    html_fill(&page->html, page->language, TEXT_until_needed, 6, places);
    html_raw(&page->html, "</p>\n");
    if (precision->n_not_reached > 0) {
        html_raw(&page->html, "<p class=\"warning\" role=\"note\">");
        html_fill(&page->html, page->language, TEXT_until_not_reached, 6, places);
        html_raw(&page->html, "</p>\n");
    }
}

void page_warnings(struct page *page)
{
    put_unfinished(page);
    put_stopping(page);
}

static void put_header(struct page *page)
{
    struct html *html = &page->html;
    static const struct {
        const char *id;
        enum text title;
    } links[] = {{"answer", TEXT_answer_title},   {"doubt", TEXT_doubt_title},   {"time", TEXT_time_title},
                 {"outcomes", TEXT_table_title},  {"cost", TEXT_cost_title},     {"map", TEXT_map_title},
                 {"drivers", TEXT_drivers_title}, {"failure", TEXT_boxes_title}, {"front", TEXT_front_title},
                 {"limits", TEXT_limits_title},   {"source", TEXT_source_title}};
    int designed = page->gathered->has_drivers;
    html_raw(html, "<header><h1>");
    html_text(html, page_title(page));
    html_raw(html, "</h1>\n");
    if (*page_question(page)) {
        html_raw(html, "<p class=\"question\"><span>");
        html_say(html, page->language, TEXT_question);
        html_raw(html, "</span> ");
        html_text(html, page_question(page));
        html_raw(html, "</p>\n");
    }
    put_facts(page);
    page_warnings(page);
    html_raw(html, "</header>\n<nav aria-label=\"");
    html_say(html, page->language, TEXT_contents);
    html_raw(html, "\"><ul>");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        int is_there = links[i].title == TEXT_drivers_title || links[i].title == TEXT_boxes_title ? designed
                       : links[i].title == TEXT_doubt_title ? page_has_doubts(page)
                                                            : 1;
        if (is_there) {
            html_format(html, "<li><a href=\"#%s\">", links[i].id);
            html_say(html, page->language, links[i].title);
            html_raw(html, "</a></li>");
        }
    }
    html_raw(html, "</ul></nav>\n<main>\n");
}

static dredge_status put_foot(struct page *page)
{
    static const char *const scripts[] = {asset_page_tools, asset_page_fan,   asset_page_map,  asset_page_choices,
                                          asset_page_take,  asset_page_terms, asset_page_start};
    struct html *html = &page->html;
    char *data = NULL;
    if (page->is_print) {
        html_raw(html, "</main>\n</body>\n</html>\n");
        return DREDGE_OK;
    }
    dredge_status status = page_data(page, &data);
    if (status != DREDGE_OK) {
        return status;
    }
    html_raw(html, "</main>\n<script type=\"application/json\" id=\"data\">");
    html_raw(html, data);
    html_raw(html, "</script>\n<script>\n/*\nuPlot\n");
    html_raw(html, asset_uplot_licence);
    html_raw(html, "*/\n");
    html_raw(html, asset_uplot_js);
    html_raw(html, "</script>\n<script type=\"module\">\n");
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        html_raw(html, scripts[i]);
    }
    html_raw(html, "</script>\n</body>\n</html>\n");
    free(data);
    return DREDGE_OK;
}

dredge_status page_write(struct results *results, int baseline, enum language language, enum page_form form, char **out)
{
    struct gathered gathered = {0};
    struct page page = {.language = language, .gathered = &gathered, .is_print = form == PAGE_PRINT};
    *out = NULL;
    dredge_status status = gather_results(results, baseline, &gathered);
    if (status != DREDGE_OK) {
        return status;
    }
    put_head(&page);
    put_header(&page);
    page_answer(&page);
    page_doubts(&page);
    page_time(&page);
    page_outcomes(&page);
    page_sectors(&page);
    page_pairs(&page);
    page_cost(&page);
    page_regret(&page);
    page_map(&page);
    page_drivers(&page);
    page_boxes(&page);
    page_front(&page);
    page_limits(&page);
    page_source(&page);
    status = put_foot(&page);
    if (status == DREDGE_OK) {
        status = html_finish(&page.html, out);
    }
    html_free(&page.html);
    gather_free(&gathered);
    return status;
}
