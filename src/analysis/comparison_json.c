/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/comparison_json.h"

#include <math.h>

const char *verdict_name(enum verdict verdict)
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

static void write_robustness(struct json *json, const struct robustness *robustness)
{
    json_key(json, "regret");
    json_begin_object(json);
    json_put_number(json, "mean", robustness->regret_mean);
    json_put_number(json, "p90", robustness->regret_90);
    json_put_number(json, "max", robustness->regret_max);
    json_end(json);
    json_put_number(json, "worst_point", robustness->worst);
    json_put_number(json, "best_share", robustness->best_share);
    json_put_number(json, "domain", robustness->domain);
}

static void write_paired(struct json *json, const struct paired *paired)
{
    json_put_number(json, "difference", paired->difference.mean);
    json_put_number(json, "difference_se", paired->difference.se);
    json_put_number(json, "low", paired->difference.low);
    json_put_number(json, "high", paired->difference.high);
    json_put_number(json, "better_share", paired->better_share);
    json_put_number(json, "tied_share", paired->tied_share);
    json_put_whole(json, "pairs", paired->difference.n);
    json_key(json, "missing_pairs");
    json_begin_object(json);
    json_put_whole(json, "regime_only", paired->n_without_baseline);
    json_put_whole(json, "baseline_only", paired->n_without_regime);
    json_end(json);
    json_put_number(json, "pair_mean", paired->regime);
    json_put_number(json, "pair_baseline_mean", paired->baseline);
    json_put_number(json, "p", paired->difference.p);
    json_put_number(json, "matters", paired->matters);
    json_put_string(json, "verdict", verdict_name(paired->verdict));
    json_key(json, "holds_among_all");
    json_boolean(json, paired->holds);
}

static void write_spread(struct json *json, const struct comparison *comparison, const struct comparison_cell *cell,
                         int is_baseline)
{
    static const char *const names[SPREAD_QUANTILES] = {"q05", "q25", "q50", "q75", "q95"};
    json_key(json, "quantiles");
    json_begin_object(json);
    for (int q = 0; q < SPREAD_QUANTILES; q++) {
        json_put_number(json, names[q], cell->spread.quantile[q]);
    }
    json_end(json);
    if (!isnan(cell->ratio)) {
        json_put_number(json, "ratio_of_sums", cell->ratio);
    }
    if (!isnan(cell->reaching.mean)) {
        json_key(json, "at_least");
        json_begin_object(json);
        json_put_number(json, "bound", comparison->at_least);
        json_put_number(json, "share", cell->reaching.mean);
        json_put_number(json, "low", cell->reaching.low);
        json_put_number(json, "high", cell->reaching.high);
        if (!is_baseline) {
            json_put_number(json, "difference", cell->reaching_paired.difference.mean);
            json_put_number(json, "difference_low", cell->reaching_paired.difference.low);
            json_put_number(json, "difference_high", cell->reaching_paired.difference.high);
        }
        json_end(json);
    }
}

static void write_doubt(struct json *json, const struct doubt *doubt)
{
    json_put_whole(json, "points", doubt->n_points);
    json_put_number(json, "difference", doubt->mean);
    json_put_number(json, "low", doubt->low);
    json_put_number(json, "high", doubt->high);
    json_put_number(json, "ahead_share", doubt->ahead);
    json_put_number(json, "behind_share", doubt->behind);
    json_put_number(json, "ahead_by_what_matters", doubt->ahead_matters);
    json_put_number(json, "behind_by_what_matters", doubt->behind_matters);
    json_put_number(json, "luck_sd", doubt->luck);
    json_put_number(json, "unknown_sd", doubt->unknown);
    json_put_number(json, "unknown_share", doubt->unknown_share);
}

/* How sure the difference is over a posterior, and under each of its theories. */
static void write_doubts(struct json *json, const struct comparison *comparison, int outcome, int regime)
{
    const struct doubt *doubt = comparison_doubt(comparison, outcome, regime, -1);
    if (doubt == NULL) {
        return;
    }
    json_key(json, "posterior");
    json_begin_object(json);
    write_doubt(json, doubt);
    if (comparison->n_theories > 0) {
        json_key(json, "theories");
        json_begin_object(json);
        for (int theory = 0; theory < N_THEORIES; theory++) {
            doubt = comparison_doubt(comparison, outcome, regime, theory);
            if (doubt->n_points > 0) {
                json_key(json, theory_infos[theory].name);
                json_begin_object(json);
                write_doubt(json, doubt);
                json_end(json);
            }
        }
        json_end(json);
    }
    json_end(json);
}

static const char *unit_name(enum panel_unit unit)
{
    return unit == PANEL_REPLICATES ? "replicates" : unit == PANEL_POINTS ? "points" : "nothing";
}

static void write_outcome(struct json *json, const struct comparison *comparison, const struct results_info *info,
                          int outcome)
{
    json_key(json, comparison->row[outcome].name);
    json_begin_object(json);
    for (int r = 0; r < comparison->n_regimes; r++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
        json_key(json, info->regimes[r]);
        json_begin_object(json);
        json_put_number(json, "mean", cell->mean.mean);
        json_put_number(json, "se", cell->mean.se);
        json_put_whole(json, "n", cell->mean.n);
        write_spread(json, comparison, cell, r == comparison->baseline);
        if (r != comparison->baseline) {
            write_paired(json, &cell->paired);
            write_doubts(json, comparison, outcome, r);
            if (comparison->n_points > 1) {
                json_put_whole(json, "points_better", cell->n_points_better);
                json_put_whole(json, "points_worse", cell->n_points_worse);
            }
        }
        if (comparison->n_points > 1 && comparison->row[outcome].better != 0) {
            write_robustness(json, &cell->robustness);
        }
        json_end(json);
    }
    json_end(json);
}

/* What the stopping rule has come to. */
static void write_stopping(struct json *json, const struct results_info *info, const struct precision *precision)
{
    json_begin_object(json);
    json_put_string(json, "outcome", info->outcomes[precision->rule.outcome].name);
    json_put_number(json, "half_width", precision->rule.half_width);
    json_put_number(json, "confidence", precision->rule.confidence);
    json_put_whole(json, "max", precision->rule.max);
    json_put_whole(json, "undecided_points", precision->n_open);
    json_put_whole(json, "points_at_max_without_precision", precision->n_not_reached);
    json_key(json, "replicates_by_point");
    json_begin_array(json);
    for (int point = 0; point < info->n_points; point++) {
        json_whole(json, info->replicates_done[point]);
    }
    json_end(json);
    json_end(json);
}

void comparison_write_json(struct json *json, const struct comparison *comparison, const struct results_info *info,
                           const struct precision *precision)
{
    json_begin_object(json);
    json_put_string(json, "baseline", info->regimes[comparison->baseline]);
    json_put_string(json, "title", info->title);
    json_put_string(json, "digest", info->digest);
    json_put_string(json, "model_stamp", info->model_stamp);
    json_put_number(json, "confidence", comparison->confidence);
    json_key(json, "interval_over");
    const struct comparison_cell *cell =
        comparison_cell(comparison, OUTCOME_structural_share, comparison->n_regimes - 1);
    json_string(json, unit_name(cell->mean.unit));
    json_put_whole(json, "points", info->n_points);
    json_put_whole(json, "replicates", info->n_replicates);
    json_key(json, "runs");
    json_begin_object(json);
    json_put_whole(json, "done", info->n_done);
    json_put_whole(json, "failed", info->n_failed);
    json_put_whole(json, "not_run", precision->n_missing);
    json_end(json);
    if (precision->rule.outcome >= 0) {
        json_key(json, "until");
        write_stopping(json, info, precision);
    }
    json_key(json, "outcomes");
    json_begin_object(json);
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        write_outcome(json, comparison, info, outcome);
    }
    json_end(json);
    json_end(json);
}
