/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream_gsl.h"
#include "model/purpose.h"
#include "search/calibrate_smc.h"
#include "study/distribution.h"

/* What a posterior says, and whether calibration is right. */

enum { BITS_CELLS = 16, RANKS = 63, SELF_TEST_ENTITY = 211 };

/* The weighted quantile of values at `stride`: found by halving, as sorting would need memory. */
static double quantile_of(const struct posterior *posterior, const double *values, size_t stride, const double *weight,
                          double level)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (int i = 0; i < posterior->n; i++) {
        double value = values[(size_t)i * stride];
        low = isnan(value) ? low : fmin(low, value);
        high = isnan(value) ? high : fmax(high, value);
    }
    for (int step = 0; step < 60 && low < high; step++) {
        double middle = 0.5 * (low + high);
        double below = 0;
        double total = 0;
        for (int i = 0; i < posterior->n; i++) {
            double value = values[(size_t)i * stride];
            double own = isnan(value) ? 0 : weight != NULL ? weight[i] : 1;
            total += own;
            below += value <= middle ? own : 0;
        }
        *(below >= level * total ? &high : &low) = middle;
    }
    return high < low ? NAN : high;
}

double posterior_quantile(const struct posterior *posterior, int prior, double level)
{
    return quantile_of(posterior, posterior->x + prior, (size_t)posterior->n_priors, posterior->weight, level);
}

double posterior_figure(const struct posterior *posterior, const double *figures, int target, double level)
{
    const double *weight = figures == posterior->prior ? NULL : posterior->weight;
    return quantile_of(posterior, figures + target, (size_t)posterior->n_targets, weight, level);
}

double posterior_bits(const struct posterior *posterior, int prior)
{
    double cells[BITS_CELLS] = {0};
    double bits = 0;
    for (int i = 0; i < posterior->n; i++) {
        double u = posterior->u[(size_t)i * (size_t)posterior->n_priors + (size_t)prior];
        int cell = (int)(u * BITS_CELLS);
        cells[cell < BITS_CELLS ? cell : BITS_CELLS - 1] += posterior->weight[i];
    }
    for (int c = 0; c < BITS_CELLS; c++) {
        bits += cells[c] > 0 ? cells[c] * log2(cells[c] * BITS_CELLS) : 0;
    }
    double bias = (BITS_CELLS - 1) / (2 * posterior->ess * log(2)); /* Miller 1955 */
    return fmax(0, bits - bias);
}

double posterior_theory(const struct posterior *posterior, int theory)
{
    double sum = 0;
    for (int i = 0; posterior->theory != NULL && i < posterior->n; i++) {
        sum += posterior->theory[i] == theory ? posterior->weight[i] : 0;
    }
    return sum;
}

double posterior_check(const struct posterior *posterior, int target)
{
    const struct evidence *own = &posterior->calibration->targets[target];
    double above = 0;
    double total = 0;
    for (int i = 0; i < posterior->n; i++) {
        double figure = posterior->predictive[(size_t)i * (size_t)posterior->n_targets + (size_t)target];
        if (!isnan(figure)) {
            above += posterior->weight[i] * gsl_cdf_ugaussian_Q((own->value - figure) / own->error);
            total += posterior->weight[i];
        }
    }
    return total > 0 ? 2 * fmin(above, total - above) / total : NAN;
}

double posterior_expected_bits(const struct posterior *posterior, int target)
{
    double sums[6] = {0};
    double error = posterior->calibration->targets[target].error;
    for (size_t i = 0; i < (size_t)posterior->n; i++) {
        size_t at = i * (size_t)posterior->n_targets + (size_t)target;
        double once = posterior->predictive[at];
        double again = posterior->again[at];
        if (!isnan(once) && !isnan(again)) {
            const double terms[6] = {1, once, again, once * once, again * again, once * again};
            for (int k = 0; k < 6; k++) {
                sums[k] += posterior->weight[i] * terms[k];
            }
        }
    }
    double means[2] = {sums[1] / sums[0], sums[2] / sums[0]};
    double known = fmax(0, sums[5] / sums[0] - means[0] * means[1]);
    double all = 0.5 * ((sums[3] + sums[4]) / sums[0] - means[0] * means[0] - means[1] * means[1]);
    return sums[0] > 0 ? 0.5 * log2(1 + known / (fmax(0, all - known) + error * error)) : NAN;
}

/* ---- self-test ---- */

/* Draws keys from the prior and data with the targets' errors: fills the values of `targets`, and the true places. */
static dredge_status draw_truth(const struct study *study, const struct calibration *calibration,
                                const struct calibrate_options *options, int set, double *truth,
                                struct evidence *targets, int *theory_index)
{
    struct stream_address address = {
        .seed = study->seed, .replicate = (uint32_t)set, .purpose = PURPOSE_RESAMPLE, .entity = SELF_TEST_ENTITY};
    size_t k = (size_t)calibration->n_priors;
    struct summaries summaries = calibrate_summaries(study, calibration, options);
    const uint64_t luck = calibrate_luck(1 + set, STEP_TRUTH, 0);
    gsl_rng *rng = stream_gsl_new(&address);
    double *x = malloc((k + (size_t)calibration->n_targets + 1) * sizeof *x);
    double *figures = x != NULL ? x + k : NULL;
    dredge_status status = DREDGE_OK;
    if (rng == NULL || x == NULL) {
        status = status_no_memory((k + (size_t)calibration->n_targets + 1) * sizeof *x);
        goto out;
    }
    for (size_t f = 0; f < k; f++) {
        truth[f] = gsl_rng_uniform(rng);
        x[f] = distribution_value(&calibration->priors[f], truth[f]);
    }
    int n_theories = calibration->n_theories;
    *theory_index = n_theories > 0 ? (int)gsl_rng_uniform_int(rng, (unsigned long)n_theories) : 0;
    int theory = n_theories > 0 ? calibration->theories[*theory_index] : 0;
    status = summaries_run(&summaries, 1, x, n_theories > 0 ? &theory : NULL, &luck, figures);
    for (int t = 0; status == DREDGE_OK && t < calibration->n_targets; t++) {
        targets[t].value = figures[t] + targets[t].error * gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
    }
out:
    free(x);
    gsl_rng_free(rng);
    return status;
}

/* The rank of the true value among RANKS places of the posterior, spread evenly over its weight. */
static int rank_of(const struct posterior *posterior, int prior, double truth)
{
    double below = 0;
    for (int i = 0; i < posterior->n; i++) {
        double u = posterior->u[(size_t)i * (size_t)posterior->n_priors + (size_t)prior];
        below += u < truth ? posterior->weight[i] : 0;
    }
    return (int)fmin(RANKS, floor(below * (RANKS + 1)));
}

static double test_uniform(const int *counts, int n)
{
    double expected = (double)n / SELF_TEST_BINS;
    double sum = 0;
    for (int b = 0; b < SELF_TEST_BINS; b++) {
        sum += (counts[b] - expected) * (counts[b] - expected) / expected;
    }
    return gsl_cdf_chisq_Q(sum, SELF_TEST_BINS - 1);
}

/* What the weights of theories say where `truth` is the true one. */
static void count_choice(const struct posterior *posterior, int truth, struct self_test *test, double *variance)
{
    int n = test->n_theories;
    int best = 0;
    double most = -1;
    for (int k = 0; k < n; k++) {
        double weight = posterior_theory(posterior, posterior->calibration->theories[k]);
        test->chosen[truth * n + k] += weight;
        if (weight > most) {
            best = k;
            most = weight;
        }
    }
    test->n_true[truth]++;
    test->n_right += best == truth;
    test->claimed += most;
    *variance += most * (1 - most);
}

static void conclude_choice(struct self_test *test, double variance)
{
    int n = test->n_theories;
    for (int k = 0; k < n * n; k++) {
        int truth = k / n;
        test->chosen[k] = test->n_true[truth] > 0 ? test->chosen[k] / test->n_true[truth] : NAN;
    }
    double distance = fabs(test->n_right - test->claimed);
    test->p_choice = n < 2 ? NAN : variance > 0 ? 2 * gsl_cdf_ugaussian_Q(distance / sqrt(variance)) : 1;
}

/* Room for the choice of theories. */
static dredge_status begin_choice(const struct calibration *calibration, struct self_test *test)
{
    size_t n = (size_t)calibration->n_theories;
    test->n_theories = calibration->n_theories;
    test->n_true = calloc(n + 1, sizeof *test->n_true);
    test->chosen = calloc(n * n + 1, sizeof *test->chosen);
    return test->n_true != NULL && test->chosen != NULL ? DREDGE_OK : status_no_memory(n * n * sizeof *test->chosen);
}

dredge_status self_test_run(const struct study *study, int n_sets, const struct calibrate_options *options,
                            struct self_test *test)
{
    struct calibration calibration = *study->calibration;
    size_t k = (size_t)calibration.n_priors;
    size_t n_targets = (size_t)calibration.n_targets;
    struct calibrate_options own = *options;
    own.state = NULL;
    own.progress = NULL;
    *test = (struct self_test){.n_sets = n_sets, .n_priors = calibration.n_priors};
    test->p = calloc(k * (1 + SELF_TEST_BINS), sizeof *test->p);
    double *truth = malloc((k + 1) * sizeof *truth);
    struct evidence *targets = malloc((n_targets + 1) * sizeof *targets);
    double variance = 0;
    dredge_status status = begin_choice(study->calibration, test);
    if (status == DREDGE_OK && (test->p == NULL || truth == NULL || targets == NULL)) {
        status = status_no_memory(k * (1 + SELF_TEST_BINS) * sizeof *test->p);
    }
    if (status != DREDGE_OK) {
        goto out;
    }
    test->counts = (int *)(void *)(test->p + k);
    memcpy(targets, calibration.targets, n_targets * sizeof *targets);
    calibration.targets = targets;
    for (int set = 0; status == DREDGE_OK && set < n_sets; set++) {
        struct posterior posterior = {0};
        int theory = 0;
        status = draw_truth(study, study->calibration, options, set, truth, targets, &theory);
        if (status == DREDGE_OK) {
            status = calibrate_run(study, &calibration, 1 + set, &own, &posterior);
        }
        for (int f = 0; status == DREDGE_OK && f < calibration.n_priors; f++) {
            /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): draw_truth sets all of it */
            int bin = rank_of(&posterior, f, truth[f]) * SELF_TEST_BINS / (RANKS + 1);
            test->counts[f * SELF_TEST_BINS + bin]++;
        }
        if (status == DREDGE_OK && test->n_theories > 1) {
            count_choice(&posterior, theory, test, &variance);
        }
        if (options->progress != NULL) {
            options->progress(options->progress_context, posterior.tolerance, (set + 1.0) / n_sets);
        }
        posterior_free(&posterior);
    }
    for (int f = 0; status == DREDGE_OK && f < calibration.n_priors; f++) {
        test->p[f] = test_uniform(test->counts + (size_t)f * SELF_TEST_BINS, n_sets);
    }
    conclude_choice(test, variance);
out:
    free(targets);
    free(truth);
    if (status != DREDGE_OK) {
        self_test_free(test);
    }
    return status;
}

void self_test_free(struct self_test *test)
{
    free(test->p);
    free(test->n_true);
    free(test->chosen);
    *test = (struct self_test){0};
}
