/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_forms.h"

#include <math.h>

#include "cli/out.h"
#include "cli/query.h"

const char *compare_verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_BETTER:
        return "better";
    case VERDICT_WORSE:
        return "worse";
    case VERDICT_HIGHER:
        return "higher";
    case VERDICT_LOWER:
        return "lower";
    case VERDICT_SMALL:
        return "small";
    case VERDICT_EQUAL:
        return "equal";
    case VERDICT_UNCLEAR:
        break;
    }
    return "unclear";
}

static void compare_json_number(struct json *json, const char *key, double number)
{
    json_key(json, key);
    json_number(json, number);
}

static void compare_json_robustness(struct json *json, const struct robustness *robustness)
{
    json_key(json, "regret");
    json_begin_object(json);
    compare_json_number(json, "mean", robustness->regret_mean);
    compare_json_number(json, "p90", robustness->regret_90);
    compare_json_number(json, "max", robustness->regret_max);
    json_end(json);
    compare_json_number(json, "worst_point", robustness->worst);
    compare_json_number(json, "best_share", robustness->best_share);
    compare_json_number(json, "domain", robustness->domain);
}

static void compare_json_paired(struct json *json, const struct paired *paired)
{
    compare_json_number(json, "difference", paired->difference.mean);
    compare_json_number(json, "difference_se", paired->difference.se);
    compare_json_number(json, "low", paired->difference.low);
    compare_json_number(json, "high", paired->difference.high);
    compare_json_number(json, "better_share", paired->better_share);
    compare_json_number(json, "tied_share", paired->tied_share);
    json_key(json, "pairs");
    json_whole(json, paired->difference.n);
    json_key(json, "missing_pairs");
    json_begin_object(json);
    json_key(json, "regime_only");
    json_whole(json, paired->n_without_baseline);
    json_key(json, "baseline_only");
    json_whole(json, paired->n_without_regime);
    json_end(json);
    compare_json_number(json, "pair_mean", paired->regime);
    compare_json_number(json, "pair_baseline_mean", paired->baseline);
    compare_json_number(json, "p", paired->difference.p);
    compare_json_number(json, "matters", paired->matters);
    json_key(json, "verdict");
    json_string(json, compare_verdict_name(paired->verdict));
    json_key(json, "holds_among_all");
    json_boolean(json, paired->holds);
}

static void compare_json_spread(struct json *json, const struct comparison *comparison,
                                const struct comparison_cell *cell, int is_baseline)
{
    static const char *const names[SPREAD_QUANTILES] = {"q05", "q25", "q50", "q75", "q95"};
    json_key(json, "quantiles");
    json_begin_object(json);
    for (int q = 0; q < SPREAD_QUANTILES; q++) {
        compare_json_number(json, names[q], cell->spread.quantile[q]);
    }
    json_end(json);
    if (!isnan(cell->ratio)) {
        compare_json_number(json, "ratio_of_sums", cell->ratio);
    }
    if (!isnan(cell->reaching.mean)) {
        json_key(json, "at_least");
        json_begin_object(json);
        compare_json_number(json, "bound", comparison->at_least);
        compare_json_number(json, "share", cell->reaching.mean);
        compare_json_number(json, "low", cell->reaching.low);
        compare_json_number(json, "high", cell->reaching.high);
        if (!is_baseline) {
            compare_json_number(json, "difference", cell->reaching_paired.difference.mean);
            compare_json_number(json, "difference_low", cell->reaching_paired.difference.low);
            compare_json_number(json, "difference_high", cell->reaching_paired.difference.high);
        }
        json_end(json);
    }
}

static const char *compare_unit(enum panel_unit unit)
{
    return unit == PANEL_REPLICATES ? "replicates" : unit == PANEL_POINTS ? "points" : "nothing";
}

static void compare_json_outcome(struct json *json, const struct comparison *comparison,
                                 const struct results_info *info, int outcome)
{
    json_key(json, outcome_infos[outcome].name);
    json_begin_object(json);
    for (int r = 0; r < comparison->n_regimes; r++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
        json_key(json, info->regimes[r]);
        json_begin_object(json);
        compare_json_number(json, "mean", cell->mean.mean);
        compare_json_number(json, "se", cell->mean.se);
        json_key(json, "n");
        json_whole(json, cell->mean.n);
        compare_json_spread(json, comparison, cell, r == comparison->baseline);
        if (r != comparison->baseline) {
            compare_json_paired(json, &cell->paired);
            if (comparison->n_points > 1) {
                json_key(json, "points_better");
                json_whole(json, cell->n_points_better);
                json_key(json, "points_worse");
                json_whole(json, cell->n_points_worse);
            }
        }
        if (comparison->n_points > 1 && outcome_infos[outcome].better != 0) {
            compare_json_robustness(json, &cell->robustness);
        }
        json_end(json);
    }
    json_end(json);
}

/* What the stopping rule has come to. */
static void compare_json_stopping(struct json *json, const struct results_info *info, const struct precision *precision)
{
    json_begin_object(json);
    json_key(json, "outcome");
    json_string(json, outcome_infos[precision->rule.outcome].name);
    json_key(json, "half_width");
    json_number(json, precision->rule.half_width);
    json_key(json, "confidence");
    json_number(json, precision->rule.confidence);
    json_key(json, "max");
    json_whole(json, precision->rule.max);
    json_key(json, "undecided_points");
    json_whole(json, precision->n_open);
    json_key(json, "points_at_max_without_precision");
    json_whole(json, precision->n_not_reached);
    json_key(json, "replicates_by_point");
    json_begin_array(json);
    for (int point = 0; point < info->n_points; point++) {
        json_whole(json, info->replicates_done[point]);
    }
    json_end(json);
    json_end(json);
}

void compare_write_json(struct json *json, const struct comparison *comparison, const struct results_info *info,
                        const struct precision *precision)
{
    json_begin_object(json);
    json_key(json, "baseline");
    json_string(json, info->regimes[comparison->baseline]);
    json_key(json, "title");
    json_string(json, info->title);
    json_key(json, "digest");
    json_string(json, info->digest);
    json_key(json, "confidence");
    json_number(json, comparison->confidence);
    json_key(json, "interval_over");
    const struct comparison_cell *cell =
        comparison_cell(comparison, OUTCOME_structural_share, comparison->n_regimes - 1);
    json_string(json, compare_unit(cell->mean.unit));
    json_key(json, "points");
    json_whole(json, info->n_points);
    json_key(json, "replicates");
    json_whole(json, info->n_replicates);
    json_key(json, "runs");
    json_begin_object(json);
    json_key(json, "done");
    json_whole(json, info->n_done);
    json_key(json, "failed");
    json_whole(json, info->n_failed);
    json_key(json, "not_run");
    json_whole(json, precision->n_missing);
    json_end(json);
    if (precision->rule.outcome >= 0) {
        json_key(json, "until");
        compare_json_stopping(json, info, precision);
    }
    json_key(json, "outcomes");
    json_begin_object(json);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        compare_json_outcome(json, comparison, info, outcome);
    }
    json_end(json);
    json_end(json);
}

void compare_print_csv(const struct comparison *comparison, const struct results_info *info,
                       const struct precision *precision)
{
    out_text("outcome,regime,baseline,mean,se,n,difference,difference_se,low,high,better_share,tied_share,pairs,"
             "verdict,regret_mean,regret_p90,regret_max,worst_point,best_share,domain,"
             "runs_failed,runs_missing\n");
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        for (int r = 0; r < comparison->n_regimes; r++) {
            const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
            const struct estimate *difference = &cell->paired.difference;
            const struct robustness *robustness = &cell->robustness;
            int is_baseline = r == comparison->baseline;
            double numbers[] = {difference->mean,          difference->se,         difference->low, difference->high,
                                cell->paired.better_share, cell->paired.tied_share};
            double regrets[] = {robustness->regret_mean, robustness->regret_90,  robustness->regret_max,
                                robustness->worst,       robustness->best_share, robustness->domain};
            query_csv_text(outcome_infos[outcome].name);
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
            out_print(is_baseline ? ",," : ",%ld,%s", difference->n, compare_verdict_name(cell->paired.verdict));
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
