/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "search/calibrate_adjust.h"
#include "search/calibrate_move.h"
#include "search/calibrate_state.h"

enum { MAX_STEPS = 8 };

struct calibrate_options calibrate_defaults(void)
{
    return (struct calibrate_options){.n_particles = 1024, .n_draws = 20000, .n_replicates = 24};
}

/* A target that the model never has a figure of cannot be compared with anything. */
static dredge_status check_figures(const struct smc *smc)
{
    const struct posterior *posterior = smc->posterior;
    for (int t = 0; t < posterior->n_targets; t++) {
        int n = 0;
        for (int i = 0; i < posterior->n; i++) {
            n += !isnan(posterior->figures[(size_t)i * (size_t)posterior->n_targets + (size_t)t]);
        }
        if (n == 0) {
            return status_fail(
                DREDGE_STUDY,
                "%s: calibration.targets: %s: the model has no such figure at any values of the priors' keys: "
                "a month beyond the horizon, or an outcome that is always missing or always the same",
                smc->summaries.study->file, smc->calibration->targets[t].name);
        }
    }
    return DREDGE_OK;
}

/* The prior: a Latin hypercube of places, theories in turn. */
static dredge_status start(struct smc *smc)
{
    struct posterior *posterior = smc->posterior;
    size_t n = (size_t)posterior->n;
    size_t k = (size_t)posterior->n_priors;
    gsl_rng *rng = smc_random(smc, 0);
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    for (size_t f = 0; f < k; f++) {
        for (size_t i = 0; i < n; i++) {
            smc->source[i] = (int)i; /* NOLINT(clang-analyzer-core.NullDereference): made before */
        }
        for (size_t i = n; i-- > 0;) {
            size_t j = gsl_rng_uniform_int(rng, (unsigned long)i + 1);
            int cell = smc->source[j];
            smc->source[j] = smc->source[i];
            posterior->u[i * k + f] = (cell + gsl_rng_uniform(rng)) / (double)n;
        }
    }
    gsl_rng_free(rng);
    for (size_t i = 0; posterior->theory != NULL && i < n; i++) {
        posterior->theory[i] = smc->calibration->theories[i % (size_t)smc->calibration->n_theories];
    }
    smc_units(smc->calibration, posterior->n, posterior->u, posterior->x);
    dredge_status status = smc_simulate(smc, posterior->n, posterior->x, posterior->theory, STEP_PRIOR,
                                        posterior->figures, posterior->misfit);
    memcpy(posterior->prior, posterior->figures, n * (size_t)posterior->n_targets * sizeof *posterior->prior);
    posterior->tolerance = INFINITY;
    return status == DREDGE_OK ? check_figures(smc) : status;
}

/* Weights for going from tolerance `from` to `to`; returns the effective sample size. */
static double weigh(struct posterior *posterior, double from, double to)
{
    double change = 1 / (to * to) - 1 / (from * from);
    double least = INFINITY;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < posterior->n; i++) {
        least = fmin(least, posterior->misfit[i]);
    }
    for (int i = 0; i < posterior->n; i++) {
        posterior->weight[i] = exp(-0.5 * change * (posterior->misfit[i] - least));
        sum += posterior->weight[i];
    }
    for (int i = 0; i < posterior->n; i++) {
        posterior->weight[i] /= sum;
        squares += posterior->weight[i] * posterior->weight[i];
    }
    return 1 / squares;
}

/* The next tolerance: as low as leaves half of the particles effective, 1 at least. */
static double next_tolerance(struct posterior *posterior)
{
    double from = posterior->tolerance;
    double high = isinf(from) ? 1e6 : from;
    while (isinf(from) && high < 1e18 && weigh(posterior, from, high) < 0.5 * posterior->n) {
        high *= 10; /* errors far smaller than figures differ */
    }
    double low = 1;
    if (weigh(posterior, from, 1) >= 0.5 * posterior->n) {
        return 1;
    }
    for (int step = 0; step < 60; step++) {
        double middle = sqrt(low * high);
        *(weigh(posterior, from, middle) >= 0.5 * posterior->n ? &high : &low) = middle;
    }
    return high;
}

/* Systematic resampling by the weights. */
static void resample(struct smc *smc, gsl_rng *rng)
{
    struct posterior *posterior = smc->posterior;
    size_t k = (size_t)posterior->n_priors;
    size_t n_targets = (size_t)posterior->n_targets;
    double place = gsl_rng_uniform(rng) / posterior->n;
    double sum = 0;
    int from = -1;
    for (int i = 0; i < posterior->n; i++) {
        while (sum <= place && from < posterior->n - 1) {
            sum += posterior->weight[++from];
        }
        smc->source[i] = from;
        place += 1.0 / posterior->n;
    }
    for (int i = 0; i < posterior->n; i++) {
        size_t s = (size_t)smc->source[i];
        memcpy(smc->u + (size_t)i * k, posterior->u + s * k, k * sizeof(double));
        memcpy(smc->figures + (size_t)i * n_targets, posterior->figures + s * n_targets, n_targets * sizeof(double));
        smc->misfit[i] = posterior->misfit[s];
        smc->theory[i] = posterior->theory != NULL ? posterior->theory[s] : 0;
    }
    memcpy(posterior->u, smc->u, (size_t)posterior->n * k * sizeof(double));
    memcpy(posterior->figures, smc->figures, (size_t)posterior->n * n_targets * sizeof(double));
    memcpy(posterior->misfit, smc->misfit, (size_t)posterior->n * sizeof(double));
    for (int i = 0; i < posterior->n; i++) {
        posterior->weight[i] = 1.0 / posterior->n;
        if (posterior->theory != NULL) {
            posterior->theory[i] = smc->theory[i];
        }
    }
}

/* Lowers the tolerance, draws particles again and moves them until nearly all have moved, as far as the draws last. */
static dredge_status next_generation(struct smc *smc)
{
    struct posterior *posterior = smc->posterior;
    struct generation *own = &posterior->generations[posterior->n_generations++];
    gsl_rng *rng = smc_random(smc, 2U * (uint32_t)smc->n_steps + 1);
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    double to = next_tolerance(posterior);
    own->ess = weigh(posterior, posterior->tolerance, to);
    own->tolerance = posterior->tolerance = to;
    resample(smc, rng);
    gsl_rng_free(rng);
    smc_shape(smc);
    double still = 1; /* share of particles that are expected not to have moved yet */
    dredge_status status = DREDGE_OK;
    int n_moved = 0;
    int n_steps = 0;
    while (status == DREDGE_OK && still > 0.1 && n_steps < MAX_STEPS &&
           posterior->n_draws + posterior->n <= smc->options->n_draws) {
        int n_accepted = 0;
        status = smc_move(smc, &n_accepted);
        n_moved += n_accepted;
        still *= 1 - (double)n_accepted / posterior->n;
        n_steps++;
        if (smc->options->progress != NULL) {
            smc->options->progress(smc->options->progress_context, posterior->tolerance,
                                   (double)posterior->n_draws / (double)smc->options->n_draws);
        }
    }
    own->acceptance = n_steps > 0 ? (double)n_moved / posterior->n / n_steps : 0;
    own->n_draws = posterior->n_draws;
    return status;
}

/* Where the draws ran out above a tolerance of 1: weights for as much of the rest as leaves half of the particles effective, and
 * regression for what is left. */
static dredge_status finish_tolerance(struct smc *smc)
{
    struct posterior *posterior = smc->posterior;
    double from = posterior->tolerance;
    posterior->tolerance = next_tolerance(posterior);
    posterior->ess = weigh(posterior, from, posterior->tolerance);
    if (posterior->tolerance <= 1.0001) {
        return DREDGE_OK;
    }
    gsl_rng *rng = smc_random(smc, 2U * (uint32_t)smc->n_steps + 1);
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    dredge_status status = posterior_adjust(posterior, rng);
    gsl_rng_free(rng);
    return status;
}

static dredge_status conclude(struct smc *smc)
{
    struct posterior *posterior = smc->posterior;
    dredge_status status = finish_tolerance(smc);
    smc_units(smc->calibration, posterior->n, posterior->u, posterior->x);
    const struct {
        int step;
        double *figures;
    } checks[2] = {{STEP_CHECK, posterior->predictive}, {STEP_AGAIN, posterior->again}};
    for (int c = 0; status == DREDGE_OK && c < 2; c++) {
        status = smc_simulate(smc, posterior->n, posterior->x, posterior->theory, checks[c].step, checks[c].figures,
                              smc->misfit);
    }
    return status;
}

static dredge_status make_room(struct smc *smc)
{
    struct posterior *posterior = smc->posterior;
    size_t n = (size_t)posterior->n;
    size_t k = (size_t)posterior->n_priors;
    size_t n_targets = (size_t)posterior->n_targets;
    size_t n_own = n * (2 * k + 4 * n_targets + 2);
    size_t n_smc = n * (2 * k + n_targets + 1) + k * k + k;
    posterior->u = calloc(n_own, sizeof *posterior->u);
    smc->u = calloc(n_smc, sizeof *smc->u);
    smc->theory = calloc(2 * n, sizeof *smc->theory);
    smc->luck = calloc(n, sizeof *smc->luck);
    if (smc->calibration->n_theories > 0) {
        posterior->theory = calloc(n, sizeof *posterior->theory);
    }
    if (posterior->u == NULL || smc->u == NULL || smc->theory == NULL || smc->luck == NULL ||
        (smc->calibration->n_theories > 0 && posterior->theory == NULL)) {
        return status_no_memory((n_own + n_smc) * sizeof *smc->u);
    }
    posterior->x = posterior->u + n * k;
    posterior->figures = posterior->x + n * k;
    posterior->prior = posterior->figures + n * n_targets;
    posterior->predictive = posterior->prior + n * n_targets;
    posterior->again = posterior->predictive + n * n_targets;
    posterior->misfit = posterior->again + n * n_targets;
    posterior->weight = posterior->misfit + n;
    smc->x = smc->u + n * k;
    smc->figures = smc->x + n * k;
    smc->misfit = smc->figures + n * n_targets;
    smc->cholesky = smc->misfit + n;
    smc->middle = smc->cholesky + k * k;
    smc->source = smc->theory + n;
    return DREDGE_OK;
}

/* After a generation: one process keeps the state, where one is kept. */
static dredge_status keep_state(struct smc *smc, dredge_status status)
{
    const struct calibrate_options *options = smc->options;
    if (status != DREDGE_OK || options->state == NULL) {
        return status;
    }
    if (options->crew == NULL || options->crew->rank == 0) {
        status = calibrate_state_save(options->state, smc->summaries.study, smc->posterior, options->n_replicates,
                                      smc->n_steps);
    }
    return processes_agree(options->crew, status);
}

/* What an interrupted calibration has left, if anything: all processes must find the same. */
static dredge_status take_state(struct smc *smc, int *found)
{
    struct posterior *posterior = smc->posterior;
    const struct calibrate_options *options = smc->options;
    struct digest digest;
    char hex[33], sentence[512];
    dredge_status status =
        processes_agree(options->crew, calibrate_state_load(options->state, smc->summaries.study, posterior,
                                                            options->n_replicates, &smc->n_steps, found));
    if (status != DREDGE_OK) {
        return status;
    }
    digest_begin(&digest);
    digest_whole(&digest, *found);
    digest_whole(&digest, posterior->n_draws);
    digest_reals(&digest, (size_t)posterior->n * (size_t)posterior->n_priors, posterior->u);
    digest_hex(&digest, hex);
    (void)snprintf(sentence, sizeof sentence,
                   "%s: not all ranks find the same here; give an output in a folder that all machines share, and the "
                   "same working folder to all",
                   options->state);
    return processes_match(options->crew, hex, DREDGE_FILE, sentence);
}

dredge_status calibrate_run(const struct study *study, const struct calibration *calibration, int luck,
                            const struct calibrate_options *options, struct posterior *posterior)
{
    *posterior = (struct posterior){.calibration = calibration,
                                    .n = options->n_particles,
                                    .n_priors = calibration->n_priors,
                                    .n_targets = calibration->n_targets};
    struct smc smc = {.options = options, .calibration = calibration, .posterior = posterior, .run = luck};
    smc.summaries = calibrate_summaries(study, calibration, options);
    int found = 0;
    calibrate_identity(study, options, posterior->identity);
    dredge_status status = calibration->n_priors > CALIBRATE_MAX_PRIORS
                               ? status_fail(DREDGE_STUDY, "calibration.priors: at most %d", CALIBRATE_MAX_PRIORS)
                               : make_room(&smc);
    if (status == DREDGE_OK && options->state != NULL) {
        status = take_state(&smc, &found);
    }
    if (status == DREDGE_OK && !found) {
        status = start(&smc);
        status = keep_state(&smc, status);
    }
    while (status == DREDGE_OK && posterior->tolerance > 1 && posterior->n_generations < CALIBRATE_MAX_GENERATIONS &&
           posterior->n_draws + posterior->n <= options->n_draws) {
        status = keep_state(&smc, next_generation(&smc));
    }
    if (status == DREDGE_OK) {
        status = conclude(&smc);
    }
    free(smc.luck);
    free(smc.theory);
    free(smc.u);
    if (status != DREDGE_OK) {
        posterior_free(posterior);
    }
    return status;
}

void posterior_free(struct posterior *posterior)
{
    free(posterior->u);
    free(posterior->theory);
    *posterior = (struct posterior){0};
}
