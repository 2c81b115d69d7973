/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/page_parts.h"
#include "report/verdict.h"

static void drivers_name_cell(struct page *page, int factor)
{
    html_raw(&page->html, "<th scope=\"row\"><span title=\"");
    html_text(&page->html, language_factor(page->language, page->gathered->info->factors[factor]));
    html_raw(&page->html, "\">");
    html_text(&page->html, page_factor(page, factor));
    html_raw(&page->html, "</span></th>");
}

/* "0.42 [0.38, 0.47]" with a bar of value / most. */
static void drivers_interval_cell(struct page *page, double value, double low, double high, double most, int decimals,
                                  int sign)
{
    const double numbers[] = {value, low, high};
    char texts[3][LANGUAGE_NUMBER_BYTES];
    for (int i = 0; i < 3; i++) {
        language_number(page->language, numbers[i], decimals, sign, texts[i]);
    }
    html_format(&page->html, "<td class=\"n\" data-value=\"%.17g\">", value);
    page_bar(page, most > 0 ? fabs(value) / most : 0);
    html_text(&page->html, texts[0]);
    html_raw(&page->html, " <small>[");
    html_text(&page->html, texts[1]);
    html_raw(&page->html, "; ");
    html_text(&page->html, texts[2]);
    html_raw(&page->html, "]</small></td>");
}

static void drivers_sobol(struct page *page, const struct sensitivity *own, const int *order)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_alone, TEXT_col_total};
    page_heads(page, 3, heads);
    for (int i = 0; i < own->n_factors; i++) {
        const struct interval *first = &own->sobol.first[order[i]];
        const struct interval *total = &own->sobol.total[order[i]];
        html_raw(&page->html, "<tr>");
        drivers_name_cell(page, order[i]);
        drivers_interval_cell(page, first->value, first->low, first->high, 1, 2, 0);
        drivers_interval_cell(page, total->value, total->low, total->high, 1, 2, 0);
        html_raw(&page->html, "</tr>\n");
    }
}

static void drivers_morris(struct page *page, const struct sensitivity *own, const int *order)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_size, TEXT_col_direction, TEXT_col_spread};
    double most = own->morris[order[0]].mu_star;
    int decimals = verdict_decimals(most) + (most < 1);
    page_heads(page, 4, heads);
    for (int i = 0; i < own->n_factors; i++) {
        const struct morris *morris = &own->morris[order[i]];
        html_raw(&page->html, "<tr>");
        drivers_name_cell(page, order[i]);
        drivers_interval_cell(page, morris->mu_star, morris->low, morris->high, most, decimals, 0);
        page_number_cell(page, morris->mu, decimals, 1, "");
        page_number_cell(page, morris->sigma, decimals, 0, "");
        html_raw(&page->html, "</tr>\n");
    }
}

static void drivers_factorial(struct page *page, const struct sensitivity *own)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_effect};
    double most = 0;
    for (int e = 0; e < own->n_effects; e++) {
        most = fmax(most, fabs(own->effects[e].estimate.mean));
    }
    int decimals = verdict_decimals(most) + (most < 1);
    page_heads(page, 2, heads);
    for (int together = 1; together <= own->n_factors && together <= 3; together++) {
        for (int e = 0; e < own->n_effects; e++) {
            const struct factorial_effect *effect = &own->effects[e];
            int n = 0;
            for (int f = 0; f < own->n_factors; f++) {
                n += (int)(effect->factors >> f & 1);
            }
            if (n != together) {
                continue;
            }
            html_raw(&page->html, "<tr><th scope=\"row\">");
            for (int f = 0, named = 0; f < own->n_factors; f++) {
                if (effect->factors >> f & 1) {
                    html_raw(&page->html, named++ ? " × " : "");
                    html_text(&page->html, page_factor(page, f));
                }
            }
            html_raw(&page->html, "</th>");
            drivers_interval_cell(page, effect->estimate.mean, effect->estimate.low, effect->estimate.high, most,
                                  decimals, 1);
            html_raw(&page->html, "</tr>\n");
        }
    }
}

static void drivers_spread(struct page *page, const struct sensitivity *own, const int *order)
{
    static const enum text heads[] = {TEXT_col_factor, TEXT_col_share};
    page_heads(page, 2, heads);
    for (int i = 0; i < own->n_factors; i++) {
        const struct driver *driver = &own->driver[order[i]];
        char number[LANGUAGE_NUMBER_BYTES];
        html_raw(&page->html, "<tr>");
        drivers_name_cell(page, order[i]);
        html_format(&page->html, "<td class=\"n\" data-value=\"%.17g\">", driver->main_effect);
        page_bar(page, driver->main_effect);
        html_text(&page->html, language_number(page->language, fmax(driver->main_effect, 0), 2, 0, number));
        html_raw(&page->html, "</td></tr>\n");
    }
}

static void drivers_table(struct page *page, int index, const struct sensitivity *own, int *order)
{
    static const enum text intros[] = {TEXT_drivers_sobol, TEXT_drivers_morris, TEXT_drivers_factorial,
                                       TEXT_drivers_spread};
    const struct gathered *gathered = page->gathered;
    int headline = gathered->choice.headline;
    int baseline = gathered->comparison.baseline;
    int outcome = gather_driven[index].outcome;
    int is_difference = gather_driven[index].is_difference && headline != baseline;
    const struct language_place places[] = {{"outcome", page_outcome(page, outcome)},
                                            {"regime", page_regime(page, headline)},
                                            {"baseline", page_regime(page, baseline)}};
    page_details(page, index == 0 && !page->is_print ? " open" : "");
    html_fill(&page->html, page->language, is_difference ? TEXT_drivers_of : TEXT_drivers_alone_of, 3, places);
    html_raw(&page->html, "</summary><p>");
    html_say(&page->html, page->language, intros[own->method]);
    if (!isnan(own->noise_share)) {
        char share[LANGUAGE_NUMBER_BYTES];
        struct language_place place = {"share",
                                       language_number(page->language, 100 * fmin(own->noise_share, 1), 0, 0, share)};
        html_raw(&page->html, " ");
        html_fill(&page->html, page->language, TEXT_drivers_noise, 1, &place);
    }
    html_raw(&page->html, "</p><div class=\"scroll\" tabindex=\"0\"><table class=\"drivers\">\n");
    sensitivity_order(own, order);
    if (own->method == SENSITIVITY_SOBOL) {
        drivers_sobol(page, own, order);
    } else if (own->method == SENSITIVITY_MORRIS) {
        drivers_morris(page, own, order);
    } else if (own->method == SENSITIVITY_FACTORIAL) {
        drivers_factorial(page, own);
    } else {
        drivers_spread(page, own, order);
    }
    html_raw(&page->html, "</tbody></table></div>\n");
    page_curves(page, index, own->n_factors, order);
    html_raw(&page->html, "</details>\n");
}

void page_drivers(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    int *order = gathered->has_drivers ? malloc((size_t)gathered->info->n_factors * sizeof *order) : NULL;
    if (order == NULL) {
        return;
    }
    page_section(page, "drivers", TEXT_drivers_title);
    for (int i = 0; i < GATHER_DRIVEN; i++) {
        int again = i > 0 && gathered->info->n_regimes < 2 && gather_driven[i].outcome == gather_driven[i - 1].outcome;
        if (!again && gathered->drivers[i].n_factors > 0 && gathered->drivers[i].drivers.n_points > 1) {
            drivers_table(page, i, &gathered->drivers[i], order);
        }
    }
    html_raw(&page->html, "</section>\n");
    free(order);
}
