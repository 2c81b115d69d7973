/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"

/* What the verdict rests on: luck, conditions, theories, rates. */

static void item_begin(struct page *page, enum text name)
{
    html_raw(&page->html, "<li><strong>");
    html_say(&page->html, page->language, name);
    html_raw(&page->html, "</strong> ");
}

static void grounds_luck(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct gather_choice *choice = &gathered->choice;
    if (choice->against < 0) {
        return;
    }
    struct paired paired = ranking_between(&gathered->rankings[GATHER_LASTING], choice->best, choice->against);
    char n[LANGUAGE_NUMBER_BYTES];
    char share[LANGUAGE_NUMBER_BYTES];
    language_count(page->language, paired.difference.n_units, n);
    const struct language_place places[] = {
        {"n", n},
        {"share", language_number(page->language, 100 * paired.better_share, 0, 0, share)},
        {"regime", page_regime(page, choice->best)},
        {"baseline", page_regime(page, choice->against)},
        {"outcome", page_outcome(page, OUTCOME_structural_share)}};
    item_begin(page, TEXT_ground_luck);
    enum text words = paired.difference.n == 0                     ? TEXT_luck_none
                      : paired.difference.n_units < PAIRED_TELLING ? TEXT_luck_few
                      : paired.difference.unit == PANEL_POINTS     ? TEXT_luck_points
                                                                   : TEXT_luck_pairs;
    html_fill(&page->html, page->language, words, 5, places);
    html_raw(&page->html, "</li>\n");
}

static void grounds_yardstick(struct page *page, int outcome)
{
    const struct gathered *gathered = page->gathered;
    const struct comparison_cell *cell = comparison_cell(&gathered->comparison, outcome, gathered->choice.headline);
    char numbers[4][LANGUAGE_NUMBER_BYTES];
    const struct gather_choice *choice = &gathered->choice;
    int turned = choice->best != choice->headline; /* the cell has the runner-up against the baseline, which is best */
    double best = comparison_cell(&gathered->comparison, outcome, choice->best)->robustness.best_share;
    language_count(page->language, turned ? cell->n_points_worse : cell->n_points_better, numbers[0]);
    language_count(page->language, turned ? cell->n_points_better : cell->n_points_worse, numbers[1]);
    language_count(page->language, gathered->info->n_points, numbers[2]);
    const struct language_place places[] = {{"better", numbers[0]},
                                            {"worse", numbers[1]},
                                            {"points", numbers[2]},
                                            {"best", language_number(page->language, 100 * best, 0, 0, numbers[3])},
                                            {"regime", page_regime(page, choice->best)},
                                            {"baseline", page_regime(page, choice->against)},
                                            {"outcome", page_outcome(page, outcome)}};
    int known = gathered->info->n_replicates >= PAIRED_TELLING;
    html_format(&page->html, "<li data-ground=\"%s\">", outcome_infos[outcome].name);
    html_fill(&page->html, page->language, known ? TEXT_conditions_points : TEXT_conditions_best, 7, places);
    html_raw(&page->html, "</li>\n");
}

static void grounds_conditions(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    item_begin(page, TEXT_ground_conditions);
    if (gathered->info->n_points < 2 || gathered->choice.against < 0) {
        html_say(&page->html, page->language, TEXT_conditions_none);
    } else {
        html_raw(&page->html, "<ul>");
        for (int i = 0; i < GATHER_YARDSTICKS; i++) {
            grounds_yardstick(page, gathered->yardstick[i]);
        }
        html_raw(&page->html, "</ul>");
    }
    html_raw(&page->html, "</li>\n");
}

/* "mixed, dredging": the theories with a verdict, or all others where `other`. Returns how many there are. */
static int list_worlds(const struct gathered *gathered, enum language language, enum verdict verdict, size_t n_bytes,
                       char *text)
{
    size_t used = 0;
    int n = 0;
    text[0] = 0;
    for (int i = 0; i < gathered->n_worlds; i++) {
        const struct gather_world *world = &gathered->worlds[i];
        if (world->paired.verdict == verdict && used < n_bytes) {
            used += (size_t)snprintf(text + used, n_bytes - used, "%s%s", n > 0 ? ", " : "",
                                     language_theory(language, (int)world->theory));
            n++;
        }
    }
    return n;
}

static void grounds_theories(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct gather_choice *choice = &gathered->choice;
    int turned = choice->best != choice->headline;
    item_begin(page, TEXT_ground_theories);
    if (gathered->n_worlds == 0 || choice->against < 0) {
        const struct language_place place = {"theory", language_theory(page->language, (int)gathered->study.theory)};
        html_fill(&page->html, page->language, TEXT_theories_one, 1, &place);
        html_raw(&page->html, "</li>\n");
        return;
    }
    char better[512];
    char worse[512];
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    language_count(
        page->language,
        list_worlds(gathered, page->language, turned ? VERDICT_WORSE : VERDICT_BETTER, sizeof better, better),
        numbers[0]);
    int n_worse = list_worlds(gathered, page->language, turned ? VERDICT_BETTER : VERDICT_WORSE, sizeof worse, worse);
    language_count(page->language, n_worse, numbers[1]);
    language_count(page->language, gathered->n_worlds, numbers[2]);
    const struct language_place places[] = {{"better", numbers[0]},
                                            {"worse", numbers[1]},
                                            {"n", numbers[2]},
                                            {"names", worse},
                                            {"regime", page_regime(page, choice->best)},
                                            {"baseline", page_regime(page, choice->against)},
                                            {"outcome", page_outcome(page, OUTCOME_structural_share)}};
    html_raw(&page->html, "<span data-worlds>");
    html_fill(&page->html, page->language, n_worse > 0 ? TEXT_theories_worse : TEXT_theories_better, 7, places);
    html_raw(&page->html, "</span></li>\n");
}

static void grounds_rates(struct page *page)
{
    const struct design *design = &page->gathered->study.design;
    int n = 0;
    for (int f = 0; f < design->n_factors; f++) {
        n += strncmp(design->factors[f].key, "model.", 6) == 0;
    }
    char numbers[2][LANGUAGE_NUMBER_BYTES] = {"", ""};
    const struct gather_choice *choice = &page->gathered->choice;
    const struct comparison *comparison = &page->gathered->comparison;
    int is_posterior = comparison->doubts != NULL && choice->against >= 0;
    if (is_posterior) {
        const struct doubt *doubt = comparison_doubt(comparison, OUTCOME_structural_share, choice->headline, -1);
        int turned = choice->best != choice->headline;
        language_number(page->language, 100 * (turned ? 1 - doubt->ahead : doubt->ahead), 0, 0, numbers[1]);
    }
    language_count(page->language, n, numbers[0]);
    const struct language_place places[] = {{"n", numbers[0]},
                                            {"ahead", numbers[1]},
                                            {"regime", page_regime(page, choice->best < 0 ? 0 : choice->best)},
                                            {"baseline", page_regime(page, choice->against < 0 ? 0 : choice->against)},
                                            {"outcome", page_outcome(page, OUTCOME_structural_share)}};
    item_begin(page, TEXT_ground_rates);
    html_fill(&page->html, page->language,
              is_posterior ? TEXT_rates_posterior
              : n > 0      ? TEXT_rates_varied
                           : TEXT_rates_given,
              5, places);
    html_raw(&page->html, "</li>\n");
}

void page_ground_list(struct page *page)
{
    html_raw(&page->html, "<ul class=\"grounds\">\n");
    grounds_luck(page);
    grounds_conditions(page);
    grounds_theories(page);
    grounds_rates(page);
    html_raw(&page->html, "</ul>\n");
}
