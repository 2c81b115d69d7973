/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page_elements.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "build_info.h"
#include "report/verdict.h"
#include "study/factor.h"

static const char *label_of(const struct page *page, const char *name, const char *other)
{
    const char *label = study_label(&page->gathered->study, name, language_code(page->language));
    return label != NULL ? label : other;
}

const char *page_outcome(const struct page *page, int outcome)
{
    return label_outcome_named(&page->gathered->study, page->language, page->gathered->comparison.row[outcome].name);
}

const char *page_factor(const struct page *page, int factor)
{
    return label_factor(&page->gathered->study, page->language, page->gathered->info->factors[factor]);
}

const char *page_regime(const struct page *page, int regime)
{
    return label_name(&page->gathered->study, page->language, page->gathered->info->regimes[regime]);
}

const char *page_course(const struct page *page, int course)
{
    return language_series(page->language, gather_courses[course]);
}

const char *page_title(const struct page *page)
{
    return label_of(page, "title", page->gathered->info->title);
}

const char *page_question(const struct page *page)
{
    return label_of(page, "question", page->gathered->study.question);
}

const char *page_sector(const struct page *page, int sector)
{
    static const enum text words[N_SECTORS] = {TEXT_sector_public, TEXT_sector_private, TEXT_sector_nonprofit,
                                               TEXT_sector_knowledge};
    return language_text(page->language, words[sector]);
}

const char *page_level(const struct page *page, int factor, int level, char text[PAGE_LEVEL_BYTES])
{
    const struct axis *axis = &page->gathered->axes[factor];
    struct factor_about about = factor_about(&page->gathered->study.design.factors[factor]);
    char numbers[2][LANGUAGE_NUMBER_BYTES];
    double low = axis->low[level];
    if (page->gathered->study.design.factors[factor].target == FACTOR_THEORY) {
        return language_theory(page->language, (int)low);
    }
    if (about.names != NULL) {
        return about.names[(int)low];
    }
    if (about.is_flag) {
        return language_text(page->language, low != 0 ? TEXT_word_yes : TEXT_word_no);
    }
    language_value(page->language, low, numbers[0]);
    language_value(page->language, axis->high[level], numbers[1]);
    (void)snprintf(text, PAGE_LEVEL_BYTES, axis->is_binned ? "%s\u2013%s" : "%s", numbers[0], numbers[1]);
    return text;
}

void page_date(const struct page *page, size_t n_bytes, char *date)
{
    static const char key[] = "\"started\":\"";
    enum { DAY = 10 };
    const char *started = strstr(page->gathered->info->provenance, key);
    started = started != NULL ? started + sizeof key - 1 : "";
    (void)snprintf(date, n_bytes, "%.*s", strlen(started) >= DAY ? DAY : 0, started);
}

void page_head(struct html *html, enum language language, const char *policy)
{
    html_format(html,
                "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"generator\" content=\"dredge " DREDGE_VERSION "\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; %s\">\n<title>",
                language_code(language), policy);
}

void page_section(struct page *page, const char *id, enum text title)
{
    html_format(&page->html, "<section id=\"%s\" aria-labelledby=\"%s-title\"><h2 id=\"%s-title\">", id, id, id);
    html_say(&page->html, page->language, title);
    html_raw(&page->html, "</h2>\n");
}

void page_details(struct page *page, const char *attributes)
{
    html_format(&page->html, "<details%s%s><summary>", attributes, page->is_print ? " open" : "");
}

void page_paragraph(struct page *page, enum text text, int n_places, const struct language_place *places)
{
    html_raw(&page->html, "<p>");
    html_fill(&page->html, page->language, text, n_places, places);
    html_raw(&page->html, "</p>\n");
}

void page_number_cell(struct page *page, double value, int decimals, int sign, const char *attributes)
{
    char number[LANGUAGE_NUMBER_BYTES];
    html_format(&page->html, "<td class=\"n\"%s", attributes);
    if (!isnan(value)) {
        html_format(&page->html, " data-value=\"%.17g\"", value);
    }
    html_raw(&page->html, ">");
    html_text(&page->html, language_number(page->language, value, decimals, sign, number));
    html_raw(&page->html, "</td>");
}

void page_heads(struct page *page, int n, const enum text *texts)
{
    html_raw(&page->html, "<thead><tr>");
    for (int i = 0; i < n; i++) {
        html_format(&page->html, "<th scope=\"col\"%s>", i == 0 ? "" : " class=\"n\"");
        html_say(&page->html, page->language, texts[i]);
        html_raw(&page->html, "</th>");
    }
    html_raw(&page->html, "</tr></thead>\n<tbody>\n");
}

void page_paired_heads(struct page *page, enum text place)
{
    static const enum text rest[] = {TEXT_col_difference, TEXT_col_interval, TEXT_col_verdict};
    const struct gathered *gathered = page->gathered;
    const int regimes[] = {gathered->comparison.baseline, gathered->choice.headline};
    struct html *html = &page->html;
    html_raw(html, "<thead><tr><th scope=\"col\">");
    html_say(html, page->language, TEXT_col_outcome);
    html_raw(html, "</th><th scope=\"col\">");
    html_say(html, page->language, place);
    html_raw(html, "</th>");
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
}

void page_paired_cells(struct page *page, const struct paired *paired, int decimals)
{
    char numbers[2][LANGUAGE_NUMBER_BYTES];
    page_number_cell(page, paired->baseline, decimals, 0, "");
    page_number_cell(page, paired->regime, decimals, 0, "");
    page_number_cell(page, paired->difference.mean, decimals, 1, "");
    html_format(&page->html, "<td class=\"n interval\">%s \u2026 %s</td><td><span class=\"verdict %s\">",
                language_number(page->language, paired->difference.low, decimals, 1, numbers[0]),
                language_number(page->language, paired->difference.high, decimals, 1, numbers[1]),
                page_verdict_class(paired->verdict));
    html_say(&page->html, page->language, verdict_word(paired->verdict));
    html_raw(&page->html, "</span></td></tr>\n");
}

void page_bar(struct page *page, double share)
{
    double width = isnan(share) ? 0 : 100 * fmin(fmax(share, 0), 1);
    html_format(&page->html, "<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:%.1f%%\"></i></span>", width);
}

const char *page_verdict_class(enum verdict verdict)
{
    return verdict == VERDICT_BETTER ? "better" : verdict == VERDICT_WORSE ? "worse" : "unclear";
}
