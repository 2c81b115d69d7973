/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/comparison.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/ratio.h"

double comparison_matters(double table, double own, double baseline)
{
    return !isnan(own) ? own : table > 0 ? table : isnan(baseline) ? 0 : 0.02 * fabs(baseline);
}

static struct panel panel_of(const struct comparison *comparison, int outcome, int n_replicates, const double *values,
                             int regime)
{
    struct panel panel = {.n_points = comparison->n_points,
                          .n_replicates = n_replicates,
                          .stride = (size_t)comparison->n_regimes * (size_t)n_replicates,
                          .values = values + (size_t)regime * (size_t)n_replicates};
    panel.reach = comparison->row[outcome].reach;
    return panel;
}

/* Robustness from means by point and regime, in scratch of [n_points][n_regimes]. */
static dredge_status add_robustness(const struct comparison *comparison, int outcome, int n_replicates,
                                    const double *values, struct comparison_cell *cells)
{
    int n_points = comparison->n_points;
    int n_regimes = comparison->n_regimes;
    int better = comparison->row[outcome].better;
    size_t n = (size_t)n_points * (size_t)n_regimes;
    double *means = malloc((n + 1) * sizeof *means);
    struct robustness *robustness = malloc(((size_t)n_regimes + 1) * sizeof *robustness);
    dredge_status status = DREDGE_OK;
    if (means == NULL || robustness == NULL) {
        status = status_no_memory((n + 1) * sizeof *means);
        goto out;
    }
    for (int r = 0; r < n_regimes; r++) {
        struct panel panel = panel_of(comparison, outcome, n_replicates, values, r);
        for (int p = 0; p < n_points; p++) {
            means[(size_t)p * (size_t)n_regimes + (size_t)r] = panel_point_mean(&panel, p, NULL);
        }
    }
    status = robustness_compute(n_points, n_regimes, means, better, better ? comparison->requirement[outcome] : NAN,
                                robustness);
    for (int r = 0; status == DREDGE_OK && r < n_regimes; r++) {
        cells[r].robustness = robustness[r];
    }
out:
    free(robustness);
    free(means);
    return status;
}

/* Counts the points where the interval of the paired difference excludes 0; `difference` is [n_points][n_replicates]. */
static dredge_status count_points(const struct panel *difference, int better, double confidence,
                                  struct comparison_cell *cell)
{
    dredge_status status = DREDGE_OK;
    for (int p = 0; status == DREDGE_OK && better != 0 && p < difference->n_points; p++) {
        struct estimate estimate;
        struct panel point = *difference;
        point.n_points = 1;
        point.values += (size_t)p * difference->stride;
        status = panel_estimate(&point, confidence, &estimate);
        cell->n_points_better += better * estimate.low > 0 && better * estimate.high > 0;
        cell->n_points_worse += better * estimate.low < 0 && better * estimate.high < 0;
    }
    return status;
}

/* The share of runs that get to `at_least`, beside the baseline; `scratch` holds two panels more and their difference. */
static dredge_status add_reaching(const struct comparison *comparison, int outcome, const struct panel *regime,
                                  const struct panel *base, double *scratch, struct comparison_cell *cell)
{
    size_t n = (size_t)regime->n_points * (size_t)regime->n_replicates;
    struct question question = {.better = comparison->row[outcome].better, .matters = 0.02};
    struct panel panels[2] = {*regime, *base};
    cell->reaching = (struct estimate){.mean = NAN, .se = NAN, .low = NAN, .high = NAN, .p = NAN};
    if (strcmp(comparison->row[outcome].unit, "share") != 0) {
        return DREDGE_OK;
    }
    for (int i = 0; i < 2; i++) {
        spread_reaching(&panels[i], comparison->at_least, scratch + (size_t)i * n);
        panels[i].values = scratch + (size_t)i * n;
        panels[i].stride = (size_t)regime->n_replicates;
        panels[i].reach = (struct reach){.low = 0, .high = 1};
    }
    dredge_status status = panel_estimate(&panels[0], comparison->confidence, &cell->reaching);
    return status != DREDGE_OK ? status
                               : paired_compare(&panels[0], &panels[1], &question, comparison->confidence,
                                                scratch + 2 * n, &cell->reaching_paired);
}

enum { N_DOUBTS = 1 + N_THEORIES };

static dredge_status fill_doubts(const struct comparison *comparison, const struct panel *difference,
                                 const struct question *question, struct doubt *doubts)
{
    dredge_status status = doubt_compute(difference, question, &doubts[0]);
    for (int theory = 0; status == DREDGE_OK && comparison->n_theories > 0 && theory < N_THEORIES; theory++) {
        const unsigned char *under = comparison->under + (size_t)theory * (size_t)comparison->n_points;
        status = doubt_compute_some(difference, under, question, &doubts[1 + theory]);
    }
    return status;
}

static dredge_status fill_cell(const struct comparison *comparison, int outcome, const struct panel *regime,
                               const struct panel *base, const struct question *question, double *scratch,
                               struct comparison_cell *cell)
{
    double confidence = comparison->confidence;
    cell->ratio = NAN;
    dredge_status status = panel_estimate(regime, confidence, &cell->mean);
    if (status == DREDGE_OK && !comparison->is_brief) {
        status = spread_compute(regime, &cell->spread);
    }
    if (status == DREDGE_OK) {
        status = paired_compare(regime, base, question, confidence, scratch, &cell->paired);
    }
    if (status == DREDGE_OK && regime->values != base->values) {
        struct panel difference = paired_difference(regime, base, scratch);
        status = count_points(&difference, question->better, confidence, cell);
        if (status == DREDGE_OK && comparison->doubts != NULL) {
            int place = (int)(cell - comparison->cells);
            status = fill_doubts(comparison, &difference, question, comparison->doubts + (size_t)place * N_DOUBTS);
        }
    }
    return status != DREDGE_OK || comparison->is_brief ? status
                                                       : add_reaching(comparison, outcome, regime, base, scratch, cell);
}

dredge_status comparison_add(struct comparison *comparison, int outcome, int n_replicates, const double *values)
{
    size_t n = (size_t)comparison->n_points * (size_t)n_replicates;
    struct comparison_cell *cells = comparison->cells + (size_t)outcome * (size_t)comparison->n_regimes;
    double *scratch = malloc((3 * n + 1) * sizeof *scratch);
    if (scratch == NULL) {
        return status_no_memory((3 * n + 1) * sizeof *scratch);
    }
    struct panel base = panel_of(comparison, outcome, n_replicates, values, comparison->baseline);
    struct estimate requirement;
    dredge_status status = panel_estimate(&base, comparison->confidence, &requirement);
    const struct comparison_row *row = &comparison->row[outcome];
    struct question question = {row->better, comparison_matters(row->matters, row->own, requirement.mean)};
    comparison->requirement[outcome] = requirement.mean;
    for (int r = 0; status == DREDGE_OK && r < comparison->n_regimes; r++) {
        struct panel panel = panel_of(comparison, outcome, n_replicates, values, r);
        status = fill_cell(comparison, outcome, &panel, &base, &question, scratch, &cells[r]);
    }
    free(scratch);
    return status != DREDGE_OK ? status : add_robustness(comparison, outcome, n_replicates, values, cells);
}

/* Room for doubts, and which point has which theory. */
static dredge_status begin_doubts(struct comparison *comparison, const struct design *design)
{
    size_t n_doubts = (size_t)comparison->n_outcomes * (size_t)comparison->n_regimes * N_DOUBTS;
    size_t n_points = (size_t)comparison->n_points;
    comparison->doubts = calloc(n_doubts, sizeof *comparison->doubts);
    comparison->under = calloc(N_THEORIES * n_points + 1, sizeof *comparison->under);
    if (comparison->doubts == NULL || comparison->under == NULL) {
        return status_no_memory(n_doubts * sizeof *comparison->doubts);
    }
    for (int k = 0; k < design->n_factors && design->n_points == comparison->n_points; k++) {
        for (size_t p = 0; design->factors[k].target == FACTOR_THEORY && p < n_points; p++) {
            size_t theory = (size_t)design->values[p * (size_t)design->n_factors + (size_t)k];
            comparison->under[theory * n_points + p] = 1;
        }
    }
    for (size_t theory = 0; theory < N_THEORIES; theory++) {
        comparison->n_theories += memchr(comparison->under + theory * n_points, 1, n_points) != NULL;
    }
    return DREDGE_OK;
}

/* The outcomes of this program's table, then those that only the results know. */
static void fill_rows(const struct results_info *info, const struct study *study, struct comparison *comparison)
{
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        struct comparison_row *row = &comparison->row[outcome];
        (void)snprintf(row->name, sizeof row->name, "%s", outcome_infos[outcome].name);
        (void)snprintf(row->unit, sizeof row->unit, "%s", outcome_infos[outcome].unit);
        row->better = outcome_infos[outcome].better;
        row->matters = outcome_infos[outcome].matters;
        row->own = study != NULL ? study_matters(study, row->name) : NAN;
        row->reach = outcome_reach(outcome, comparison->months);
    }
    comparison->n_outcomes = N_OUTCOMES;
    for (int other = N_OUTCOMES; other < info->n_outcomes; other++) {
        const struct outcome_info *found = &info->outcomes[other];
        struct comparison_row *row = &comparison->row[comparison->n_outcomes++];
        (void)snprintf(row->name, sizeof row->name, "%s", found->name);
        (void)snprintf(row->unit, sizeof row->unit, "%s", found->unit);
        row->better = found->better;
        row->matters = found->matters;
        row->own = study != NULL ? study_matters(study, row->name) : NAN;
        outcome_bounds(row->unit, &row->reach.low, &row->reach.high);
    }
}

dredge_status comparison_begin(const struct results_info *info, const struct study *study, int baseline,
                               double confidence, double at_least, struct comparison *comparison)
{
    size_t n_most = N_OUTCOMES + (size_t)info->n_outcomes;
    *comparison = (struct comparison){.n_points = info->n_points,
                                      .n_regimes = info->n_regimes,
                                      .baseline = baseline,
                                      .months = study != NULL ? study_months(study) : 0,
                                      .confidence = confidence,
                                      .at_least = at_least};
    comparison->row = calloc(n_most, sizeof *comparison->row);
    comparison->requirement = calloc(n_most, sizeof *comparison->requirement);
    comparison->cells = calloc(n_most * (size_t)info->n_regimes, sizeof *comparison->cells);
    if (comparison->row == NULL || comparison->requirement == NULL || comparison->cells == NULL) {
        return status_no_memory(n_most * (size_t)info->n_regimes * sizeof *comparison->cells);
    }
    fill_rows(info, study, comparison);
    return study != NULL && study->design.method == DESIGN_POSTERIOR ? begin_doubts(comparison, &study->design)
                                                                     : DREDGE_OK;
}

dredge_status comparison_holm(struct comparison *comparison)
{
    size_t n_most = (size_t)comparison->n_outcomes;
    struct paired **paired = malloc((n_most + 1) * sizeof(struct paired *));
    if (paired == NULL) {
        return status_no_memory((n_most + 1) * sizeof(struct paired *));
    }
    for (int r = 0; r < comparison->n_regimes; r++) {
        int n = 0;
        for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
            size_t place = (size_t)outcome * (size_t)comparison->n_regimes + (size_t)r;
            int is_added = outcome < N_OUTCOMES || comparison->cells[place].paired.difference.n > 0;
            if (r != comparison->baseline && comparison->row[outcome].better != 0 && is_added) {
                paired[n++] = &comparison->cells[place].paired;
            }
        }
        paired_holm(n, paired, comparison->confidence);
    }
    free(paired);
    return DREDGE_OK;
}

dredge_status comparison_end(struct comparison *comparison, struct results *results)
{
    dredge_status status = comparison_holm(comparison);
    static const int ratios[] = {OUTCOME_durability, OUTCOME_person_months_per_layer};
    for (size_t i = 0; status == DREDGE_OK && i < sizeof ratios / sizeof *ratios; i++) {
        double *ratio = malloc(((size_t)comparison->n_regimes + 1) * sizeof *ratio);
        if (ratio == NULL) {
            return status_no_memory(((size_t)comparison->n_regimes + 1) * sizeof *ratio);
        }
        status = ratio_read(results, ratios[i], ratio);
        for (int r = 0; status == DREDGE_OK && r < comparison->n_regimes; r++) {
            comparison->cells[(size_t)ratios[i] * (size_t)comparison->n_regimes + (size_t)r].ratio = ratio[r];
        }
        free(ratio);
    }
    return status;
}

dredge_status comparison_read(struct results *results, int baseline, double confidence, double at_least,
                              struct comparison *comparison)
{
    const struct results_info *info = results_info(results);
    size_t n_values = (size_t)info->n_points * (size_t)info->n_regimes * (size_t)info->n_replicates;
    double *values = malloc((n_values + 1) * sizeof *values);
    struct study study = {0};
    int is_known = results_study(results, &study) == DREDGE_OK;
    if (!is_known) { /* a study of another version may say what this one cannot read */
        status_clear();
    }
    dredge_status status = comparison_begin(info, is_known ? &study : NULL, baseline, confidence, at_least, comparison);
    study_free(&study);
    if (status == DREDGE_OK && values == NULL) {
        status = status_no_memory((n_values + 1) * sizeof *values);
    }
    for (int outcome = 0; status == DREDGE_OK && outcome < comparison->n_outcomes; outcome++) {
        status = results_outcome_named(results, comparison->row[outcome].name, 0, info->n_points, values);
        if (status == DREDGE_OK) {
            status = comparison_add(comparison, outcome, info->n_replicates, values);
        }
    }
    free(values);
    if (status == DREDGE_OK) {
        status = comparison_end(comparison, results);
    }
    if (status != DREDGE_OK) {
        comparison_free(comparison);
    }
    return status;
}

void comparison_free(struct comparison *comparison)
{
    free(comparison->doubts);
    free(comparison->under);
    free(comparison->cells);
    free(comparison->row);
    free(comparison->requirement);
    *comparison = (struct comparison){0};
}

const struct comparison_cell *comparison_cell(const struct comparison *comparison, int outcome, int regime)
{
    return comparison->cells + (size_t)outcome * (size_t)comparison->n_regimes + (size_t)regime;
}

int comparison_lacks(const struct comparison *comparison, int outcome)
{
    int lacks = 0;
    for (int r = 0; r < comparison->n_regimes; r++) {
        lacks |= comparison_cell(comparison, outcome, r)->mean.n <
                 comparison_cell(comparison, OUTCOME_survival, r)->mean.n; /* which every run has */
    }
    return lacks;
}

double comparison_mean(const struct comparison_cell *cell, int is_baseline)
{
    return is_baseline || cell->paired.difference.n == 0 ? cell->mean.mean : cell->paired.regime;
}

const struct doubt *comparison_doubt(const struct comparison *comparison, int outcome, int regime, int theory)
{
    size_t place = (size_t)outcome * (size_t)comparison->n_regimes + (size_t)regime;
    return comparison->doubts != NULL && regime != comparison->baseline
               ? comparison->doubts + place * N_DOUBTS + (size_t)(1 + theory)
               : NULL;
}

int comparison_regime(const struct results_info *info, const char *name)
{
    for (int r = 0; r < info->n_regimes; r++) {
        if (strcmp(info->regimes[r], name) == 0) {
            return r;
        }
    }
    return -1;
}
