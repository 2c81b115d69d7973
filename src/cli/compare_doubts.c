/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "cli/compare_notes.h"
#include "cli/out.h"
#include "cli/table.h"

/* What a comparison says over a posterior: of these outcomes, and of those that only the study has. */

static const int shown[] = {OUTCOME_structural_share, OUTCOME_solved_share,  OUTCOME_symptom_burden,
                            OUTCOME_symptom_year3,    OUTCOME_symptom_after, OUTCOME_survival,
                            OUTCOME_sustained};

enum { N_SHOWN = sizeof shown / sizeof *shown };

static void print_row(struct table *table, const char *name, const struct doubt *doubt, int is_first)
{
    char numbers[5][TABLE_NUMBER_BYTES];
    double scale = fmax(fabs(doubt->low), fabs(doubt->high));
    table_cell(table, is_first ? "%s" : "    %s", name);
    table_cell(table, "%d", doubt->n_points);
    table_cell(table, "%s", table_number(doubt->mean, scale, 1, numbers[0]));
    table_cell(table, "%s to %s", table_number(doubt->low, scale, 1, numbers[1]),
               table_number(doubt->high, scale, 1, numbers[2]));
    if (isnan(doubt->ahead)) { /* neither side is better */
        table_cell(table, "%s", "");
    } else {
        table_cell(table, "%.0f%%", 100 * doubt->ahead);
    }
    table_cell(table, "%s", isnan(doubt->luck) ? "" : table_number(doubt->luck, scale, 0, numbers[3]));
    table_cell(table, "%s", table_number(doubt->unknown, scale, 0, numbers[4]));
}

/* An outcome, and below it a row for each theory; nothing where it has no value. */
static void print_outcome(struct table *table, const struct comparison *comparison, int outcome, int regime)
{
    const struct doubt *doubt = comparison_doubt(comparison, outcome, regime, -1);
    if (doubt->n_points == 0) {
        return;
    }
    print_row(table, comparison->row[outcome].name, doubt, 1);
    for (int theory = 0; comparison->n_theories > 1 && theory < N_THEORIES; theory++) {
        const struct doubt *own = comparison_doubt(comparison, outcome, regime, theory);
        if (own->n_points > 0) {
            print_row(table, theory_infos[theory].name, own, 0);
        }
    }
}

static dredge_status print_regime(const struct comparison *comparison, const struct results_info *info, int regime)
{
    struct table table;
    table_begin(&table, "lrrrrrr");
    const char *heads[] = {
        info->regimes[regime], "points", "difference", "middle 95%", "ahead in", "luck", "not known"};
    for (int c = 0; c < 7; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int i = 0; i < N_SHOWN; i++) {
        print_outcome(&table, comparison, shown[i], regime);
    }
    for (int outcome = N_OUTCOMES; outcome < comparison->n_outcomes; outcome++) {
        print_outcome(&table, comparison, outcome, regime);
    }
    return table_print(&table);
}

/* "iterative is ahead of linear_kpi on structural share in 93% of the posterior, ..." */
static void print_sentence(const struct comparison *comparison, const struct results_info *info, int regime)
{
    char text[TABLE_CELL_BYTES * 8];
    char bound[TABLE_NUMBER_BYTES];
    const struct doubt *doubt = comparison_doubt(comparison, OUTCOME_structural_share, regime, -1);
    double matters = comparison_cell(comparison, OUTCOME_structural_share, regime)->paired.matters;
    (void)table_number(matters, matters, 0, bound);
    int used = snprintf(text, sizeof text,
                        "%s is ahead of %s on structural share in %.0f%% of the posterior: by %s or more in %.0f%%, "
                        "behind by as much in %.0f%%.",
                        info->regimes[regime], info->regimes[comparison->baseline], 100 * doubt->ahead, bound,
                        100 * doubt->ahead_matters, 100 * doubt->behind_matters);
    if (!isnan(doubt->unknown_share) && used > 0 && (size_t)used < sizeof text) {
        (void)snprintf(text + used, sizeof text - (size_t)used,
                       " Of the variance of that difference in a single collaboration, %.0f%% is what is not known of "
                       "the model's values, the rest luck.",
                       100 * doubt->unknown_share);
    }
    table_paragraph(0, "", text);
}

dredge_status compare_print_doubts(const struct comparison *comparison, const struct results_info *info)
{
    dredge_status status = DREDGE_OK;
    if (comparison->doubts == NULL) {
        return status;
    }
    out_text("\nOver the posterior, of which each design point is a draw\n");
    for (int r = 0; status == DREDGE_OK && r < comparison->n_regimes; r++) {
        if (r != comparison->baseline) {
            status = print_regime(comparison, info, r);
            out_text("\n");
            print_sentence(comparison, info, r);
        }
    }
    table_paragraph(
        0, "",
        "The intervals further up are of luck alone, at these points. Middle 95%: of what the difference can be over "
        "the posterior, with how far luck left its mean unknown; ahead in: share of it on the better side. "
        "Luck, not known: standard deviations of a single collaboration's difference at one point, and "
        "between points.");
    return status;
}
