/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_forms.h"

#include "analysis/comparison_json.h"

#include <math.h>

#include "cli/out.h"
#include "cli/query.h"

void compare_print_csv_head(void)
{
    out_text(
        "outcome,regime,baseline,mean,se,n,difference,difference_se,low,high,better_share,tied_share,"
        "pair_mean,pair_baseline_mean,pairs,verdict,regret_mean,regret_p90,regret_max,worst_point,best_share,domain,"
        "runs_failed,runs_missing\n");
}

void compare_print_csv_rows(const struct comparison *comparison, const struct results_info *info,
                            const struct precision *precision, const char *scenario)
{
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
            const struct estimate *difference = &cell->paired.difference;
            const struct robustness *robustness = &cell->robustness;
            int is_baseline = r == comparison->baseline;
            double numbers[] = {
                difference->mean,          difference->se,          difference->low,     difference->high,
                cell->paired.better_share, cell->paired.tied_share, cell->paired.regime, cell->paired.baseline};
            double regrets[] = {robustness->regret_mean, robustness->regret_90,  robustness->regret_max,
                                robustness->worst,       robustness->best_share, robustness->domain};
            if (scenario != NULL) {
                query_csv_text(scenario);
                out_text(",");
            }
            query_csv_text(comparison->row[outcome].name);
            out_text(",");
            query_csv_text(info->regimes[r]);
            out_text(",");
            query_csv_text(info->regimes[comparison->baseline]);
            out_text(",");
            query_csv_number(cell->mean.mean);
            out_text(",");
            query_csv_number(cell->mean.se);
            out_print(",%ld", cell->mean.n);
            for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
                out_text(",");
                if (!is_baseline) {
                    query_csv_number(numbers[i]);
                }
            }
            out_print(is_baseline ? ",," : ",%ld,%s", difference->n, verdict_name(cell->paired.verdict));
            for (size_t i = 0; i < sizeof regrets / sizeof *regrets; i++) {
                out_text(",");
                if (comparison->n_points > 1) {
                    query_csv_number(regrets[i]);
                }
            }
            out_print(",%lld,%lld\n", info->n_failed, precision->n_missing);
        }
    }
}
