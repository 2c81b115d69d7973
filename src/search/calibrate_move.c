/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate_move.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

/* Metropolis steps of the particles. A proposal goes part of the way from the particle to a draw of the normal distribution that
 * its generation's scores are like, and so keeps that distribution (preconditioned Crank-Nicolson, Cotter et al. 2013,
 * doi:10.1214/13-STS421). Where the posterior is normal, luck of the figures alone decides. */

static const double kept = 0.5;         /* of a particle's distance to the middle */
static const double theory_share = 0.5; /* of the proposals that draw a theory anew */

void smc_shape(struct smc *smc)
{
    const struct posterior *posterior = smc->posterior;
    size_t n = (size_t)posterior->n;
    size_t k = (size_t)posterior->n_priors;
    gsl_matrix_view view = gsl_matrix_view_array(smc->cholesky, k, k);
    memset(smc->middle, 0, k * sizeof *smc->middle);
    memset(smc->cholesky, 0, k * k * sizeof *smc->cholesky);
    for (size_t i = 0; i < n * k; i++) {
        smc->u[i] = smc_score(posterior->u[i]);
        smc->middle[i % k] += smc->u[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t a = 0; a < k; a++) {
            for (size_t b = 0; b < k; b++) {
                smc->cholesky[a * k + b] +=
                    (smc->u[i * k + a] - smc->middle[a]) * (smc->u[i * k + b] - smc->middle[b]) / (double)n;
            }
        }
    }
    double sure = (double)n / (double)(n + k); /* of what few particles say of two keys together */
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            smc->cholesky[a * k + b] *= a == b ? 1 : sure;
        }
        smc->cholesky[a * k + a] += 1e-6;
    }
    (void)gsl_linalg_cholesky_decomp1(&view.matrix);
}

/* The logarithm of the prior's density over that of the normal distribution of the proposals, at the places u. */
static double log_rest(const struct smc *smc, const double *u)
{
    size_t k = (size_t)smc->posterior->n_priors;
    double z[CALIBRATE_MAX_PRIORS];
    double sum = 0;
    for (size_t a = 0; a < k; a++) {
        double score = smc_score(u[a]);
        double own = score - smc->middle[a];
        for (size_t b = 0; b < a; b++) {
            own -= smc->cholesky[a * k + b] * z[b];
        }
        z[a] = own / smc->cholesky[a * k + a];
        sum += z[a] * z[a] - score * score;
    }
    return 0.5 * sum;
}

/* Proposals for all particles. */
static void propose(struct smc *smc, gsl_rng *rng)
{
    const struct posterior *posterior = smc->posterior;
    size_t k = (size_t)posterior->n_priors;
    double z[CALIBRATE_MAX_PRIORS];
    for (size_t i = 0; i < (size_t)posterior->n; i++) {
        for (size_t a = 0; a < k; a++) {
            z[a] = gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
        }
        for (size_t a = 0; a < k; a++) {
            double step = 0;
            for (size_t b = 0; b <= a; b++) {
                step += smc->cholesky[a * k + b] * z[b];
            }
            double score = smc_score(posterior->u[i * k + a]);
            smc->u[i * k + a] =
                smc_place(smc->middle[a] + kept * (score - smc->middle[a]) + sqrt(1 - kept * kept) * step);
        }
        double other = gsl_rng_uniform(rng);
        smc->theory[i] = posterior->theory != NULL ? posterior->theory[i] : 0;
        if (posterior->theory != NULL && other < theory_share) {
            smc->theory[i] = smc->calibration->theories[(int)(other / theory_share * smc->calibration->n_theories)];
        }
    }
    smc_units(smc->calibration, posterior->n, smc->u, smc->x);
}

dredge_status smc_move(struct smc *smc, int *n_accepted)
{
    struct posterior *posterior = smc->posterior;
    size_t k = (size_t)posterior->n_priors;
    size_t n_targets = (size_t)posterior->n_targets;
    smc->n_steps++;
    gsl_rng *rng = smc_random(smc, 2U * (uint32_t)smc->n_steps);
    if (rng == NULL) {
        return status_no_memory(sizeof(gsl_rng));
    }
    propose(smc, rng);
    dredge_status status =
        smc_simulate(smc, posterior->n, smc->x, smc->theory, smc->n_steps, smc->figures, smc->misfit);
    double scale = 0.5 / (posterior->tolerance * posterior->tolerance);
    *n_accepted = 0;
    for (size_t i = 0; status == DREDGE_OK && i < (size_t)posterior->n; i++) {
        double gain = -scale * (smc->misfit[i] - posterior->misfit[i]) + log_rest(smc, smc->u + i * k) -
                      log_rest(smc, posterior->u + i * k);
        if (gsl_rng_uniform_pos(rng) < exp(gain)) {
            memcpy(posterior->u + i * k, smc->u + i * k, k * sizeof(double));
            memcpy(posterior->figures + i * n_targets, smc->figures + i * n_targets, n_targets * sizeof(double));
            posterior->misfit[i] = smc->misfit[i];
            if (posterior->theory != NULL) {
                posterior->theory[i] = smc->theory[i];
            }
            *n_accepted += 1;
        }
    }
    gsl_rng_free(rng);
    return status;
}
