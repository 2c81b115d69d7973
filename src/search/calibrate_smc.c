/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate_smc.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/stream_gsl.h"
#include "model/purpose.h"
#include "study/distribution.h"

enum { CALIBRATE_ENTITY = 210 };

double smc_score(double u)
{
    return gsl_cdf_ugaussian_Pinv(fmin(fmax(u, 1e-12), 1 - 1e-12));
}

double smc_place(double z)
{
    return fmin(fmax(gsl_cdf_ugaussian_P(z), 1e-12), 1 - 1e-12);
}

struct summaries calibrate_summaries(const struct study *study, const struct calibration *calibration,
                                     const struct calibrate_options *options)
{
    return (struct summaries){.study = study,
                              .calibration = calibration,
                              .n_replicates = options->n_replicates,
                              .n_threads = options->n_threads,
                              .stop = options->stop,
                              .crew = options->crew,
                              .model = options->model,
                              .model_context = options->model_context};
}

gsl_rng *smc_random(const struct smc *smc, uint32_t stage)
{
    struct stream_address address = {.seed = smc->summaries.study->seed,
                                     .replicate = (uint32_t)smc->run,
                                     .purpose = PURPOSE_RESAMPLE,
                                     .entity = CALIBRATE_ENTITY,
                                     .month = stage};
    return stream_gsl_new(&address);
}

static double misfit_of(const struct calibration *calibration, const double *figures)
{
    double sum = 0;
    for (int t = 0; t < calibration->n_targets; t++) {
        const struct evidence *target = &calibration->targets[t];
        double residual = (figures[t] - target->value) / target->error;
        sum += target->is_held_out ? 0 : isnan(residual) ? 1e12 : residual * residual;
    }
    return sum;
}

void smc_units(const struct calibration *calibration, int n, const double *u, double *x)
{
    size_t k = (size_t)calibration->n_priors;
    for (size_t i = 0; i < (size_t)n * k; i++) {
        x[i] = distribution_value(&calibration->priors[i % k], u[i]);
    }
}

uint64_t calibrate_luck(int run, int step, int row)
{
    return ((uint64_t)run * STEPS + (uint64_t)step) << 20 | (uint64_t)row;
}

dredge_status smc_simulate(struct smc *smc, int n, const double *x, const int *theory, int step, double *figures,
                           double *misfit)
{
    const struct posterior *posterior = smc->posterior;
    for (int i = 0; i < n; i++) {
        smc->luck[i] = calibrate_luck(smc->run, step, i);
    }
    smc->summaries.n_runs = 0;
    smc->summaries.fitted_only = step != STEP_PRIOR && step < STEP_CHECK; /* held-out figures move nothing */
    dredge_status status =
        summaries_run(&smc->summaries, n, x, posterior->theory != NULL ? theory : NULL, smc->luck, figures);
    for (int i = 0; status == DREDGE_OK && i < n; i++) {
        misfit[i] = misfit_of(smc->calibration, figures + (size_t)i * (size_t)posterior->n_targets);
    }
    smc->posterior->n_draws += n;
    smc->posterior->n_runs += smc->summaries.n_runs;
    return status;
}
