/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include "setup.h"
#include "model/outcomes.h"
#include "result/parcel.h"
#include "run/runner.h"
#include "study/study.h"

/* A trial: many replicates of a setup, run in memory by the runner. */

struct trial {
    int n_regimes, n_replicates;
    double *values; /* [N_OUTCOMES][n_regimes][n_replicates], owned */
};

struct estimate {
    double mean, error; /* standard error of the mean */
    int n;              /* values that are not missing */
};

/* The setup as a study of `n_replicates`; it borrows from `setup`, so there is nothing to free. */
struct study trial_study(struct setup *setup, int n_replicates);

/* Runs replicates 0 .. n_replicates - 1 on all cores; freed with trial_free. */
void trial_run(struct trial *trial, struct setup *setup, int n_replicates);
void trial_free(struct trial *trial);

/* The values of one outcome under one regime, [n_replicates]. */
const double *trial_values(const struct trial *trial, enum outcome outcome, int regime);

/* Mean of an outcome; mean difference of two regimes by pairs. */
struct estimate trial_mean(const struct trial *trial, enum outcome outcome, int regime);
struct estimate trial_difference(const struct trial *trial, enum outcome outcome, int regime, int baseline);

/* The same between two trials with the same seed, replicate by replicate. */
struct estimate trial_between(const struct trial *a, int regime_a, const struct trial *b, int regime_b,
                              enum outcome outcome);

/* Mean difference of two rows of n, pairs with a missing value left out. */
struct estimate estimate_pairs(int n, const double *a, const double *b);

/* Asserts that the estimated quantity lies above (below) `bound`, by four standard errors: were it equal to the bound,
 * the assertion would hold with a probability of 3e-5. */
enum { ESTIMATE_ERRORS = 4 };
#define assert_above(estimate, bound) estimate_check(estimate, bound, 1, __FILE__, __LINE__)
#define assert_below(estimate, bound) estimate_check(estimate, bound, -1, __FILE__, __LINE__)
void estimate_check(struct estimate estimate, double bound, int sign, const char *file, int line);

/* A sink that keeps parcels in memory: [n], in the order of arrival. */
struct kept {
    int n, capacity;
    struct parcel *parcels; /* owned */
};

dredge_status kept_append(void *context, int n_parcels, struct parcel *parcels); /* context: struct kept */
void kept_free(struct kept *kept);

/* One value of one run in the kept parcels; fails the test when no parcel has it. */
double kept_outcome(const struct kept *kept, int point, int outcome, int regime, int replicate);

#endif
