/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/compare_forms.h"
#include "cli/compare_language.h"
#include "analysis/comparison_json.h"
#include "cli/compare_notes.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"
#include "report/verdict.h"
#include "store/store.h"

const char *compare_arrow(int better)
{
    return better > 0 ? table_symbol("↑", "+") : better < 0 ? table_symbol("↓", "-") : "";
}

const char *compare_marker(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_BETTER:
        return table_symbol("▶", ">");
    case VERDICT_WORSE:
        return table_symbol("◀", "<");
    case VERDICT_EQUAL:
        return "=";
    case VERDICT_SMALL:
        return table_symbol("≈", "~");
    case VERDICT_HIGHER:
    case VERDICT_LOWER:
        return "";
    case VERDICT_UNCLEAR:
        break;
    }
    return table_symbol("·", ".");
}

/* "+0.109 ± 0.024", or, where the interval lies more to one side, "+0.02 (-0.01 to +0.12)". */
static void compare_interval_cell(struct table *table, const struct estimate *estimate, double scale, int sign)
{
    char numbers[3][TABLE_NUMBER_BYTES];
    double below = estimate->mean - estimate->low;
    double above = estimate->high - estimate->mean;
    table_number(estimate->mean, scale, sign, numbers[0]);
    if (isnan(below)) {
        table_cell(table, "%s", numbers[0]);
    } else if (fabs(above - below) <= 0.2 * (above + below)) {
        table_cell(table, "%s %s %s", numbers[0], table_symbol("±", "+-"),
                   table_number((above + below) / 2, scale, 0, numbers[1]));
    } else {
        table_cell(table, "%s (%s to %s)", numbers[0], table_number(estimate->low, scale, sign, numbers[1]),
                   table_number(estimate->high, scale, sign, numbers[2]));
    }
}

/* The cells of the difference, marker, bar and share. */
static void compare_difference_cells(struct table *table, const struct paired *paired, double scale)
{
    char bar[32];
    enum { BAR = 5 };
    compare_interval_cell(table, &paired->difference, scale, 1);
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
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, other);
        double scale = fmax(fabs(cell->paired.regime), fabs(cell->paired.baseline));
        char number[TABLE_NUMBER_BYTES];
        table_cell(&table, "%s", comparison->row[outcome].name);
        table_cell(&table, "%s", compare_arrow(comparison->row[outcome].better));
        table_cell(&table, "%s", table_number(cell->paired.baseline, scale, 0, number));
        table_cell(&table, "%s", table_number(cell->paired.regime, scale, 0, number));
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
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        const struct estimate *mean = &comparison_cell(comparison, outcome, 0)->mean;
        table_cell(&table, "%s", comparison->row[outcome].name);
        table_cell(&table, "%s", compare_arrow(comparison->row[outcome].better));
        compare_interval_cell(&table, mean, mean->mean, 0);
        table_cell(&table, "%s", comparison->row[outcome].unit);
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
    table_begin(&table, "lrrrll");
    const char *heads[] = {"", "mean", "baseline", "difference", "", "better in"};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        table_heading(&table, "%s %s (%s)", comparison->row[outcome].name,
                      compare_arrow(comparison->row[outcome].better), comparison->row[outcome].unit);
        double scale = 0;
        for (int r = 0; r < comparison->n_regimes; r++) {
            scale = fmax(scale, fabs(comparison_cell(comparison, outcome, r)->mean.mean));
        }
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
            char number[TABLE_NUMBER_BYTES];
            table_cell(&table, "  %s", info->regimes[r]);
            if (r == comparison->baseline) {
                table_cell(&table, "%s", table_number(cell->mean.mean, scale, 0, number));
                table_end_row(&table);
            } else {
                table_cell(&table, "%s", table_number(cell->paired.regime, scale, 0, number));
                table_cell(&table, "%s", table_number(cell->paired.baseline, scale, 0, number));
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

static void compare_print_verdict(const struct comparison *comparison, const struct results_info *info)
{
    for (int r = 0; r < comparison->n_regimes; r++) {
        if (r != comparison->baseline) {
            struct verdict_text text;
            verdict_write(comparison, info, NULL, r, OUTCOME_structural_share, LANGUAGE_EN, &text);
            out_text("\n");
            for (int i = 0; i < text.n; i++) {
                table_paragraph(0, "", text.sentence[i]);
            }
        }
    }
}

static void compare_print_legend(const struct comparison *comparison, const struct results_info *info)
{
    char legend[TABLE_CELL_BYTES * 4];
    const char *leader = info->n_regimes == 2 ? info->regimes[1 - comparison->baseline] : "the regime";
    (void)snprintf(
        legend, sizeof legend,
        "%s more is better, %s less is better. %s %s leads, %s %s leads, %s no clear difference, %s surely "
        "smaller than what matters, = the same in every pair. Means are those of the pairs. %s half the 95%% "
        "interval of the paired difference. Better in: share of pairs in which %s is better; equal pairs "
        "are not counted as better.",
        compare_arrow(1), compare_arrow(-1), compare_marker(VERDICT_BETTER), leader, compare_marker(VERDICT_WORSE),
        info->regimes[comparison->baseline], compare_marker(VERDICT_UNCLEAR), compare_marker(VERDICT_SMALL),
        table_symbol("±", "+-"), leader);
    out_text("\n");
    table_paragraph(0, "", legend);
}

static dredge_status compare_print_text(const struct comparison *comparison, const struct results_info *info,
                                        const struct precision *precision)
{
    char lines[QUERY_LINES_BYTES];
    char numbers[2][TABLE_NUMBER_BYTES];
    table_paragraph(0, "", info->title);
    out_print("%s design point%s, %d regime%s, %s replicate%s\n", table_count(info->n_points, numbers[0]),
              info->n_points == 1 ? "" : "s", info->n_regimes, info->n_regimes == 1 ? "" : "s",
              table_count(info->n_replicates, numbers[1]), info->n_replicates == 1 ? "" : "s");
    query_progress(info, precision, lines);
    out_text(lines);
    out_text("\n");
    if (info->n_regimes == 1) {
        dredge_status alone = compare_print_one(comparison, info);
        compare_print_missing(comparison, info);
        return alone == DREDGE_OK ? compare_print_spread(comparison, info) : alone;
    }
    /* Names with a sector or pair do not fit on the line of two regimes. */
    int is_long = strchr(comparison->row[comparison->n_outcomes - 1].name, '[') != NULL;
    dredge_status status =
        info->n_regimes == 2 && !is_long ? compare_print_two(comparison, info) : compare_print_many(comparison, info);
    compare_print_legend(comparison, info);
    compare_print_missing(comparison, info);
    if (status == DREDGE_OK) {
        status = compare_print_spread(comparison, info);
    }
    if (status == DREDGE_OK && comparison->n_points > 1 && comparison->n_regimes > 1) {
        status = compare_print_regret(comparison, info);
    }
    if (status == DREDGE_OK) {
        status = compare_print_doubts(comparison, info);
    }
    compare_print_verdict(comparison, info);
    return status;
}

static dredge_status compare_print_json(const struct comparison *comparison, const struct results_info *info,
                                        const struct precision *precision)
{
    struct json json = {0};
    comparison_write_json(&json, comparison, info, precision);
    return out_json(&json);
}

dredge_status compare_print_results(struct results *results, const char *baseline, double at_least,
                                    enum compare_form form, enum language language)
{
    struct comparison comparison = {0};
    struct precision precision;
    int base = 0;
    const struct results_info *info = results_info(results);
    dredge_status status = query_regime(info, baseline, &base);
    if (status == DREDGE_OK) {
        status = comparison_read(results, base, 0.95, at_least, &comparison);
    }
    if (status == DREDGE_OK) {
        status = precision_of(results, &precision);
    }
    if (status == DREDGE_OK && form == COMPARE_CSV) {
        compare_print_csv_head();
        compare_print_csv_rows(&comparison, info, &precision, NULL);
    } else if (status == DREDGE_OK && form == COMPARE_TABLE && language != LANGUAGE_EN) {
        status = compare_print_language(&comparison, results, language);
    } else if (status == DREDGE_OK) {
        status = form == COMPARE_JSON ? compare_print_json(&comparison, info, &precision)
                                      : compare_print_text(&comparison, info, &precision);
    }
    comparison_free(&comparison);
    return status;
}

dredge_status compare_print(const char *file, const char *baseline, double at_least, enum compare_form form,
                            enum language language)
{
    struct results *results = NULL;
    dredge_status status = results_open(&results, file);
    if (status == DREDGE_OK) {
        status = compare_print_results(results, baseline, at_least, form, language);
    }
    results_close(results);
    return status;
}
