/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/compare_forms.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"
#include "report/verdict.h"
#include "store/store.h"

static const char *compare_arrow(int better)
{
    return better > 0 ? table_symbol("↑", "+") : better < 0 ? table_symbol("↓", "-") : "";
}

/* Which side the verdict is on. */
static const char *compare_marker(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_BETTER:
        return table_symbol("▶", ">");
    case VERDICT_WORSE:
        return table_symbol("◀", "<");
    case VERDICT_EQUAL:
        return "=";
    case VERDICT_HIGHER:
    case VERDICT_LOWER:
        return "";
    case VERDICT_UNCLEAR:
        break;
    }
    return table_symbol("·", ".");
}

/* The cells "+0.109 ± 0.024", marker, bar and share. */
static void compare_difference_cells(struct table *table, const struct paired *paired, double scale)
{
    char difference[TABLE_NUMBER_BYTES];
    char half[TABLE_NUMBER_BYTES];
    char bar[32];
    enum { BAR = 5 };
    const struct estimate *estimate = &paired->difference;
    table_number(estimate->mean, scale, 1, difference);
    table_number((estimate->high - estimate->low) / 2, scale, 0, half);
    if (isnan(estimate->low)) {
        table_cell(table, "%s", difference);
    } else {
        table_cell(table, "%s %s %s", difference, table_symbol("±", "+-"), half);
    }
    table_cell(table, "%s", compare_marker(paired->verdict));
    if (isnan(paired->better_share)) {
        table_cell(table, "%s", "");
    } else {
        table_bar(paired->better_share, BAR, bar);
        table_cell(table, "%s%4.0f%%", bar, 100 * paired->better_share);
    }
}

/* Two regimes: one line per outcome. */
static dredge_status compare_print_two(const struct comparison *comparison, const struct results_info *info)
{
    int base = comparison->baseline;
    int other = 1 - base;
    struct table table;
    table_begin(&table, "llrrrll");
    const char *heads[] = {"", "", info->regimes[base], info->regimes[other], "difference", "", "better in"};
    for (int c = 0; c < 7; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, other);
        double base_mean = comparison_cell(comparison, outcome, base)->mean.mean;
        double scale = fmax(fabs(cell->mean.mean), fabs(base_mean));
        char number[TABLE_NUMBER_BYTES];
        table_cell(&table, "%s", outcome_infos[outcome].name);
        table_cell(&table, "%s", compare_arrow(outcome_infos[outcome].better));
        table_cell(&table, "%s", table_number(base_mean, scale, 0, number));
        table_cell(&table, "%s", table_number(cell->mean.mean, scale, 0, number));
        compare_difference_cells(&table, &cell->paired, scale);
    }
    return table_print(&table);
}

/* One regime: nothing to compare, means with the half width of their intervals. */
static dredge_status compare_print_one(const struct comparison *comparison, const struct results_info *info)
{
    struct table table;
    table_begin(&table, "llrl");
    const char *heads[] = {"", "", info->regimes[0], "unit"};
    for (int c = 0; c < 4; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        const struct estimate *mean = &comparison_cell(comparison, outcome, 0)->mean;
        char numbers[2][TABLE_NUMBER_BYTES];
        table_cell(&table, "%s", outcome_infos[outcome].name);
        table_cell(&table, "%s", compare_arrow(outcome_infos[outcome].better));
        table_cell(&table, "%s %s %s", table_number(mean->mean, mean->mean, 0, numbers[0]), table_symbol("±", "+-"),
                   table_number(mean->high - mean->mean, mean->mean, 0, numbers[1]));
        table_cell(&table, "%s", outcome_infos[outcome].unit);
    }
    dredge_status status = table_print(&table);
    char legend[TABLE_CELL_BYTES];
    (void)snprintf(legend, sizeof legend,
                   "%s more is better, %s less is better. %s half the 95%% interval of the mean. One regime: there is "
                   "nothing to compare.",
                   compare_arrow(1), compare_arrow(-1), table_symbol("±", "+-"));
    out_text("\n");
    table_paragraph(0, "", legend);
    return status;
}

/* More regimes: a block per outcome. */
static dredge_status compare_print_many(const struct comparison *comparison, const struct results_info *info)
{
    struct table table;
    table_begin(&table, "lrrll");
    const char *heads[] = {"", "mean", "difference", "", "better in"};
    for (int c = 0; c < 5; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        table_heading(&table, "%s %s (%s)", outcome_infos[outcome].name, compare_arrow(outcome_infos[outcome].better),
                      outcome_infos[outcome].unit);
        double scale = 0;
        for (int r = 0; r < comparison->n_regimes; r++) {
            scale = fmax(scale, fabs(comparison_cell(comparison, outcome, r)->mean.mean));
        }
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
            char number[TABLE_NUMBER_BYTES];
            table_cell(&table, "  %s", info->regimes[r]);
            table_cell(&table, "%s", table_number(cell->mean.mean, scale, 0, number));
            if (r == comparison->baseline) {
                table_cell(&table, "%s", "baseline");
                table_end_row(&table);
            } else {
                compare_difference_cells(&table, &cell->paired, scale);
            }
        }
    }
    return table_print(&table);
}

static dredge_status compare_print_regret(const struct comparison *comparison, const struct results_info *info)
{
    static const int outcomes[] = {OUTCOME_structural_share, OUTCOME_solved_share,  OUTCOME_quick_results,
                                   OUTCOME_symptom_burden,   OUTCOME_symptom_year3, OUTCOME_symptom_after};
    out_print("\nRegret over %d design points: how far a regime is from the best one at each\n", comparison->n_points);
    struct table table;
    table_begin(&table, "lrrrrr");
    const char *heads[] = {"", "mean", "90%", "largest", "best at", "meets"};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        char number[TABLE_NUMBER_BYTES];
        double requirement = comparison->requirement[outcomes[i]];
        if (isnan(requirement)) {
            continue;
        }
        table_heading(&table, "%s (meets: %s %s at a point)", outcome_infos[outcomes[i]].name,
                      outcome_infos[outcomes[i]].better > 0 ? "at least" : "at most",
                      table_number(requirement, requirement, 0, number));
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct robustness *robustness = &comparison_cell(comparison, outcomes[i], r)->robustness;
            double shown[] = {robustness->regret_mean, robustness->regret_90, robustness->regret_max};
            table_cell(&table, "  %s", info->regimes[r]);
            for (int c = 0; c < 3; c++) {
                table_cell(&table, "%s", table_number(shown[c], requirement, 0, number));
            }
            table_cell(&table, "%.0f%%", 100 * robustness->best_share);
            table_cell(&table, "%.0f%%", 100 * robustness->domain);
        }
    }
    return table_print(&table);
}

/* Outcomes with fewer pairs than runs, so that nobody takes them for complete. */
static void compare_print_missing(const struct comparison *comparison)
{
    long most = 0;
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        long n = comparison_cell(comparison, outcome, comparison->baseline)->mean.n;
        most = n > most ? n : most;
    }
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        long least = most;
        for (int r = 0; r < comparison->n_regimes; r++) {
            long n = comparison_cell(comparison, outcome, r)->paired.difference.n;
            least = n < least ? n : least;
        }
        if (least < most) {
            out_print("%s: %ld of %ld pairs have a value.\n", outcome_infos[outcome].name, least, most);
        }
    }
}

static void compare_print_verdict(const struct comparison *comparison, const struct results_info *info)
{
    for (int r = 0; r < comparison->n_regimes; r++) {
        if (r != comparison->baseline) {
            struct verdict_text text;
            verdict_write(comparison, info, r, OUTCOME_structural_share, LANGUAGE_EN, &text);
            out_text("\n");
            for (int i = 0; i < text.n; i++) {
                table_paragraph(0, "", text.sentence[i]);
            }
        }
    }
}

static void compare_print_legend(const struct comparison *comparison, const struct results_info *info)
{
    char legend[TABLE_CELL_BYTES * 2];
    const char *leader = info->n_regimes == 2 ? info->regimes[1 - comparison->baseline] : "the regime";
    (void)snprintf(legend, sizeof legend,
                   "%s more is better, %s less is better. %s %s leads, %s %s leads, %s no clear difference. "
                   "%s half the 95%% interval of the paired difference. Better in: share of pairs in which %s is "
                   "better; equal pairs are not counted as better.",
                   compare_arrow(1), compare_arrow(-1), compare_marker(VERDICT_BETTER), leader,
                   compare_marker(VERDICT_WORSE), info->regimes[comparison->baseline], compare_marker(VERDICT_UNCLEAR),
                   table_symbol("±", "+-"), leader);
    out_text("\n");
    table_paragraph(0, "", legend);
}

static dredge_status compare_print_text(const struct comparison *comparison, const struct results_info *info)
{
    char line[QUERY_LINE_BYTES];
    table_paragraph(0, "", info->title);
    out_print("%d design point%s, %d regime%s, %d replicate%s\n", info->n_points, info->n_points == 1 ? "" : "s",
              info->n_regimes, info->n_regimes == 1 ? "" : "s", info->n_replicates, info->n_replicates == 1 ? "" : "s");
    query_progress(info, line);
    if (*line) {
        out_print("%s\n", line);
    }
    out_text("\n");
    if (info->n_regimes == 1) {
        dredge_status alone = compare_print_one(comparison, info);
        compare_print_missing(comparison);
        return alone;
    }
    dredge_status status =
        info->n_regimes == 2 ? compare_print_two(comparison, info) : compare_print_many(comparison, info);
    compare_print_legend(comparison, info);
    compare_print_missing(comparison);
    if (status == DREDGE_OK && comparison->n_points > 1 && comparison->n_regimes > 1) {
        status = compare_print_regret(comparison, info);
    }
    compare_print_verdict(comparison, info);
    return status;
}

static dredge_status compare_print_json(const struct comparison *comparison, const struct results_info *info)
{
    struct json json = {0};
    char *text = NULL;
    compare_write_json(&json, comparison, info);
    dredge_status status = json_finish(&json, &text);
    if (status == DREDGE_OK) {
        out_print("%s\n", text);
        free(text);
    }
    return status;
}

dredge_status compare_print(const char *file, const char *baseline, enum compare_form form)
{
    struct results *results = NULL;
    struct comparison comparison = {0};
    struct study study = {0};
    int base = 0;
    dredge_status status = results_open(&results, file);
    const struct results_info *info = status == DREDGE_OK ? results_info(results) : NULL;
    if (status == DREDGE_OK) {
        status = query_regime(info, baseline, &base);
    }
    if (status == DREDGE_OK) {
        status = results_study(results, &study);
    }
    if (status == DREDGE_OK) {
        status = comparison_read(results, base, 0.95, study.seed, &comparison);
    }
    if (status == DREDGE_OK && form == COMPARE_CSV) {
        compare_print_csv(&comparison, info);
    } else if (status == DREDGE_OK) {
        status = form == COMPARE_JSON ? compare_print_json(&comparison, info) : compare_print_text(&comparison, info);
    }
    comparison_free(&comparison);
    study_free(&study);
    results_close(results);
    return status;
}
