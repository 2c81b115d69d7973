/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_notes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/out.h"
#include "cli/table.h"

const char *compare_reason(const struct outcome_info *about)
{
    return strstr(about->description, "missing ");
}

/* One outcome: "durability: 1,965 of 2,000 pairs have a value, ...". */
static void print_lacking(const struct comparison *comparison, const struct results_info *info, int outcome)
{
    char text[TABLE_CELL_BYTES * 8];
    const char *reason = compare_reason(&info->outcomes[outcome]);
    size_t used = (size_t)snprintf(text, sizeof text, "%s is missing in", comparison->row[outcome].name);
    for (int r = 0; r < comparison->n_regimes && used < sizeof text; r++) {
        char numbers[3][TABLE_NUMBER_BYTES];
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
        long n_all = comparison_cell(comparison, OUTCOME_survival, r)->mean.n;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s %s of %s runs of %s", r > 0 ? "," : "",
                                 table_count(n_all - cell->mean.n, numbers[0]), table_count(n_all, numbers[1]),
                                 info->regimes[r]);
        if (r != comparison->baseline && used < sizeof text) {
            used += (size_t)snprintf(text + used, sizeof text - used, " (%s pairs)",
                                     table_count(cell->paired.difference.n, numbers[2]));
        }
    }
    if (reason != NULL && used < sizeof text) {
        used += (size_t)snprintf(text + used, sizeof text - used, ": %s", reason);
    }
    for (int r = 0; r < comparison->n_regimes && used < sizeof text; r++) {
        double ratio = comparison_cell(comparison, outcome, r)->ratio;
        char number[TABLE_NUMBER_BYTES];
        if (!isnan(ratio)) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s %s %s",
                                     r == 0 ? ". Over all runs together:" : ",", info->regimes[r],
                                     table_number(ratio, ratio, 0, number));
        }
    }
    if (used < sizeof text) {
        (void)snprintf(text + used, sizeof text - used, ".");
    }
    table_paragraph(0, "", text);
}

void compare_print_missing(const struct comparison *comparison, const struct results_info *info)
{
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        if (comparison_lacks(comparison, outcome)) {
            print_lacking(comparison, info, outcome);
        }
    }
}

dredge_status compare_print_spread(const struct comparison *comparison, const struct results_info *info)
{
    static const int outcomes[] = {OUTCOME_structural_share, OUTCOME_solved_share};
    char bound[TABLE_NUMBER_BYTES];
    struct table table;
    out_text("\nHow far single runs get: quantiles, and the share of runs that gets to a value\n");
    table_begin(&table, "lrrrrrr");
    const char *heads[] = {"", "5%", "25%", "50%", "75%", "95%"};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    (void)snprintf(bound, sizeof bound, "%.4g", comparison->at_least);
    table_cell(&table, "at least %s", bound);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        table_heading(&table, "%s", outcome_infos[outcomes[i]].name);
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct comparison_cell *cell = comparison_cell(comparison, outcomes[i], r);
            const struct estimate *reaching = &cell->reaching;
            char number[TABLE_NUMBER_BYTES];
            table_cell(&table, "  %s", info->regimes[r]);
            for (int q = 0; q < SPREAD_QUANTILES; q++) {
                table_cell(&table, "%s", table_number(cell->spread.quantile[q], 1, 0, number));
            }
            if (isnan(reaching->low)) {
                table_cell(&table, "%.0f%%", 100 * reaching->mean);
            } else {
                table_cell(&table, "%.0f%% (%.0f to %.0f%%)", 100 * reaching->mean, 100 * reaching->low,
                           100 * reaching->high);
            }
        }
    }
    return table_print(&table);
}
