/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "r_inside.h"

struct held_posterior {
    dredge_posterior *inner; /* owned */
    struct r_study *study;   /* held */
};

static void let_go(SEXP handle)
{
    struct held_posterior *held = R_ExternalPtrAddr(handle);
    if (held != NULL) {
        dredge_posterior_free(held->inner);
        r_study_drop(held->study);
        free(held);
        R_ClearExternalPtr(handle);
    }
}

static int tell(void *context, double tolerance, double share)
{
    return r_running_tell(context, tolerance, share);
}

static SEXP described(const dredge_posterior *posterior)
{
    char *json;
    r_check(dredge_posterior_describe(posterior, &json));
    return r_taken(json);
}

/* The particles as a list: the document, values and figures (each with a column per particle), weights, distances, theories,
 * and `handle`, which keeps the posterior. */
static SEXP read_posterior(const dredge_posterior *posterior, SEXP handle)
{
    int n = dredge_posterior_n_particles(posterior);
    SEXP list = PROTECT(Rf_allocVector(VECSXP, 7));
    SET_VECTOR_ELT(list, 0, described(posterior));
    SET_VECTOR_ELT(list, 1, Rf_allocMatrix(REALSXP, dredge_posterior_n_keys(posterior), n));
    SET_VECTOR_ELT(list, 2, Rf_allocMatrix(REALSXP, dredge_posterior_n_targets(posterior), n));
    SET_VECTOR_ELT(list, 3, Rf_allocVector(REALSXP, n));
    SET_VECTOR_ELT(list, 4, Rf_allocVector(REALSXP, n));
    SET_VECTOR_ELT(list, 5, Rf_allocVector(STRSXP, n));
    SET_VECTOR_ELT(list, 6, handle);
    r_check(dredge_posterior_particles(posterior, REAL(VECTOR_ELT(list, 1)), REAL(VECTOR_ELT(list, 3)),
                                       REAL(VECTOR_ELT(list, 4)), REAL(VECTOR_ELT(list, 2))));
    for (int particle = 0; particle < n; particle++) {
        SET_STRING_ELT(VECTOR_ELT(list, 5), particle, Rf_mkChar(dredge_posterior_theory(posterior, particle)));
    }
    UNPROTECT(1);
    return list;
}

/* `numbers`: particles, draws, replicates. */
SEXP r_calibrate(SEXP study, SEXP numbers, SEXP threads, SEXP state, SEXP progress)
{
    SEXP handle = PROTECT(r_handle_new("posterior", let_go));
    struct dredge_calibrate_options options = {.n_particles = INTEGER(numbers)[0],
                                               .n_draws = INTEGER(numbers)[1],
                                               .n_replicates = INTEGER(numbers)[2],
                                               .n_threads = r_running_threads(threads),
                                               .state = r_text(state),
                                               .progress = tell,
                                               .context = progress};
    (void)r_thing(study, "study");
    struct held_posterior *held = r_new(sizeof *held);
    R_SetExternalPtrAddr(handle, held);
    held->study = r_study_hold(study);
    r_check(dredge_study_calibrate(held->study->inner, &options, &held->inner));
    SEXP list = read_posterior(held->inner, handle);
    UNPROTECT(1);
    return list;
}

SEXP r_posterior_write(SEXP posterior, SEXP path, SEXP force)
{
    const struct held_posterior *held = r_thing(posterior, "posterior");
    r_check(dredge_posterior_write(held->inner, r_text(path), Rf_asLogical(force) == 1));
    return R_NilValue;
}
