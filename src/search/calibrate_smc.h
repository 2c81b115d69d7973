/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_SMC_H
#define SEARCH_CALIBRATE_SMC_H

#include <gsl/gsl_rng.h>

#include "search/calibrate.h"

/* A calibration under way, for the files that share it: calibrate.c, calibrate_move.c, calibrate_adjust.c. */

struct smc {
    const struct calibrate_options *options;
    const struct calibration *calibration;
    struct posterior *posterior;
    struct summaries summaries;
    int run;              /* the caller's luck */
    int n_steps;          /* of moves so far */
    double *u, *x;        /* proposals: [n][n_priors] */
    double *figures;      /* [n][n_targets]; of held-out targets they may be missing */
    double *misfit;       /* [n] */
    int *theory, *source; /* [n] */
    double *middle;       /* [n_priors], mean of the particles' normal scores */
    double *cholesky;     /* [n_priors][n_priors], factor of their covariance */
    uint64_t *luck;       /* [n], of the rows that are simulated next */
};

/* What is simulated when: the prior, moves from 1 on; then, beyond all moves, the figures of the posterior, once and again, and of
 * a self-test's truth. */
enum { STEP_PRIOR, STEPS = 1 << 12, STEP_TRUTH = STEPS - 3, STEP_CHECK, STEP_AGAIN };

/* The luck number of a row that is simulated at a step of the calibration `run`. */
uint64_t calibrate_luck(int run, int step, int row);

/* What simulates under these options. */
struct summaries calibrate_summaries(const struct study *study, const struct calibration *calibration,
                                     const struct calibrate_options *options);

/* Random numbers that choose; `stage` tells places of a calibration apart. NULL when out of memory. */
gsl_rng *smc_random(const struct smc *smc, uint32_t stage);

/* The normal score of a place, and the place of a score: a uniform prior becomes a standard normal one, without bounds. */
double smc_score(double u);
double smc_place(double z);

/* The figures of n rows of x, each with luck of its own at this step, and their misfits. */
STATUS_CHECKED dredge_status smc_simulate(struct smc *smc, int n, const double *x, const int *theory, int step,
                                          double *figures, double *misfit);

/* Values in the units of the study from places. */
void smc_units(const struct calibration *calibration, int n, const double *u, double *x);

#endif
