/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_H
#define SEARCH_CALIBRATE_H

#include "search/summaries.h"

/* Approximate Bayesian computation by sequential Monte Carlo with an adaptive tolerance (Del Moral, Doucet & Jasra 2012,
 * doi:10.1007/s11222-011-9271-y): which values of the priors' keys, and which theories, agree with the targets?
 *
 * A particle is a place in the prior, a theory and simulated figures. Its misfit S is the sum over fitted targets of
 * ((figure - value) / error)^2. Targets have normal errors, so exp(-S/2) weights particles exactly (Wilkinson 2013,
 * doi:10.1515/sagmb-2013-0010); a tolerance tau >= 1 widens all errors, exp(-S / (2 tau^2)). It falls from infinity (the
 * prior) to 1, each time as far as leaves half of the particles effective; then particles are drawn again and moved by
 * Metropolis steps. Every proposal has luck of its own: figures of few collaborations are noisy, and only noise that differs from
 * particle to particle becomes part of the posterior's width, where shared noise would shift all of it. Where the draws run out
 * at a tolerance above 1, the last generation is weighted by as much of the rest of the normal error as leaves half of it
 * effective, and keys are adjusted for what is left by regression on the figures (Beaumont, Zhang & Balding 2002,
 * doi:10.1093/genetics/162.4.2025). */

enum { CALIBRATE_MAX_GENERATIONS = 60, CALIBRATE_MAX_PRIORS = 64, CALIBRATE_ENOUGH = 100 };

struct calibrate_options {
    int n_particles;   /* per generation, 1024; fewer than CALIBRATE_ENOUGH a key make posteriors too narrow */
    long long n_draws; /* most settings that are tried, 20000; two more for each particle tell its figures */
    int n_replicates;  /* of each regime of the mixture, 24 */
    int n_threads;
    const volatile sig_atomic_t *stop; /* may be NULL */
    const struct processes *crew;      /* borrowed; NULL: one process. All of its processes call alike */
    const char *state;                 /* file that keeps each generation, so that a later call goes on; NULL: none */
    summaries_model *model;            /* what gives figures in place of the study's model; NULL: nothing */
    void *model_context;
    void (*progress)(void *context, double tolerance, double share); /* may be NULL; share of the draws */
    void *progress_context;
};

struct calibrate_options calibrate_defaults(void);

struct generation {
    double tolerance, ess, acceptance; /* ess of the weights that led here; acceptance of its moves */
    long long n_draws;                 /* so far */
};

struct posterior {
    const struct calibration *calibration; /* borrowed */
    int n, n_priors, n_targets;
    double *u;          /* [n][n_priors], places of 0 .. 1, owned (all arrays in one allocation, of u) */
    double *x;          /* [n][n_priors], in the units of the study */
    double *figures;    /* [n][n_targets], NaN of held-out targets where nothing asked for them */
    double *misfit;     /* [n], S */
    double *weight;     /* [n], sum 1 */
    double *prior;      /* [n][n_targets], figures under the prior */
    double *predictive; /* [n][n_targets], figures of the posterior with luck that chose nothing */
    double *again;      /* the same with other luck: what both have in common is no luck */
    int *theory;        /* [n], numbers in theory_infos; NULL when there is nothing to choose; owned */
    int n_generations;
    struct generation generations[CALIBRATE_MAX_GENERATIONS];
    double tolerance, ess; /* reached; effective sample size of the weights */
    char identity[33];     /* digest of the study and of the options that determine what is found */
    int is_adjusted;       /* keys were adjusted by regression */
    long long n_draws, n_runs;
};

/* Calibrates the study, which must have a calibration. `calibration` is that, or the same with other values of its targets.
 * `luck` tells repeated calibrations of a study apart (0). Freed with posterior_free (safe when zeroed). */
STATUS_CHECKED dredge_status calibrate_run(const struct study *study, const struct calibration *calibration, int luck,
                                           const struct calibrate_options *options, struct posterior *posterior);
void posterior_free(struct posterior *posterior);

/* ---- what a posterior says ---- */

/* The weighted quantile of a prior's key, in the units of the study; of a target's figure under the posterior
 * (predictive) or the prior. */
double posterior_quantile(const struct posterior *posterior, int prior, double level);
double posterior_figure(const struct posterior *posterior, const double *figures, int target, double level);

/* How much the targets tell of a key: bits of information that the posterior has over the prior (Kullback-Leibler
 * divergence of 16 equal cells, less its bias), 0 when nothing. */
double posterior_bits(const struct posterior *posterior, int prior);

/* The weight of a theory. */
double posterior_theory(const struct posterior *posterior, int theory);

/* The chance, under posterior, luck and error, of a figure at least as far from the predicted middle as the target's
 * value. */
double posterior_check(const struct posterior *posterior, int target);

/* Bits that measuring this target, with its error, would be expected to tell of keys and theory: what figures with different luck
 * have in common against luck and error (normal approximation). */
double posterior_expected_bits(const struct posterior *posterior, int target);

/* All of it as a JSON document, which the caller frees. */
STATUS_CHECKED dredge_status posterior_json(const struct study *study, const struct posterior *posterior, char **text);

/* The file of particles (HDF5, netCDF-4), which becomes points of a design: store/file/particles.h. */
STATUS_CHECKED dredge_status posterior_write(const char *path, const struct study *study,
                                             const struct posterior *posterior, const char *provenance);

/* Is the file at `path` the posterior of this study with these options? DREDGE_FILE with what differs if it is not. */
STATUS_CHECKED dredge_status posterior_is_of(const char *path, const struct study *study,
                                             const struct calibrate_options *options);

/* ---- is it right? ---- */

enum { SELF_TEST_BINS = 8 };

struct self_test {
    int n_sets, n_priors;
    int *counts;     /* [n_priors][SELF_TEST_BINS], ranks of the true value in the posterior, owned */
    double *p;       /* [n_priors], chi-square test of uniform ranks, in the memory of counts */
    int n_theories;  /* to choose among; 0 or 1: no choice is tested */
    int *n_true;     /* [n_theories], data sets drawn under each, owned */
    double *chosen;  /* [n_theories][n_theories], mean weight of the second where the first is true, owned */
    int n_right;     /* data sets whose theory has the largest weight */
    double claimed;  /* what those largest weights add up to: how many should be right */
    double p_choice; /* test that as many are right as claimed (normal approximation); NaN without choice */
};

/* Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): draws keys from the prior and data with the targets'
 * errors, calibrates, and asks where the true value ranks in the posterior: uniformly, when all is right. Where theories are
 * chosen among, the data sets have theories drawn alike, and the leading theory should be the true one as often as its weight
 * says. */
STATUS_CHECKED dredge_status self_test_run(const struct study *study, int n_sets,
                                           const struct calibrate_options *options, struct self_test *test);
void self_test_free(struct self_test *test);

#endif
