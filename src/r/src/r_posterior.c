/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "r_inside.h"

/* A posterior is read at once and let go; the handle frees it, also when R jumps. */
static void let_go(SEXP handle)
{
    dredge_posterior_free(R_ExternalPtrAddr(handle));
    R_ClearExternalPtr(handle);
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

/* The particles as a list: the document, values and figures (each with a column per particle), weights, distances,
 * theories. */
static SEXP read_posterior(const dredge_posterior *posterior)
{
    int n = dredge_posterior_n_particles(posterior);
    SEXP list = PROTECT(Rf_allocVector(VECSXP, 6));
    SET_VECTOR_ELT(list, 0, described(posterior));
    SET_VECTOR_ELT(list, 1, Rf_allocMatrix(REALSXP, dredge_posterior_n_keys(posterior), n));
    SET_VECTOR_ELT(list, 2, Rf_allocMatrix(REALSXP, dredge_posterior_n_targets(posterior), n));
    SET_VECTOR_ELT(list, 3, Rf_allocVector(REALSXP, n));
    SET_VECTOR_ELT(list, 4, Rf_allocVector(REALSXP, n));
    SET_VECTOR_ELT(list, 5, Rf_allocVector(STRSXP, n));
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
    dredge_posterior *posterior = NULL;
    SEXP handle = PROTECT(r_handle_new("posterior", let_go));
    const struct r_study *held = r_thing(study, "study");
    struct dredge_calibrate_options options = {.n_particles = INTEGER(numbers)[0],
                                               .n_draws = INTEGER(numbers)[1],
                                               .n_replicates = INTEGER(numbers)[2],
                                               .n_threads = r_running_threads(threads),
                                               .state = r_text(state),
                                               .progress = tell,
                                               .context = progress};
    r_check(dredge_study_calibrate(held->inner, &options, &posterior));
    R_SetExternalPtrAddr(handle, posterior);
    SEXP list = PROTECT(read_posterior(posterior));
    let_go(handle);
    UNPROTECT(2);
    return list;
}
