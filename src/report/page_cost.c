/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/page_parts.h"

/* What support costs, a collaboration: the hours of those at the table and the convener, year by year so that who reads can
 * put in other prices. Hours are exact; how they and the convener's months lie over the years follows the survival and
 * inclusion of the design points that the page shows over time. */

struct cost {
    int n_years;
    double *person_months, *months; /* [n_regimes][n_years], of which person_months owns both */
};

/* Means over the points that are shown over time. */
static double shown_mean(const struct gathered *gathered, int series, int regime, int month)
{
    size_t n = (size_t)gathered->n_fan_months;
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < (size_t)gathered->n_fan_points; i++) {
        size_t row = (i * N_SERIES + (size_t)series) * (size_t)gathered->info->n_regimes + (size_t)regime;
        double value = (double)gathered->fans[row * GATHER_STATISTICS * n + (size_t)month];
        sum += isnan(value) ? 0 : value;
        count += !isnan(value);
    }
    return count > 0 ? sum / count : 0;
}

static void fill_regime(const struct gathered *gathered, int regime, const struct cost *cost)
{
    double *shares = cost->person_months + (size_t)regime * (size_t)cost->n_years;
    double *months = cost->months + (size_t)regime * (size_t)cost->n_years;
    double total = 0;
    double alive = 1; /* at the start of a month; of the end of the one before */
    double inside = shown_mean(gathered, SERIES_inclusion, regime, 0);
    int before = 0;
    for (int m = 0; m < gathered->n_fan_months && before < gathered->study.parameters.months; m++) {
        int until = gathered->fan_months[m] + 1;
        until = until < gathered->study.parameters.months ? until : gathered->study.parameters.months;
        int year = (until - 1) / 12;
        months[year] += alive * (until - before);
        shares[year] += alive * inside * (until - before);
        total += alive * inside * (until - before);
        alive = shown_mean(gathered, SERIES_survival, regime, m);
        inside = shown_mean(gathered, SERIES_inclusion, regime, m);
        before = until;
    }
    double mean = comparison_cell(&gathered->comparison, OUTCOME_person_months, regime)->mean.mean;
    for (int year = 0; year < cost->n_years; year++) {
        shares[year] *= total > 0 && !isnan(mean) ? mean / total : 0;
    }
}

static double cost_of(const struct cost *cost, int regime, const struct costs *prices)
{
    double sum = 0;
    for (int year = 0; year < cost->n_years; year++) {
        size_t at = (size_t)regime * (size_t)cost->n_years + (size_t)year;
        sum += (cost->person_months[at] * prices->hours * prices->euro + cost->months[at] * prices->convener) /
               pow(1 + prices->discount, year + 0.5);
    }
    return sum;
}

static void put_years(struct page *page, const char *key, const double *values, int n)
{
    html_format(&page->html, " data-%s=\"", key);
    for (int i = 0; i < n; i++) {
        html_format(&page->html, "%s%.9g", i > 0 ? " " : "", values[i]);
    }
    html_raw(&page->html, "\"");
}

static void put_row(struct page *page, const struct cost *cost, int regime)
{
    const struct gathered *gathered = page->gathered;
    const struct costs *prices = &gathered->study.costs;
    size_t first = (size_t)regime * (size_t)cost->n_years;
    double own = cost_of(cost, regime, prices);
    double base = cost_of(cost, gathered->comparison.baseline, prices);
    double lasting = comparison_cell(&gathered->comparison, OUTCOME_structural_share, regime)->mean.mean;
    html_format(&page->html, "<tr data-regime=\"%d\" data-lasting=\"%.9g\"", regime, lasting);
    put_years(page, "hours", cost->person_months + first, cost->n_years);
    put_years(page, "months", cost->months + first, cost->n_years);
    html_raw(&page->html, "><th scope=\"row\">");
    html_text(&page->html, page_regime(page, regime));
    html_raw(&page->html, "</th>");
    page_number_cell(page, comparison_cell(&gathered->comparison, OUTCOME_person_months, regime)->mean.mean, 0, 0, "");
    page_number_cell(page, own / 1000, 0, 0, " data-cost=\"all\"");
    page_number_cell(page, (own - base) / 1000, 0, 1, " data-cost=\"difference\"");
    page_number_cell(page, lasting > 0 ? own / 1000 / (100 * lasting) : NAN, 1, 0, " data-cost=\"each\"");
    html_raw(&page->html, "</tr>\n");
}

static void put_table(struct page *page, const struct cost *cost)
{
    static const enum text heads[] = {TEXT_col_regime, TEXT_cost_person_months, TEXT_cost_all, TEXT_col_difference,
                                      TEXT_cost_each};
    const struct gathered *gathered = page->gathered;
    const struct costs *prices = &gathered->study.costs;
    char numbers[6][LANGUAGE_NUMBER_BYTES];
    language_count(page->language, gathered->n_fan_points, numbers[4]);
    language_count(page->language, gathered->info->n_points, numbers[5]);
    const struct language_place places[] = {
        {"hours", language_value(page->language, prices->hours, numbers[0])},
        {"euro", language_value(page->language, prices->euro, numbers[1])},
        {"convener", language_value(page->language, prices->convener, numbers[2])},
        {"discount", language_value(page->language, 100 * prices->discount, numbers[3])},
        {"shown", numbers[4]},
        {"points", numbers[5]}};
    page_paragraph(page, TEXT_cost_intro, 6, places);
    if (gathered->n_fan_points < gathered->info->n_points) {
        page_paragraph(page, TEXT_cost_sample, 6, places);
    }
    if (!page->is_print) {
        html_format(
            &page->html,
            "<div class=\"controls interactive\" hidden id=\"cost-controls\" data-hours=\"%.9g\" data-euro=\"%.9g\" "
            "data-convener=\"%.9g\" data-discount=\"%.9g\"></div>\n",
            prices->hours, prices->euro, prices->convener, 100 * prices->discount);
    }
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"cost\">\n");
    page_heads(page, 5, heads);
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        put_row(page, cost, r);
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

void page_cost(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    struct cost cost = {.n_years = (gathered->study.parameters.months + 11) / 12};
    size_t n = (size_t)gathered->info->n_regimes * (size_t)cost.n_years;
    if (gathered->n_fan_months == 0) {
        return;
    }
    cost.person_months = calloc(2 * n, sizeof *cost.person_months);
    if (cost.person_months == NULL) {
        page->html.no_memory = 1;
        return;
    }
    cost.months = cost.person_months + n;
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        fill_regime(gathered, r, &cost);
    }
    page_section(page, "cost", TEXT_cost_title);
    put_table(page, &cost);
    html_raw(&page->html, "</section>\n");
    free(cost.person_months);
}
