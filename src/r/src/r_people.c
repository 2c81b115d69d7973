/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "r_inside.h"

static void let_go(SEXP handle)
{
    dredge_people_free(R_ExternalPtrAddr(handle));
    R_ClearExternalPtr(handle);
}

/* One run made again, as a handle of its people. `run`: point, regime, replicate, from 0. */
SEXP r_people_new(SEXP results, SEXP run)
{
    dredge_people *people = NULL;
    SEXP handle = PROTECT(r_handle_new("people", let_go));
    const int *which = INTEGER(run);
    r_check(dredge_results_people(r_results_inner(results), which[0], which[1], which[2], &people));
    R_SetExternalPtrAddr(handle, people);
    UNPROTECT(1);
    return handle;
}

SEXP r_people_describe(SEXP people)
{
    char *json;
    r_check(dredge_people_describe(r_thing(people, "people"), &json));
    return r_taken(json);
}

/* The first `n` numbers of seats, or of ties. */
SEXP r_people_numbers(SEXP people, SEXP of_ties, SEXP n)
{
    const dredge_people *inner = r_thing(people, "people");
    const float *from = Rf_asLogical(of_ties) == 1 ? dredge_people_ties(inner) : dredge_people_seats(inner);
    R_xlen_t size = (R_xlen_t)Rf_asReal(n);
    SEXP numbers = Rf_allocVector(REALSXP, size);
    for (R_xlen_t index = 0; index < size; index++) {
        REAL(numbers)[index] = (double)from[index];
    }
    return numbers;
}
