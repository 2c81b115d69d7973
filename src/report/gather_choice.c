/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/gather.h"

/* Which regimes the answer is about: best on the lasting result, runner-up, best on early relief. */

static dredge_status rank(const struct gathered *gathered, int outcome, const double *values, struct ranking *ranking)
{
    const struct results_info *info = gathered->info;
    const struct comparison_cell *cell =
        comparison_cell(&gathered->comparison, outcome, info->n_regimes > 1 ? gathered->comparison.baseline == 0 : 0);
    struct question question = {outcome_infos[outcome].better, cell->paired.matters};
    struct reach reach = {0};
    outcome_bounds(outcome_infos[outcome].unit, &reach.low, &reach.high);
    ranking_free(ranking);
    return ranking_compute(info->n_points, info->n_regimes, info->n_replicates, values, reach, &question, 0.95,
                           ranking);
}

static void choose_by_lasting(struct gathered *gathered)
{
    const struct ranking *ranking = &gathered->rankings[GATHER_LASTING];
    struct gather_choice *choice = &gathered->choice;
    int baseline = gathered->comparison.baseline;
    *choice = (struct gather_choice){-1, -1, -1, -1, baseline};
    if (ranking->n_placed > 0) {
        choice->best = ranking->order[0];
    }
    if (ranking->n_placed > 1) {
        choice->runner_up = ranking->order[1];
        choice->against = choice->best == baseline ? choice->runner_up : baseline;
        choice->headline = choice->best == baseline ? choice->runner_up : choice->best;
    } else if (gathered->info->n_regimes > 1) {
        choice->headline = baseline == 0;
    }
}

/* The values of one regime at the points of one theory: out[n][n_replicates]. Returns n. */
static int world_values(const struct gathered *gathered, const double *values, int factor, int theory, int regime,
                        double *out)
{
    const struct design *design = &gathered->study.design;
    size_t n_regimes = (size_t)gathered->info->n_regimes;
    size_t n_replicates = (size_t)gathered->info->n_replicates;
    int n = 0;
    for (size_t p = 0; p < (size_t)design->n_points; p++) {
        if ((int)design->values[p * (size_t)design->n_factors + (size_t)factor] == theory) {
            memcpy(out + (size_t)n++ * n_replicates, values + (p * n_regimes + (size_t)regime) * n_replicates,
                   n_replicates * sizeof *out);
        }
    }
    return n;
}

/* One theory: `work` is scratch of three panels. */
static dredge_status add_world(struct gathered *gathered, const double *values, int factor, int theory, double *work)
{
    const struct results_info *info = gathered->info;
    size_t size = (size_t)info->n_points * (size_t)info->n_replicates;
    struct gather_world world = {.theory = (enum theory)theory, .best = -1};
    struct panel panels[2];
    double best = -INFINITY;
    int matters_of = info->n_regimes > 1 && gathered->comparison.baseline == 0;
    double matters = comparison_cell(&gathered->comparison, OUTCOME_structural_share, matters_of)->paired.matters;
    struct question question = {outcome_infos[OUTCOME_structural_share].better, matters};
    const int regimes[2] = {gathered->choice.headline, gathered->comparison.baseline};
    for (int r = 0; r < info->n_regimes; r++) {
        struct estimate mean;
        world.n_points = world_values(gathered, values, factor, theory, r, work);
        struct panel panel = {.n_points = world.n_points,
                              .n_replicates = info->n_replicates,
                              .stride = (size_t)info->n_replicates,
                              .values = work,
                              .reach = {.low = 0, .high = 1}};
        if (world.n_points == 0) {
            return DREDGE_OK;
        }
        dredge_status status = panel_estimate(&panel, 0.95, &mean);
        if (status != DREDGE_OK) {
            return status;
        }
        world.best = mean.mean > best ? r : world.best;
        best = fmax(best, mean.mean);
    }
    for (size_t i = 0; i < 2; i++) {
        (void)world_values(gathered, values, factor, theory, regimes[i], work + i * size);
        panels[i] = (struct panel){.n_points = world.n_points,
                                   .n_replicates = info->n_replicates,
                                   .stride = (size_t)info->n_replicates,
                                   .values = work + i * size,
                                   .reach = {.low = 0, .high = 1}};
    }
    dredge_status status = paired_compare(&panels[0], &panels[1], &question, 0.95, work + 2 * size, &world.paired);
    gathered->worlds[gathered->n_worlds++] = world;
    return status;
}

static dredge_status find_worlds(struct gathered *gathered, const double *values)
{
    const struct design *design = &gathered->study.design;
    size_t size = (size_t)gathered->info->n_points * (size_t)gathered->info->n_replicates;
    int factor = 0;
    while (factor < design->n_factors && design->factors[factor].target != FACTOR_THEORY) {
        factor++;
    }
    if (factor == design->n_factors || gathered->info->n_regimes < 2 || design->n_points != gathered->info->n_points) {
        return DREDGE_OK;
    }
    double *work = malloc((3 * size + 1) * sizeof *work);
    gathered->worlds = calloc(N_THEORIES, sizeof *gathered->worlds);
    dredge_status status = DREDGE_OK;
    if (work == NULL || gathered->worlds == NULL) {
        status = status_no_memory((3 * size + 1) * sizeof *work);
    }
    for (int theory = 0; status == DREDGE_OK && theory < N_THEORIES; theory++) {
        status = add_world(gathered, values, factor, theory, work);
    }
    free(work);
    return status;
}

dredge_status gather_choice_outcome(struct gathered *gathered, int outcome, const double *values)
{
    if (outcome == OUTCOME_structural_share) {
        gathered->yardstick[GATHER_LASTING] = outcome;
        dredge_status status = rank(gathered, outcome, values, &gathered->rankings[GATHER_LASTING]);
        if (status == DREDGE_OK) {
            choose_by_lasting(gathered);
            status = find_worlds(gathered, values);
        }
        return status;
    }
    int year3 = outcome == OUTCOME_symptom_year3 && comparison_cell(&gathered->comparison, outcome, 0)->mean.n > 0;
    int burden = outcome == OUTCOME_symptom_burden && gathered->yardstick[GATHER_EARLY] != OUTCOME_symptom_year3;
    if (year3 || burden) {
        gathered->yardstick[GATHER_EARLY] = outcome;
        return rank(gathered, outcome, values, &gathered->rankings[GATHER_EARLY]);
    }
    return DREDGE_OK;
}

dredge_status gather_close_choice(struct gathered *gathered, const double *lasting, const double *early)
{
    const struct results_info *info = gathered->info;
    const struct ranking *ranking = &gathered->rankings[GATHER_EARLY];
    struct gather_choice *choice = &gathered->choice;
    size_t n = (size_t)info->n_replicates;
    gathered->break_even = (struct break_even){.weight = NAN, .low = NAN, .high = NAN};
    choice->early_best = ranking->n_placed > 0 ? ranking->order[0] : -1;
    if (choice->best < 0 || choice->early_best < 0 || choice->best == choice->early_best) {
        return DREDGE_OK;
    }
    double *difference = malloc((2 * n + 1) * sizeof *difference);
    if (difference == NULL) {
        return status_no_memory((2 * n + 1) * sizeof *difference);
    }
    size_t a = (size_t)choice->best * n;
    size_t b = (size_t)choice->early_best * n;
    for (size_t k = 0; k < n; k++) {
        difference[k] = lasting[a + k] - lasting[b + k];
        difference[n + k] = early[a + k] - early[b + k];
    }
    gathered->break_even = break_even_find(info->n_replicates, difference, difference + n, 0.95);
    free(difference);
    return DREDGE_OK;
}

void gather_free_choice(struct gathered *gathered)
{
    for (int i = 0; i < GATHER_YARDSTICKS; i++) {
        ranking_free(&gathered->rankings[i]);
    }
    free(gathered->worlds);
}
