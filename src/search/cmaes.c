/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/cmaes.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

void cmaes_init(struct cmaes *cmaes, int n, const double *mean, double sigma, int population)
{
    *cmaes = (struct cmaes){.n = n, .sigma = sigma};
    cmaes->population = population > 0 ? population : 4 + (int)(3 * log(n));
    cmaes->parents = cmaes->population / 2;
    for (int i = 0; i < n; i++) {
        cmaes->mean[i] = mean[i];
        cmaes->covariance[i][i] = cmaes->axes[i][i] = cmaes->lengths[i] = 1;
    }
}

/* Weight of the parent of rank i (from 0), and the effective number of parents (equations 49 and 8). */
static double weigh(const struct cmaes *cmaes, double *weights)
{
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < cmaes->parents; i++) {
        weights[i] = log((cmaes->population + 1) / 2.0) - log(i + 1);
        sum += weights[i];
    }
    for (int i = 0; i < cmaes->parents; i++) {
        weights[i] /= sum;
        squares += weights[i] * weights[i];
    }
    return 1 / squares;
}

void cmaes_ask(const struct cmaes *cmaes, gsl_rng *rng, double *x)
{
    int n = cmaes->n;
    for (int k = 0; k < cmaes->population; k++) {
        double z[CMAES_MAX];
        for (int i = 0; i < n; i++) {
            z[i] = gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
        }
        for (int i = 0; i < n; i++) {
            double step = 0;
            for (int j = 0; j < n; j++) {
                step += cmaes->axes[i][j] * cmaes->lengths[j] * z[j];
            }
            x[k * n + i] = cmaes->mean[i] + cmaes->sigma * step;
        }
    }
}

/* C^(-1/2) y */
static void whiten(const struct cmaes *cmaes, const double *y, double *out)
{
    int n = cmaes->n;
    double turned[CMAES_MAX];
    for (int j = 0; j < n; j++) {
        turned[j] = 0;
        for (int i = 0; i < n; i++) {
            turned[j] += cmaes->axes[i][j] * y[i];
        }
        turned[j] /= cmaes->lengths[j];
    }
    for (int i = 0; i < n; i++) {
        out[i] = 0;
        for (int j = 0; j < n; j++) {
            out[i] += cmaes->axes[i][j] * turned[j];
        }
    }
}

static dredge_status decompose(struct cmaes *cmaes)
{
    size_t n = (size_t)cmaes->n;
    gsl_matrix *matrix = gsl_matrix_alloc(n, n);
    gsl_matrix *vectors = gsl_matrix_alloc(n, n);
    gsl_vector *values = gsl_vector_alloc(n);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(n);
    dredge_status status = DREDGE_OK;
    if (matrix == NULL || vectors == NULL || values == NULL || work == NULL) {
        status = status_no_memory(n * n * sizeof(double));
        goto out;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            gsl_matrix_set(matrix, i, j, cmaes->covariance[i][j]);
        }
    }
    (void)gsl_eigen_symmv(matrix, values, vectors, work);
    for (size_t j = 0; j < n; j++) {
        cmaes->lengths[j] = sqrt(fmax(gsl_vector_get(values, j), 1e-14));
        for (size_t i = 0; i < n; i++) {
            cmaes->axes[i][j] = gsl_matrix_get(vectors, i, j);
        }
    }
out:
    gsl_eigen_symmv_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(vectors);
    gsl_matrix_free(matrix);
    return status;
}

/* Rank-one and rank-mu update of the covariance (equation 47, without negative weights). */
static void adapt(struct cmaes *cmaes, const double *x, const int *order, const double *old, double mueff,
                  const double *weights, int stalled)
{
    int n = cmaes->n;
    double cc = (4 + mueff / n) / (n + 4 + 2 * mueff / n);
    double c1 = 2 / ((n + 1.3) * (n + 1.3) + mueff);
    double cmu = fmin(1 - c1, 2 * (mueff - 2 + 1 / mueff) / ((n + 2.0) * (n + 2.0) + mueff));
    double keep = 1 - c1 - cmu + (stalled ? c1 * cc * (2 - cc) : 0);
    for (int i = 0; i < n; i++) {
        double step = (cmaes->mean[i] - old[i]) / cmaes->sigma;
        cmaes->path_covariance[i] =
            (1 - cc) * cmaes->path_covariance[i] + (stalled ? 0 : sqrt(cc * (2 - cc) * mueff) * step);
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = keep * cmaes->covariance[i][j] + c1 * cmaes->path_covariance[i] * cmaes->path_covariance[j];
            for (int k = 0; k < cmaes->parents; k++) {
                const double *parent = x + (ptrdiff_t)order[k] * n;
                sum += cmu * weights[k] * (parent[i] - old[i]) * (parent[j] - old[j]) / (cmaes->sigma * cmaes->sigma);
            }
            cmaes->covariance[i][j] = sum;
        }
    }
}

dredge_status cmaes_tell(struct cmaes *cmaes, const double *x, const int *order)
{
    int n = cmaes->n;
    double weights[64];
    double old[CMAES_MAX];
    double step[CMAES_MAX];
    double white[CMAES_MAX];
    double mueff = weigh(cmaes, weights);
    memcpy(old, cmaes->mean, sizeof old);
    for (int i = 0; i < n; i++) {
        cmaes->mean[i] = 0;
        for (int k = 0; k < cmaes->parents; k++) {
            cmaes->mean[i] += weights[k] * x[order[k] * n + i];
        }
        step[i] = (cmaes->mean[i] - old[i]) / cmaes->sigma;
    }
    double cs = (mueff + 2) / (n + mueff + 5);
    double damping = 1 + 2 * fmax(0, sqrt((mueff - 1) / (n + 1)) - 1) + cs;
    double expected = sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
    double length = 0;
    whiten(cmaes, step, white);
    for (int i = 0; i < n; i++) {
        cmaes->path_sigma[i] = (1 - cs) * cmaes->path_sigma[i] + sqrt(cs * (2 - cs) * mueff) * white[i];
        length += cmaes->path_sigma[i] * cmaes->path_sigma[i];
    }
    length = sqrt(length);
    cmaes->generation++;
    int stalled = length / sqrt(1 - pow(1 - cs, 2 * cmaes->generation)) >= (1.4 + 2.0 / (n + 1)) * expected;
    adapt(cmaes, x, order, old, mueff, weights, stalled);
    cmaes->sigma *= exp(fmin(1, cs / damping * (length / expected - 1)));
    return decompose(cmaes);
}
