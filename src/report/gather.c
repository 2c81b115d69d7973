/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gather.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/target.h"

enum { DRIVER_RESAMPLES = 300, DRIVER_WORK = 3000000, FRONT_RESAMPLES = 500, FRONT_WORK = 5000000 };

const struct gather_driven gather_driven[GATHER_DRIVEN] = {{OUTCOME_structural_share, 1}, {OUTCOME_structural_share, 0},
                                                           {OUTCOME_symptom_year3, 1},    {OUTCOME_symptom_burden, 1},
                                                           {OUTCOME_quick_results, 1},    {OUTCOME_symptom_after, 1}};

/* Drivers of one quantity, and boxes of failure where it is the difference on a yardstick. */
static dredge_status find_drivers(struct gathered *gathered, int index, const double *values)
{
    const struct results_info *info = gathered->info;
    const struct design *design = &gathered->study.design;
    int headline = gathered->choice.headline;
    int baseline = gathered->comparison.baseline;
    int is_difference = gather_driven[index].is_difference && headline != baseline;
    struct target target = {gather_driven[index].outcome, headline, is_difference ? baseline : -1};
    double *own = malloc(((size_t)info->n_points * (size_t)info->n_replicates + 1) * sizeof *own);
    if (own == NULL) {
        return status_no_memory((size_t)info->n_points * (size_t)info->n_replicates * sizeof *own);
    }
    target_fill(info, values, &target, own);
    struct panel panel = {.n_points = info->n_points,
                          .n_replicates = info->n_replicates,
                          .stride = (size_t)info->n_replicates,
                          .values = own};
    int n_resamples = DRIVER_RESAMPLES;
    n_resamples = design->n_rows > DRIVER_WORK / n_resamples ? DRIVER_WORK / design->n_rows + 50 : n_resamples;
    dredge_status status =
        sensitivity_compute(design, &panel, 0.95, n_resamples, gathered->study.seed, &gathered->drivers[index]);
    if (status == DREDGE_FILE) { /* too few complete points for the method: shown as missing */
        status_clear();
        gathered->drivers[index] = (struct sensitivity){0};
        status = DREDGE_OK;
    }
    if (status == DREDGE_OK) {
        status = gather_curves(gathered, index, &panel);
    }
    for (int i = 0; status == DREDGE_OK && target.against >= 0 && i < GATHER_YARDSTICKS; i++) {
        if (target.outcome == gathered->yardstick[i]) {
            struct prim_options prim = prim_defaults();
            discovery_free(&gathered->discovery[i]);
            gathered->has_discovery[i] = 1;
            status = discovery_compute(design, &panel, outcome_infos[target.outcome].better < 0, 0.0, &prim,
                                       &gathered->discovery[i]);
        }
    }
    free(own);
    return status;
}

/* Means over points by regime and replicate: out[n_regimes][n_replicates]; a point without the value leaves the whole
 * replicate missing, so that regimes are compared over the same points. */
static void average_points(const struct results_info *info, const double *values, double *out)
{
    size_t n = (size_t)info->n_replicates;
    size_t n_regimes = (size_t)info->n_regimes;
    for (size_t r = 0; r < n_regimes; r++) {
        for (size_t k = 0; k < n; k++) {
            double sum = 0;
            for (size_t p = 0; p < (size_t)info->n_points; p++) {
                sum += values[(p * n_regimes + r) * n + k];
            }
            out[r * n + k] = sum / info->n_points;
        }
    }
}

/* One outcome: compared, mapped, its drivers where it is one of those, and kept for the front. */
static dredge_status take_outcome(struct gathered *gathered, int outcome, const double *values, double *front)
{
    const struct results_info *info = gathered->info;
    size_t n_regimes = (size_t)info->n_regimes;
    dredge_status status = comparison_add(&gathered->comparison, outcome, info->n_replicates, values);
    if (status == DREDGE_OK) {
        status = gather_choice_outcome(gathered, outcome, values);
    }
    for (int i = 0; status == DREDGE_OK && gathered->has_drivers && i < GATHER_DRIVEN; i++) {
        if (gather_driven[i].outcome == outcome) {
            status = find_drivers(gathered, i, values);
        }
    }
    if (status == DREDGE_OK && outcome == OUTCOME_structural_share) {
        status = gather_map_begin(gathered);
    }
    if (status == DREDGE_OK) {
        status = gather_map_outcome(gathered, outcome, values);
    }
    size_t own = n_regimes * (size_t)info->n_replicates;
    if (outcome == OUTCOME_structural_share) {
        average_points(info, values, front);
    } else if (outcome == OUTCOME_symptom_burden) {
        average_points(info, values, front + own);
    } else if (outcome == OUTCOME_symptom_year3) {
        average_points(info, values, front + 2 * own);
    }
    return status;
}

/* The front of quick relief (symptom in year 3, or the burden where the horizon is shorter) and structural share. */
static dredge_status mark_front(struct gathered *gathered, const double *front)
{
    const struct results_info *info = gathered->info;
    size_t own = (size_t)info->n_regimes * (size_t)info->n_replicates;
    int year3 = gathered->yardstick[GATHER_EARLY] == OUTCOME_symptom_year3;
    const double *early = front + (year3 ? 2 : 1) * own;
    int n_resamples = FRONT_RESAMPLES;
    if ((double)own * n_resamples > FRONT_WORK) {
        n_resamples = (int)(FRONT_WORK / (double)own) + 20;
    }
    dredge_status status = gather_close_choice(gathered, front, early);
    return status != DREDGE_OK
               ? status
               : front_compute(info->n_regimes, info->n_replicates, early, front, (struct front_ways){-1, 1},
                               n_resamples, gathered->study.seed, gathered->front);
}

static dredge_status take_outcomes(struct results *results, struct gathered *gathered)
{
    const struct results_info *info = gathered->info;
    size_t n_regimes = (size_t)info->n_regimes;
    size_t n_values = (size_t)info->n_points * n_regimes * (size_t)info->n_replicates;
    double *values = malloc((n_values + 1) * sizeof *values);
    double *front = malloc((3 * n_regimes * (size_t)info->n_replicates + 1) * sizeof *front);
    gathered->front = calloc(n_regimes + 1, sizeof *gathered->front);
    dredge_status status = DREDGE_OK;
    if (values == NULL || front == NULL || gathered->front == NULL) {
        status = status_no_memory((n_values + 1) * sizeof *values);
    }
    for (int outcome = 0; status == DREDGE_OK && outcome < gathered->comparison.n_outcomes; outcome++) {
        status = results_outcome_named(results, gathered->comparison.row[outcome].name, 0, info->n_points, values);
        if (status == DREDGE_OK) {
            status = take_outcome(gathered, outcome, values, front);
        }
    }
    if (status == DREDGE_OK) {
        status = comparison_end(&gathered->comparison, results);
    }
    if (status == DREDGE_OK) {
        status = mark_front(gathered, front);
    }
    free(front);
    free(values);
    return status;
}

dredge_status gather_results(struct results *results, int baseline, struct gathered *gathered)
{
    const struct results_info *info = results_info(results);
    *gathered = (struct gathered){.info = info};
    dredge_status status = results_study(results, &gathered->study);
    if (status == DREDGE_OK) {
        status = comparison_begin(info, &gathered->study, baseline, 0.95, COMPARISON_AT_LEAST, &gathered->comparison);
    }
    gathered->comparison.is_brief = 1;
    if (status == DREDGE_OK) {
        status = precision_of(results, &gathered->precision);
    }
    gathered->has_drivers =
        status == DREDGE_OK && gathered->study.design.n_factors > 0 && gathered->study.design.n_points > 1;
    if (status == DREDGE_OK) {
        status = gather_axes(gathered);
    }
    if (status == DREDGE_OK) {
        status = take_outcomes(results, gathered);
    }
    if (status == DREDGE_OK) {
        status = gather_sectors(results, gathered);
    }
    if (status == DREDGE_OK) {
        status = gather_fans(results, gathered);
    }
    if (status == DREDGE_OK) {
        status = gather_choose_pairs(gathered);
    }
    if (status == DREDGE_OK) {
        status = gather_all_courses(results, gathered);
    }
    if (status != DREDGE_OK) {
        gather_free(gathered);
    }
    return status;
}

void gather_free(struct gathered *gathered)
{
    for (int i = 0; i < GATHER_DRIVEN; i++) {
        sensitivity_free(&gathered->drivers[i]);
    }
    gather_free_courses(gathered);
    gather_free_choice(gathered);
    gather_free_map(gathered);
    for (int i = 0; i < GATHER_YARDSTICKS; i++) {
        discovery_free(&gathered->discovery[i]);
    }
    comparison_free(&gathered->comparison);
    study_free(&gathered->study);
    free(gathered->front);
    free(gathered->fan_points);
    free(gathered->fan_months);
    free(gathered->fans);
    *gathered = (struct gathered){0};
}
