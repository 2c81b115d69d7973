/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "report/page_parts.h"
#include "report/verdict.h"

static void answer_sentences(struct page *page, int regime, const char *class)
{
    struct verdict_text text;
    verdict_write(&page->gathered->comparison, page->gathered->info, &page->gathered->study, regime,
                  OUTCOME_structural_share, page->language, &text);
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
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, regime);
        if (paired_verdict(&cell->paired) != verdict || comparison->row[outcome].better == 0 ||
            cell->paired.difference.n == 0) {
            continue;
        }
        char number[LANGUAGE_NUMBER_BYTES];
        html_raw(&page->html, n++ == 0 ? "<ul><li>" : "<li>");
        html_text(&page->html, page_outcome(page, outcome));
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
    int baseline = page->gathered->comparison.baseline;
    html_raw(&page->html, "<h3>");
    html_say(&page->html, page->language, TEXT_sides_title);
    html_raw(&page->html, "</h3><div class=\"sides\">");
    answer_side(page, page_regime(page, regime), regime, VERDICT_BETTER, regime);
    answer_side(page, page_regime(page, baseline), regime, VERDICT_WORSE, baseline);
    answer_side(page, "", regime, VERDICT_UNCLEAR, -1);
    html_raw(&page->html, "</div>\n");
}

/* ---- who is first ---- */

/* The regimes that cannot be told apart from the first: "iterative and wiser", "iterative, wiser, linear and 4 more".
 * Returns how many there are. */
static int answer_group(const struct page *page, const struct ranking *ranking, size_t n_bytes, char *text)
{
    enum { MOST = 4 };
    const char *names[MOST];
    char more[64];
    char number[LANGUAGE_NUMBER_BYTES];
    size_t used = 0;
    int n = 0;
    for (int i = 0; i < ranking->n_placed; i++) {
        int regime = ranking->order[i];
        if (ranking->first[regime] == 1) {
            if (n < MOST) {
                names[n] = page_regime(page, regime);
            }
            n++;
        }
    }
    int n_named = n <= MOST ? n : MOST;
    if (n > MOST) {
        language_count(page->language, n - MOST + 1, number);
        const struct language_place place = {"n", number};
        language_fill(language_text(page->language, TEXT_list_more), 1, &place, sizeof more, more);
        names[MOST - 1] = more;
    }
    text[0] = 0;
    for (int i = 0; i < n_named && used < n_bytes; i++) {
        int last = i > 0 && i + 1 == n_named;
        const char *joint = i == 0 ? "" : last ? " " : ", ";
        used += (size_t)snprintf(text + used, n_bytes - used, "%s%s%s%s", joint,
                                 last ? language_text(page->language, TEXT_list_and) : "", last ? " " : "", names[i]);
    }
    return n;
}

static void answer_first(struct page *page, enum gather_yardstick yardstick, enum text alone, enum text group)
{
    const struct ranking *ranking = &page->gathered->rankings[yardstick];
    int outcome = page->gathered->yardstick[yardstick];
    char names[1024];
    char mean[LANGUAGE_NUMBER_BYTES];
    if (ranking->n_placed == 0) {
        return;
    }
    int n = answer_group(page, ranking, sizeof names, names);
    int best = ranking->order[0];
    double value = comparison_cell(&page->gathered->comparison, outcome, best)->mean.mean;
    const struct language_place places[] = {{"best", page_regime(page, best)},
                                            {"group", names},
                                            {"outcome", page_outcome(page, outcome)},
                                            {"mean", language_number(page->language, value, 2, 0, mean)}};
    html_format(&page->html, "<p data-first=\"%s\">", outcome_infos[outcome].name);
    html_fill(&page->html, page->language, n == 1 ? alone : group, 4, places);
    html_raw(&page->html, "</p>\n");
}

/* One regime against another on a yardstick. */
static void answer_between(struct page *page, enum gather_yardstick yardstick, int regime, int other)
{
    char sentence[VERDICT_BYTES];
    int outcome = page->gathered->yardstick[yardstick];
    struct paired paired = ranking_between(&page->gathered->rankings[yardstick], regime, other);
    verdict_pair(&paired, page_outcome(page, outcome), page_regime(page, regime), page_regime(page, other),
                 page->language, sentence);
    html_format(&page->html, "<p data-outcome=\"%s\" data-regime=\"%d\" data-against=\"%d\">",
                outcome_infos[outcome].name, regime, other);
    html_text(&page->html, sentence);
    html_raw(&page->html, "</p>\n");
}

void page_break_even_text(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct break_even *even = &gathered->break_even;
    const struct gather_choice *choice = &gathered->choice;
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    const double weights[] = {even->weight, even->low, even->high};
    for (int i = 0; i < 3; i++) {
        language_number(page->language, 100 * weights[i], 0, 0, numbers[i]);
    }
    const struct language_place places[] = {{"best", page_regime(page, choice->best)},
                                            {"early", page_regime(page, choice->early_best)},
                                            {"lasting", page_outcome(page, gathered->yardstick[GATHER_LASTING])},
                                            {"relief", page_outcome(page, gathered->yardstick[GATHER_EARLY])},
                                            {"weight", numbers[0]},
                                            {"low", numbers[1]},
                                            {"high", numbers[2]}};
    html_raw(&page->html, "<span data-break-even>");
    html_fill(&page->html, page->language,
              choice->best == choice->early_best ? TEXT_even_same
              : !even->exists                    ? TEXT_even_none
              : isnan(even->low)                 ? TEXT_even_point
                                                 : TEXT_even_range,
              7, places);
    html_raw(&page->html, "</span>");
}

void page_place_cell(struct page *page, const struct ranking *ranking, int regime)
{
    int first = ranking->first[regime];
    int last = ranking->last[regime];
    html_format(&page->html,
                first == 0      ? "<td class=\"n\">\u2013</td>"
                : first == last ? "<td class=\"n\">%d</td>"
                                : "<td class=\"n\">%d\u2013%d</td>",
                first, last);
}

static void answer_mean_cell(struct page *page, int outcome, int regime)
{
    const struct estimate *mean = &comparison_cell(&page->gathered->comparison, outcome, regime)->mean;
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    const double values[] = {mean->mean, mean->low, mean->high};
    for (int i = 0; i < 3; i++) {
        language_number(page->language, values[i], 3, 0, numbers[i]);
    }
    html_format(&page->html,
                "<td class=\"n\" data-cell=\"mean\" data-outcome=\"%s\" data-regime=\"%d\" data-value=\"%.9g\">",
                outcome_infos[outcome].name, regime, mean->mean);
    html_text(&page->html, numbers[0]);
    if (!isnan(mean->low)) {
        html_format(&page->html, " <small>[%s; %s]</small>", numbers[1], numbers[2]);
    }
    html_raw(&page->html, "</td>");
}

void page_ranking(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct ranking *lasting = &gathered->rankings[GATHER_LASTING];
    const struct ranking *early = &gathered->rankings[GATHER_EARLY];
    html_raw(&page->html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"ranking\"><caption>");
    html_say(&page->html, page->language, TEXT_rank_caption);
    html_raw(&page->html, "</caption><thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_col_regime);
    html_raw(&page->html, "</th>");
    for (int i = 0; i < GATHER_YARDSTICKS; i++) {
        html_raw(&page->html, "<th scope=\"col\" class=\"n\">");
        html_text(&page->html, page_outcome(page, gathered->yardstick[i]));
        html_raw(&page->html, "<br><small>");
        html_say(&page->html, page->language, i == GATHER_LASTING ? TEXT_word_more : TEXT_word_less);
        html_raw(&page->html, "</small></th><th scope=\"col\" class=\"n\">");
        html_say(&page->html, page->language, TEXT_col_place);
        html_raw(&page->html, "</th>");
    }
    html_raw(&page->html, "</tr></thead><tbody>\n");
    for (int i = 0; i < gathered->info->n_regimes; i++) {
        int regime = lasting->order[i];
        html_format(&page->html, "<tr><th scope=\"row\" class=\"regime\" data-regime-colour=\"%d\">",
                    regime % PAGE_COLOURS);
        html_text(&page->html, page_regime(page, regime));
        if (regime == gathered->comparison.baseline) {
            html_raw(&page->html, " <small>(");
            html_say(&page->html, page->language, TEXT_word_baseline);
            html_raw(&page->html, ")</small>");
        }
        html_raw(&page->html, "</th>");
        answer_mean_cell(page, gathered->yardstick[GATHER_LASTING], regime);
        page_place_cell(page, lasting, regime);
        answer_mean_cell(page, gathered->yardstick[GATHER_EARLY], regime);
        page_place_cell(page, early, regime);
        html_raw(&page->html, "</tr>\n");
    }
    html_raw(&page->html, "</tbody></table></div>\n");
}

void page_verdict(struct page *page)
{
    const struct gather_choice *choice = &page->gathered->choice;
    int baseline = page->gathered->comparison.baseline;
    html_raw(&page->html, "<div class=\"answer\">\n");
    answer_first(page, GATHER_LASTING, TEXT_first_alone, TEXT_first_group);
    if (choice->against >= 0) {
        answer_between(page, GATHER_LASTING, choice->best, choice->against);
    }
    if (choice->runner_up >= 0 && choice->best != baseline && choice->runner_up != baseline) {
        answer_between(page, GATHER_LASTING, choice->best, choice->runner_up);
    }
    answer_first(page, GATHER_EARLY, TEXT_early_alone, TEXT_early_group);
    if (choice->best >= 0 && choice->early_best >= 0 && choice->best != choice->early_best) {
        answer_between(page, GATHER_EARLY, choice->best, choice->early_best);
    }
    if (choice->best >= 0 && choice->early_best >= 0) {
        html_raw(&page->html, "<p>");
        page_break_even_text(page);
        html_raw(&page->html, "</p>\n");
    }
    html_raw(&page->html, "</div>\n");
}

void page_answer(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    int baseline = gathered->comparison.baseline;
    int headline = gathered->choice.headline;
    page_section(page, "answer", TEXT_answer_title);
    if (gathered->info->n_regimes < 2) {
        struct language_place place = {"regime", page_regime(page, 0)};
        page_paragraph(page, TEXT_answer_alone, 1, &place);
        page_ranking(page);
        html_raw(&page->html, "</section>\n");
        return;
    }
    page_verdict(page);
    page_ranking(page);
    if (!page->is_print) {
        html_raw(&page->html, "<div class=\"interactive\" hidden id=\"weigh\"></div>\n");
    }
    page_price(page);
    page_leads(page);
    html_raw(&page->html, "<h3>");
    html_say(&page->html, page->language, TEXT_grounds_title);
    html_raw(&page->html, "</h3>\n");
    page_ground_list(page);
    answer_sides(page, headline);
    page_details(page, "");
    struct language_place place = {"baseline", page_regime(page, baseline)};
    html_fill(&page->html, page->language, TEXT_answer_other, 1, &place);
    html_raw(&page->html, "</summary>\n");
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        if (r != baseline) {
            html_raw(&page->html, "<h3>");
            html_text(&page->html, page_regime(page, r));
            html_raw(&page->html, "</h3>");
            answer_sentences(page, r, "also");
        }
    }
    html_raw(&page->html, "</details>\n</section>\n");
}
