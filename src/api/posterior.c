/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "api/inside.h"
#include "base/output.h"
#include "base/stop.h"
#include "model/theory.h"
#include "search/calibrate.h"
#include "store/file/provenance.h"

struct dredge_posterior {
    struct posterior inner;
    const struct study *study; /* borrowed */
};

/* ---- making ---- */

/* A caller who is told, and may wish to stop. */
struct listener {
    const struct dredge_calibrate_options *options;
    volatile sig_atomic_t stop;
};

static void tell(void *context, double tolerance, double share)
{
    struct listener *listener = context;
    if (listener->options->progress(listener->options->context, tolerance, share) != 0) {
        stop_wish(&listener->stop);
    }
}

/* A whole number of the options: 0 stands for what is there. */
static dredge_status take_whole(const char *name, long long given, long long low, long long high, long long *number)
{
    if (given != 0 && (given < low || given > high)) {
        return status_fail(DREDGE_USAGE, "%s = %lld: must be between %lld and %lld, or 0 for %lld", name, given, low,
                           high, *number);
    }
    *number = given != 0 ? given : *number;
    return DREDGE_OK;
}

static dredge_status take_options(struct listener *listener, struct calibrate_options *own)
{
    const struct dredge_calibrate_options *options = listener->options;
    long long n_particles = own->n_particles, n_draws = own->n_draws, n_replicates = own->n_replicates;
    dredge_status status = take_whole("n_particles", options->n_particles, 16, 100000, &n_particles);
    if (status == DREDGE_OK) {
        status = take_whole("n_draws", options->n_draws, 32, 100000000, &n_draws);
    }
    if (status == DREDGE_OK) {
        status = take_whole("n_replicates", options->n_replicates, 4, 100000, &n_replicates);
    }
    if (status == DREDGE_OK && n_draws < 2 * n_particles) {
        status = status_fail(DREDGE_USAGE,
                             "n_draws = %lld: must be at least twice n_particles = %lld, which are drawn from the "
                             "prior and moved",
                             n_draws, n_particles);
    }
    own->n_particles = (int)n_particles;
    own->n_draws = n_draws;
    own->n_replicates = (int)n_replicates;
    own->n_threads = options->n_threads;
    own->state = options->state;
    own->stop = &listener->stop;
    own->progress = options->progress != NULL ? tell : NULL;
    own->progress_context = listener;
    return status;
}

dredge_status dredge_study_calibrate(const dredge_study *study, const struct dredge_calibrate_options *options,
                                     dredge_posterior **posterior)
{
    static const struct dredge_calibrate_options defaults = {0};
    struct listener listener = {options != NULL ? options : &defaults, 0};
    struct calibrate_options own = calibrate_defaults();
    status_clear();
    if (posterior == NULL) {
        return status_fail(DREDGE_USAGE, "there is no place for the posterior (posterior is NULL)");
    }
    *posterior = NULL;
    if (study == NULL) {
        return status_fail(DREDGE_USAGE, "a calibration needs a study, not NULL");
    }
    if (study->inner.calibration == NULL) {
        return status_fail(DREDGE_STUDY, "%s: no section `calibration`: add priors and targets", study->inner.file);
    }
    dredge_status status = take_options(&listener, &own);
    if (status == DREDGE_OK) {
        status = caller_check(&study->inner, own.n_threads, 0);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    dredge_posterior *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    made->study = &study->inner;
    status = calibrate_run(made->study, made->study->calibration, 0, &own, &made->inner);
    if (status != DREDGE_OK) {
        dredge_posterior_free(made);
        return status;
    }
    *posterior = made;
    return DREDGE_OK;
}

void dredge_posterior_free(dredge_posterior *posterior)
{
    if (posterior != NULL) {
        posterior_free(&posterior->inner);
        free(posterior);
    }
}

/* ---- what it says ---- */

dredge_status dredge_posterior_describe(const dredge_posterior *posterior, char **json)
{
    caller_begin_text(json);
    if (posterior == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_posterior_describe needs a posterior and a place for the text");
    }
    return posterior_json(posterior->study, &posterior->inner, json);
}

int dredge_posterior_n_particles(const dredge_posterior *posterior)
{
    return posterior != NULL ? posterior->inner.n : 0;
}

int dredge_posterior_n_keys(const dredge_posterior *posterior)
{
    return posterior != NULL ? posterior->inner.n_priors : 0;
}

int dredge_posterior_n_targets(const dredge_posterior *posterior)
{
    return posterior != NULL ? posterior->inner.n_targets : 0;
}

static void copy(const double *from, int n_rows, int n_columns, double *to)
{
    if (to != NULL) {
        memcpy(to, from, (size_t)n_rows * (size_t)n_columns * sizeof *to);
    }
}

dredge_status dredge_posterior_particles(const dredge_posterior *posterior, double *values, double *weights,
                                         double *distances, double *figures)
{
    status_clear();
    if (posterior == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_posterior_particles needs a posterior, not NULL");
    }
    const struct posterior *inner = &posterior->inner;
    copy(inner->x, inner->n, inner->n_priors, values);
    copy(inner->weight, inner->n, 1, weights);
    copy(inner->misfit, inner->n, 1, distances);
    copy(inner->predictive, inner->n, inner->n_targets, figures);
    return DREDGE_OK;
}

const char *dredge_posterior_theory(const dredge_posterior *posterior, int particle)
{
    if (posterior == NULL || particle < 0 || particle >= posterior->inner.n) {
        return NULL;
    }
    const int *theory = posterior->inner.theory;
    return theory_infos[theory != NULL ? theory[particle] : (int)posterior->study->theory].name;
}

dredge_status dredge_posterior_write(const dredge_posterior *posterior, const char *path, int force)
{
    char *words[] = {(char[]){"libdredge"}};
    char *provenance = NULL;
    status_clear();
    if (posterior == NULL || path == NULL) {
        return status_fail(DREDGE_USAGE, "a posterior is written into a file: give both, not NULL");
    }
    const struct output_options output = {.kind = &output_posterior, .force = force};
    dredge_status status = output_check(path, &output);
    caller_lock();
    if (status == DREDGE_OK) {
        status = provenance_make(posterior->study, 1, words, &provenance);
    }
    if (status == DREDGE_OK) {
        status = posterior_write(path, posterior->study, &posterior->inner, provenance);
    }
    caller_unlock();
    free(provenance);
    return status;
}
