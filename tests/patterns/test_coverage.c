/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "trial.h"
#include "base/confidence.h"
#include "base/stream.h"
#include "result/stopping.h"

/* How often do 95% intervals cover the truth, at few replicates and when a study stops by its own precision? Differences
 * between the two main regimes are drawn, with replacement, from POOL pairs of runs of the default scenario, for every
 * outcome; their mean in the pool is the truth. Survival, which is nearly always 1 there, is drawn as pairs of 0 and 1 with
 * known chances besides.
 *
 * With TRIALS trials the standard error of a coverage near 0.93 is 0.002; four times fewer trials stop by their own precision:
 * 0.004, and their floor lies two of these lower. scripts/validate coverage makes the full tables. */

enum { TRIALS = 16000, POOL = 8192, FEW = 20, MAX = 20000, MONTHS = 120 };
#define COVERAGE_FLOOR 0.93

static double pool[2][POOL]; /* the outcome under both regimes */

/* Draws number k of a trial from the pool. */
static int drawn(uint32_t trial, int k, int n_pool)
{
    struct stream_address address = {20220101, trial, 0xff1, 0, 0, (uint32_t)k / 4};
    uint32_t words[4];
    stream_words(&address, words);
    return (int)stream_choice(words[k % 4], (uint32_t)n_pool);
}

/* The interval of the mean difference of n pairs a[k], b[k]. */
static void interval_of(int outcome, int n, const double *a, const double *b, double *low, double *high)
{
    double scratch[FEW];
    double least = INFINITY;
    double most = -INFINITY;
    for (int k = 0; k < n; k++) {
        scratch[k] = a[k] - b[k];
        least = fmin(least, fmin(a[k], b[k]));
        most = fmax(most, fmax(a[k], b[k]));
    }
    struct sample sample;
    struct reach bounds = outcome_reach(outcome, MONTHS);
    struct reach reach = reach_make(&bounds, least, most);
    reach.high = bounds.high - bounds.low;
    reach.low = -reach.high;
    sample_read(n, scratch, &reach, &sample);
    sample_interval(&sample, 0.95, low, high);
    assert_true(*low >= reach.low && *high <= reach.high);
}

static double coverage_at_few(int outcome, int n_pool, double truth)
{
    int n_covered = 0;
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        double pairs[2][FEW];
        double low = 0;
        double high = 0;
        for (int k = 0; k < FEW; k++) {
            int one = drawn(trial, k, n_pool);
            pairs[0][k] = pool[0][one];
            pairs[1][k] = pool[1][one];
        }
        interval_of(outcome, FEW, pairs[1], pairs[0], &low, &high);
        n_covered += low <= truth + 1e-12 && high >= truth - 1e-12;
    }
    return (double)n_covered / TRIALS;
}

/* The pairs of the pool that have both values; returns their number, mean difference and its standard deviation. */
static int fill_pool(const struct trial *trial, enum outcome outcome, double *mean, double *sd)
{
    int n = 0;
    double squares = 0;
    *mean = 0;
    for (int r = 0; r < POOL; r++) {
        double a = trial_values(trial, outcome, 0)[r];
        double b = trial_values(trial, outcome, 1)[r];
        if (!isnan(a - b)) {
            pool[0][n] = a;
            pool[1][n++] = b;
            *mean += b - a;
        }
    }
    *mean /= n;
    for (int r = 0; r < n; r++) {
        double d = pool[1][r] - pool[0][r] - *mean;
        squares += d * d;
    }
    *sd = sqrt(squares / n);
    return n;
}

/* A study that stops by its own precision: coverage over `n_trials`. */
static double coverage_on_stopping(int outcome, int n_pool, double truth, double half_width, int n_trials)
{
    struct setup setup;
    struct watched watched;
    struct reach bounds = outcome_reach(outcome, MONTHS);
    int n_covered = 0;
    setup_begin(&setup, 1);
    (void)setup_regime(&setup, "linear_kpi");
    (void)setup_regime(&setup, "iterative");
    struct study study = trial_study(&setup, MAX);
    study.replication =
        (struct replication){.min = 2, .max = MAX, .outcome = outcome, .half_width = half_width, .confidence = 0.95};
    for (uint32_t trial = 0; trial < (uint32_t)n_trials; trial++) {
        int known = 0;
        double mean = 0;
        assert_int_equal(watched_init(&watched, &study, 0), DREDGE_OK);
        while (watched.open) {
            for (; known < watched.n; known++) {
                int one = drawn(trial, known, n_pool);
                watched.values[known] = pool[0][one];
                watched.values[MAX + known] = pool[1][one];
                watched.known[known] = 1;
                mean += pool[1][one] - pool[0][one];
            }
            watched_look(&watched, &study);
        }
        double half = stopping_half_width(&bounds, known, watched.values + MAX, watched.values, 0.95, watched.scratch);
        n_covered += fabs(mean / known - truth) <= half; /* many replicates: as good as symmetric */
        watched_free(&watched);
    }
    return (double)n_covered / n_trials;
}

static void every_outcome(void **state)
{
    (void)state;
    struct setup setup;
    struct trial trial;
    setup_begin(&setup, 20220101);
    (void)setup_regime(&setup, "linear_kpi");
    (void)setup_regime(&setup, "iterative");
    trial_run(&trial, &setup, POOL);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        double truth = 0;
        double sd = 0;
        int n = fill_pool(&trial, (enum outcome)outcome, &truth, &sd);
        double few = coverage_at_few(outcome, n, truth);
        double half = sd > 0.02 ? 1.96 * sd / sqrt(100) : 0.02;
        double stopped = coverage_on_stopping(outcome, n, truth, half, TRIALS / 4);
        print_message("%-24s coverage at %d: %.3f, on stopping: %.3f\n", outcome_infos[outcome].name, FEW, few,
                      stopped);
        assert_true(few > COVERAGE_FLOOR);
        assert_true(stopped > COVERAGE_FLOOR - 0.008); /* four times fewer trials */
    }
    trial_free(&trial);
}

/* Pairs of 0 and 1 that share their luck: the worse regime fails where the better one does, and more often. */
static void survival_near_its_bounds(void **state)
{
    (void)state;
    static const double chances[][2] = {{0.999, 0.999}, {0.99, 0.97}, {0.95, 0.95}, {0.9, 0.8},
                                        {0.5, 0.3},     {0.05, 0.02}, {0.01, 0}};
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        for (int r = 0; r < POOL; r++) {
            pool[0][r] = r < chances[i][0] * POOL;
            pool[1][r] = r < chances[i][1] * POOL;
        }
        double truth = 0;
        for (int r = 0; r < POOL; r++) {
            truth += (pool[1][r] - pool[0][r]) / POOL;
        }
        double few = coverage_at_few(OUTCOME_survival, POOL, truth);
        print_message("survival %.3f against %.3f, coverage at %d: %.3f\n", chances[i][1], chances[i][0], FEW, few);
        assert_true(few > COVERAGE_FLOOR);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_outcome), cmocka_unit_test(survival_near_its_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
