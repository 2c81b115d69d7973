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

static void write_number(struct json *json, const char *key, double number)
{
    json_key(json, key);
    json_number(json, number);
}

static void write_robustness(struct json *json, const struct robustness *robustness)
{
    json_key(json, "regret");
    json_begin_object(json);
    write_number(json, "mean", robustness->regret_mean);
    write_number(json, "p90", robustness->regret_90);
    write_number(json, "max", robustness->regret_max);
    json_end(json);
    write_number(json, "worst_point", robustness->worst);
    write_number(json, "best_share", robustness->best_share);
    write_number(json, "domain", robustness->domain);
}

static void write_paired(struct json *json, const struct paired *paired)
{
    write_number(json, "difference", paired->difference.mean);
    write_number(json, "difference_se", paired->difference.se);
    write_number(json, "low", paired->difference.low);
    write_number(json, "high", paired->difference.high);
    write_number(json, "better_share", paired->better_share);
    write_number(json, "tied_share", paired->tied_share);
    json_key(json, "pairs");
    json_whole(json, paired->difference.n);
    json_key(json, "missing_pairs");
    json_begin_object(json);
    json_key(json, "regime_only");
    json_whole(json, paired->n_without_baseline);
    json_key(json, "baseline_only");
    json_whole(json, paired->n_without_regime);
    json_end(json);
    write_number(json, "pair_mean", paired->regime);
    write_number(json, "pair_baseline_mean", paired->baseline);
    write_number(json, "p", paired->difference.p);
    write_number(json, "matters", paired->matters);
    json_key(json, "verdict");
    json_string(json, verdict_name(paired->verdict));
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
        write_number(json, names[q], cell->spread.quantile[q]);
    }
    json_end(json);
    if (!isnan(cell->ratio)) {
        write_number(json, "ratio_of_sums", cell->ratio);
    }
    if (!isnan(cell->reaching.mean)) {
        json_key(json, "at_least");
        json_begin_object(json);
        write_number(json, "bound", comparison->at_least);
        write_number(json, "share", cell->reaching.mean);
        write_number(json, "low", cell->reaching.low);
        write_number(json, "high", cell->reaching.high);
        if (!is_baseline) {
            write_number(json, "difference", cell->reaching_paired.difference.mean);
            write_number(json, "difference_low", cell->reaching_paired.difference.low);
            write_number(json, "difference_high", cell->reaching_paired.difference.high);
        }
        json_end(json);
    }
}

static void write_doubt(struct json *json, const struct doubt *doubt)
{
    json_key(json, "points");
    json_whole(json, doubt->n_points);
    write_number(json, "difference", doubt->mean);
    write_number(json, "low", doubt->low);
    write_number(json, "high", doubt->high);
    write_number(json, "ahead_share", doubt->ahead);
    write_number(json, "behind_share", doubt->behind);
    write_number(json, "ahead_by_what_matters", doubt->ahead_matters);
    write_number(json, "behind_by_what_matters", doubt->behind_matters);
    write_number(json, "luck_sd", doubt->luck);
    write_number(json, "unknown_sd", doubt->unknown);
    write_number(json, "unknown_share", doubt->unknown_share);
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
        write_number(json, "mean", cell->mean.mean);
        write_number(json, "se", cell->mean.se);
        json_key(json, "n");
        json_whole(json, cell->mean.n);
        write_spread(json, comparison, cell, r == comparison->baseline);
        if (r != comparison->baseline) {
            write_paired(json, &cell->paired);
            write_doubts(json, comparison, outcome, r);
            if (comparison->n_points > 1) {
                json_key(json, "points_better");
                json_whole(json, cell->n_points_better);
                json_key(json, "points_worse");
                json_whole(json, cell->n_points_worse);
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
    json_key(json, "outcome");
    json_string(json, info->outcomes[precision->rule.outcome].name);
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

void comparison_write_json(struct json *json, const struct comparison *comparison, const struct results_info *info,
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
    json_string(json, unit_name(cell->mean.unit));
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
