/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "r_inside.h"

struct held_function {
    dredge_function *inner; /* owned */
    struct r_study *study;  /* held */
};

static void let_go(SEXP handle)
{
    struct held_function *held = R_ExternalPtrAddr(handle);
    if (held != NULL) {
        dredge_function_free(held->inner);
        r_study_drop(held->study);
        free(held);
        R_ClearExternalPtr(handle);
    }
}

SEXP r_function_new(SEXP study, SEXP regime, SEXP factors, SEXP outcomes)
{
    SEXP handle = PROTECT(r_handle_new("function", let_go));
    const char *const *factor_names = r_texts(factors), *const *outcome_names = r_texts(outcomes);
    const char *regime_name = r_text(regime);
    (void)r_thing(study, "study");
    struct held_function *held = r_new(sizeof *held);
    R_SetExternalPtrAddr(handle, held);
    held->study = r_study_hold(study);
    r_check(dredge_function_new(held->study->inner, regime_name, (size_t)Rf_xlength(factors), factor_names,
                                (size_t)Rf_xlength(outcomes), outcome_names, &held->inner));
    UNPROTECT(1);
    return handle;
}

/* `rows` has a column for each row of factor values; the numbers come by row, outcome, replicate, the last of which goes
 * fastest. */
SEXP r_function_call(SEXP function, SEXP rows, SEXP n_outcomes, SEXP first, SEXP n_replicates, SEXP threads,
                     SEXP progress)
{
    const struct held_function *held = r_thing(function, "function");
    struct r_running running;
    int n_rows = Rf_ncols(rows);
    R_xlen_t size = (R_xlen_t)n_rows * Rf_asInteger(n_outcomes) * Rf_asInteger(n_replicates);
    SEXP numbers = PROTECT(Rf_allocVector(REALSXP, size));
    r_running_set(&running, threads, progress);
    r_check(dredge_function_call(held->inner, n_rows, REAL(rows), Rf_asInteger(first), Rf_asInteger(n_replicates),
                                 &running.options, REAL(numbers)));
    UNPROTECT(1);
    return numbers;
}
