/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/tuner.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream_gsl.h"
#include "model/purpose.h"
#include "search/cmaes.h"
#include "search/tuning_fresh.h"
#include "study/points.h"

enum { TUNER_LAST_RUNG = 16, TUNER_POPULATION = 16, TUNER_ENTITY = 200 };

struct tuner_options tuner_defaults(void)
{
    return (struct tuner_options){.outcome = OUTCOME_structural_share,
                                  .maximise = 1,
                                  .n_candidates = 256,
                                  .n_first = 16,
                                  .n_generations = 20,
                                  .n_refine = 128,
                                  .n_validate = 500,
                                  .n_worlds = 1};
}

/* ---- ranking ---- */

/* How many candidates beat this one on both quick relief and structural share, as a score. */
static double domination_of(const struct tuning *tuning, int n, const int *numbers, int i)
{
    const struct trials *trials = &tuning->tuned->search;
    double relief = trials_mean(trials, numbers[i], tuning->tuned->relief, NULL);
    double share = trials_mean(trials, numbers[i], OUTCOME_structural_share, NULL);
    int beaten = 0;
    for (int j = 0; j < n; j++) {
        double other = trials_mean(trials, numbers[j], tuning->tuned->relief, NULL);
        double other_share = trials_mean(trials, numbers[j], OUTCOME_structural_share, NULL);
        beaten += other <= relief && other_share >= share && (other < relief || other_share > share);
    }
    return -beaten;
}

/* Keeps `keep` of the rung: in turn the best by the objective and the best by the trade-off. */
static dredge_status tuning_halve(struct tuning *tuning, int keep)
{
    int n = tuning->n_chosen;
    struct scored *by_objective = malloc(2 * (size_t)n * sizeof *by_objective);
    if (by_objective == NULL) {
        return status_no_memory(2 * (size_t)n * sizeof *by_objective);
    }
    struct scored *by_front = by_objective + n;
    for (int i = 0; i < n; i++) {
        by_objective[i] = (struct scored){tuning_score(&tuning->tuned->search, tuning->options, tuning->chosen[i], 1),
                                          tuning->chosen[i]};
        by_front[i] = (struct scored){domination_of(tuning, n, tuning->chosen, i), tuning->chosen[i]};
    }
    qsort(by_objective, (size_t)n, sizeof *by_objective, tuning_compare_scored);
    qsort(by_front, (size_t)n, sizeof *by_front, tuning_compare_scored);
    int kept = 0;
    for (int i = 0; i < 2 * n && kept < keep; i++) {
        int number = i % 2 ? by_front[i / 2].number : by_objective[i / 2].number;
        int there = 0;
        for (int j = 0; j < kept; j++) {
            there |= tuning->chosen[j] == number;
        }
        if (!there) {
            tuning->chosen[kept++] = number;
        }
    }
    tuning->n_chosen = kept;
    free(by_objective);
    return DREDGE_OK;
}

/* ---- the stages ---- */

/* The study's own regimes and a Sobol sample of the space. */
static dredge_status tuning_sample(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    dredge_status status = DREDGE_OK;
    int number = 0;
    for (int r = 0; status == DREDGE_OK && r < tuning->study->n_regimes; r++) {
        double x[SPACE_MAX] = {0};
        space_place(&tuned->space, &tuning->study->regimes[r], x);
        status = trials_add(&tuned->search, &tuning->study->regimes[r], x, &number);
    }
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)tuned->space.n);
    if (sequence == NULL) {
        return status_no_memory(sizeof *sequence);
    }
    for (int i = 0; status == DREDGE_OK && i < tuning->options->n_candidates; i++) {
        double x[SPACE_MAX] = {0};
        char name[32];
        struct regime regime;
        (void)gsl_qrng_get(sequence, x);
        (void)snprintf(name, sizeof name, "sobol_%d", i + 1);
        space_regime(&tuned->space, x, name, &regime);
        status = trials_add(&tuned->search, &regime, x, &number);
    }
    gsl_qrng_free(sequence);
    return status;
}

static dredge_status tuning_rungs(struct tuning *tuning)
{
    struct trials *search = &tuning->tuned->search;
    int n_replicates = tuning->options->n_first;
    int n_rungs = 1;
    for (int n = search->n; n > TUNER_LAST_RUNG; n /= 2) {
        n_rungs++;
    }
    tuning->n_chosen = search->n;
    for (int i = 0; i < search->n; i++) {
        tuning->chosen[i] = i;
    }
    for (int rung = 0;; rung++) {
        tuning_tell(tuning, "successive halving", (double)rung / n_rungs);
        dredge_status status = trials_run(search, tuning->n_chosen, tuning->chosen, n_replicates);
        if (status != DREDGE_OK || tuning->n_chosen <= TUNER_LAST_RUNG) {
            return status;
        }
        int keep = tuning->n_chosen / 2 > TUNER_LAST_RUNG ? tuning->n_chosen / 2 : TUNER_LAST_RUNG;
        status = tuning_halve(tuning, keep);
        if (status != DREDGE_OK) {
            return status;
        }
        n_replicates *= 2;
    }
}

/* The best of the candidates with at least `least` replicates. */
static int best_of(const struct tuning *tuning, int least)
{
    const struct trials *search = &tuning->tuned->search;
    int best = -1;
    double best_score = 0;
    for (int i = 0; i < search->n; i++) {
        if (search->candidates[i].n >= least) {
            double score = tuning_score(search, tuning->options, i, 1);
            if (best < 0 || score > best_score) {
                best = i;
                best_score = score;
            }
        }
    }
    return best;
}

/* One generation of CMA-ES: asked, run, ranked, told. */
static dredge_status tuning_generation(struct tuning *tuning, struct cmaes *cmaes, gsl_rng *rng)
{
    struct tuned *tuned = tuning->tuned;
    double x[TUNER_POPULATION * SPACE_MAX];
    struct scored scored[TUNER_POPULATION];
    int numbers[TUNER_POPULATION];
    int order[TUNER_POPULATION];
    int n = tuned->space.n;
    dredge_status status = DREDGE_OK;
    cmaes_ask(cmaes, rng, x);
    for (int k = 0; status == DREDGE_OK && k < TUNER_POPULATION; k++) {
        double place[SPACE_MAX] = {0};
        char name[48];
        struct regime regime;
        for (int i = 0; i < n; i++) { /* kept inside, where the model is defined */
            place[i] = x[k * n + i] = fmin(fmax(x[k * n + i], 0), 1);
        }
        (void)snprintf(name, sizeof name, "cmaes_%d_%d", cmaes->generation + 1, k + 1);
        space_regime(&tuned->space, place, name, &regime);
        status = trials_add(&tuned->search, &regime, place, &numbers[k]);
    }
    if (status == DREDGE_OK) {
        status = trials_run(&tuned->search, TUNER_POPULATION, numbers, tuning->options->n_refine);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    for (int k = 0; k < TUNER_POPULATION; k++) {
        scored[k] = (struct scored){tuning_score(&tuned->search, tuning->options, numbers[k], 1), k};
    }
    qsort(scored, TUNER_POPULATION, sizeof *scored, tuning_compare_scored);
    for (int k = 0; k < TUNER_POPULATION; k++) {
        order[k] = scored[k].number;
    }
    return cmaes_tell(cmaes, x, order);
}

static dredge_status tuning_refine(struct tuning *tuning)
{
    struct tuned *tuned = tuning->tuned;
    struct stream_address address = {.seed = tuning->study->seed, .purpose = PURPOSE_RESAMPLE, .entity = TUNER_ENTITY};
    gsl_rng *rng = stream_gsl_new(&address);
    struct cmaes cmaes;
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    int most = 0;
    for (int i = 0; i < tuned->search.n; i++) {
        most = tuned->search.candidates[i].n > most ? tuned->search.candidates[i].n : most;
    }
    tuned->best = best_of(tuning, most);
    cmaes_init(&cmaes, tuned->space.n, tuned->search.candidates[tuned->best].x, 0.15, TUNER_POPULATION);
    dredge_status status = DREDGE_OK;
    for (int g = 0; status == DREDGE_OK && g < tuning->options->n_generations; g++) {
        tuning_tell(tuning, "CMA-ES", (double)g / tuning->options->n_generations);
        status = tuning_generation(tuning, &cmaes, rng);
    }
    gsl_rng_free(rng);
    /* Candidates with few replicates are lucky too easily: the best ones get as many as the last rung had. */
    for (int again = 0; status == DREDGE_OK && again < 4; again++) {
        tuned->best = best_of(tuning, tuning->options->n_refine < most ? tuning->options->n_refine : most);
        status = trials_run(&tuned->search, 1, &tuned->best, most);
    }
    if (status == DREDGE_OK) {
        int first = 0; /* the first regime with the same luck, to compare with */
        tuned->best = best_of(tuning, most);
        status = trials_run(&tuned->search, 1, &first, most);
    }
    return status;
}

/* The worlds: points of the study's design, evenly taken. */
static dredge_status choose_worlds(const struct study *study, int n_most, struct tuned *tuned, int *n_worlds)
{
    const struct design *design = &study->design;
    size_t k = (size_t)design->n_factors;
    int n = n_most < design->n_points ? n_most : design->n_points;
    for (size_t f = 0; f < k; f++) {
        enum factor_target target = design->factors[f].target;
        if (target != FACTOR_PARAMETER && target != FACTOR_THEORY) {
            return status_fail(DREDGE_USAGE, "%s varies steering, which is what is searched for: it makes no worlds",
                               design->factors[f].key);
        }
    }
    if (k == 0 || n < 2) {
        return status_fail(DREDGE_USAGE,
                           "several worlds are points of a design, and this study has none: add for example "
                           "`design: {factors: {theory: [mixed, inertia, old_wounds]}}` or `design: "
                           "{method: posterior, file: care.posterior.h5}`");
    }
    const char **keys = malloc(k * sizeof *keys);
    double *values = malloc((size_t)n * k * sizeof *values);
    tuned->world_points = malloc((size_t)n * sizeof *tuned->world_points);
    dredge_status status = DREDGE_OK;
    if (keys == NULL || values == NULL || tuned->world_points == NULL) {
        status = status_no_memory((size_t)n * k * sizeof *values);
        goto out;
    }
    for (size_t f = 0; f < k; f++) {
        keys[f] = design->factors[f].key;
    }
    for (int w = 0; w < n; w++) {
        tuned->world_points[w] = (int)((long long)w * design->n_points / n);
        memcpy(values + (size_t)w * k, design->values + (size_t)tuned->world_points[w] * k, k * sizeof *values);
    }
    status = points_make(study, design->n_factors, keys, n, values, &tuned->worlds);
    *n_worlds = n;
out:
    free(values);
    free(keys);
    return status;
}

dredge_status tuner_run(const struct study *study, const struct space *space, const struct tuner_options *options,
                        struct tuned *tuned)
{
    int n_worlds = 1;
    *tuned = (struct tuned){.space = *space, .n_own = study->n_regimes};
    dredge_status status =
        options->n_worlds > 1 ? choose_worlds(study, options->n_worlds, tuned, &n_worlds) : DREDGE_OK;
    if (status != DREDGE_OK) {
        tuner_free(tuned);
        return status;
    }
    const struct study *where = n_worlds > 1 ? &tuned->worlds : study;
    struct tuning tuning = {.study = study, .options = options, .tuned = tuned};
    int n_most = options->n_first;
    for (int n = study->n_regimes + options->n_candidates; n > TUNER_LAST_RUNG; n /= 2) {
        n_most *= 2;
    }
    n_most = n_most > options->n_refine ? n_most : options->n_refine;
    tuned->relief = study->parameters.months >= 36 ? OUTCOME_symptom_year3 : OUTCOME_symptom_burden;
    trials_init(&tuned->search, where, n_worlds, study->seed, n_most);
    /* the seeds of fresh luck: any other ones, found from the study's */
    trials_init(&tuned->fresh, where, n_worlds, study->seed ^ 0x9E3779B97F4A7C15U, options->n_validate);
    trials_init(&tuned->again, where, n_worlds, study->seed ^ 0xD1B54A32D192ED03U, options->n_validate);
    tuned->search.n_threads = tuned->fresh.n_threads = tuned->again.n_threads = options->n_threads;
    tuned->search.stop = tuned->fresh.stop = tuned->again.stop = options->stop;
    tuning.chosen = malloc(((size_t)study->n_regimes + (size_t)options->n_candidates) * sizeof *tuning.chosen);
    status = tuning.chosen ? tuning_sample(&tuning) : status_no_memory((size_t)options->n_candidates * sizeof(int));
    if (status == DREDGE_OK) {
        status = tuning_rungs(&tuning);
    }
    if (status == DREDGE_OK) {
        status = tuning_refine(&tuning);
    }
    if (status == DREDGE_OK) {
        status = tuning_validate(&tuning);
    }
    if (status == DREDGE_OK) {
        status = tuning_conclude(&tuning);
    }
    free(tuning.chosen);
    if (status != DREDGE_OK) {
        tuner_free(tuned);
    }
    return status;
}

dredge_status tuner_compare(const struct trials *trials, int number, int against, int outcome, struct paired *paired)
{
    size_t n = (size_t)trials->n_most;
    int n_each = trials->n_most / trials->n_worlds;
    struct panel panels[2];
    const int numbers[2] = {number, against};
    for (int i = 0; i < 2; i++) {
        const double *values = trials->candidates[numbers[i]].values + (size_t)outcome * n;
        panels[i] = (struct panel){
            .n_points = trials->n_worlds, .n_replicates = n_each, .stride = (size_t)n_each, .values = values};
        panels[i].reach = outcome_reach(outcome, study_months(trials->study));
    }
    double *scratch = malloc((n + 1) * sizeof *scratch);
    if (scratch == NULL) {
        return status_no_memory((n + 1) * sizeof *scratch);
    }
    struct outcome_info info = study_outcome_info(trials->study, outcome);
    struct question question = {info.better, comparison_matters(info.matters, study_matters(trials->study, info.name),
                                                                trials_mean(trials, against, outcome, NULL))};
    dredge_status status = paired_compare(&panels[0], &panels[1], &question, 0.95, scratch, paired);
    free(scratch);
    return status;
}

int tuner_edge(const struct candidate *candidate, int i)
{
    static const double near = 0.02; /* of the range */
    return candidate->x[i] <= near ? -1 : candidate->x[i] >= 1 - near ? 1 : 0;
}

void tuner_free(struct tuned *tuned)
{
    trials_free(&tuned->search);
    trials_free(&tuned->fresh);
    trials_free(&tuned->again);
    points_free(&tuned->worlds);
    free(tuned->world_points);
    free(tuned->robust);
    free(tuned->origin);
    free(tuned->front);
    *tuned = (struct tuned){0};
}
