/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CMAES_H
#define SEARCH_CMAES_H

#include <gsl/gsl_rng.h>

#include "base/status.h"

/* CMA-ES, the evolution strategy with covariance matrix adaptation (Hansen 2016, arXiv:1604.00772), as ask and tell: it
 * needs the order of the candidates only, so constraints and noise are a matter of how the caller ranks. */

enum { CMAES_MAX = 16 }; /* dimensions */

struct cmaes {
    int n, population, parents, generation;
    double mean[CMAES_MAX], sigma;
    double covariance[CMAES_MAX][CMAES_MAX];
    double axes[CMAES_MAX][CMAES_MAX], lengths[CMAES_MAX]; /* eigenvectors in columns, roots of eigenvalues */
    double path_sigma[CMAES_MAX], path_covariance[CMAES_MAX];
};

/* Starts at mean[n] with step size sigma; population 0: the usual 4 + 3 ln n. */
void cmaes_init(struct cmaes *cmaes, int n, const double *mean, double sigma, int population);

/* A generation: x[population][n]. */
void cmaes_ask(const struct cmaes *cmaes, gsl_rng *rng, double *x);

/* The same candidates in their order, best first: order[population]. */
STATUS_CHECKED dredge_status cmaes_tell(struct cmaes *cmaes, const double *x, const int *order);

#endif
