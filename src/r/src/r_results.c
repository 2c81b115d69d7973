/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "r_inside.h"

struct held_results {
    dredge_results *inner; /* owned; NULL after closing */
    struct r_study *study; /* held; NULL of a file */
};

static void let_go(SEXP handle)
{
    struct held_results *held = R_ExternalPtrAddr(handle);
    if (held != NULL) {
        dredge_results_close(held->inner);
        r_study_drop(held->study);
        free(held);
        R_ClearExternalPtr(handle);
    }
}

dredge_results *r_results_inner(SEXP handle)
{
    struct held_results *held = r_thing(handle, "results");
    return held->inner;
}

SEXP r_results_handle(void)
{
    SEXP handle = PROTECT(r_handle_new("results", let_go));
    struct held_results *held = r_new(sizeof *held);
    R_SetExternalPtrAddr(handle, held);
    UNPROTECT(1);
    return handle;
}

void r_results_put(SEXP handle, dredge_results *results, struct r_study *study)
{
    struct held_results *held = R_ExternalPtrAddr(handle);
    held->inner = results;
    held->study = study;
}

SEXP r_results_open(SEXP path)
{
    dredge_results *results = NULL;
    SEXP handle = PROTECT(r_results_handle());
    r_check(dredge_results_open(r_text(path), &results));
    r_results_put(handle, results, NULL);
    UNPROTECT(1);
    return handle;
}

SEXP r_results_close(SEXP results)
{
    let_go(results);
    return R_NilValue;
}

SEXP r_results_describe(SEXP results)
{
    char *json;
    r_check(dredge_results_describe(r_results_inner(results), &json));
    return r_taken(json);
}

static R_xlen_t n_runs(const dredge_results *results)
{
    return (R_xlen_t)dredge_results_n_points(results) * dredge_results_n_regimes(results) *
           dredge_results_n_replicates(results);
}

/* Numbers by point, regime, replicate, the last of which goes fastest. */
SEXP r_results_outcome(SEXP results, SEXP outcome)
{
    dredge_results *inner = r_results_inner(results);
    SEXP numbers = PROTECT(Rf_allocVector(REALSXP, n_runs(inner)));
    r_check(dredge_results_outcome(inner, r_text(outcome), 0, dredge_results_n_points(inner), REAL(numbers)));
    UNPROTECT(1);
    return numbers;
}

/* As r_results_outcome, of 0 not run, 1 done, 2 failed. */
SEXP r_results_status(SEXP results)
{
    dredge_results *inner = r_results_inner(results);
    SEXP bytes = PROTECT(Rf_allocVector(RAWSXP, n_runs(inner)));
    r_check(dredge_results_status(inner, 0, dredge_results_n_points(inner), RAW(bytes)));
    SEXP status = Rf_coerceVector(bytes, INTSXP);
    UNPROTECT(1);
    return status;
}

/* Numbers by point, regime, row (statistic or replicate), month, the last of which goes fastest. */
SEXP r_results_series(SEXP results, SEXP series, SEXP n_rows, SEXP n_months)
{
    dredge_results *inner = r_results_inner(results);
    const char *name = r_text(series);
    int n_points = dredge_results_n_points(inner), n_regimes = dredge_results_n_regimes(inner);
    R_xlen_t size = (R_xlen_t)Rf_asInteger(n_rows) * Rf_asInteger(n_months);
    float *part = (float *)R_alloc((size_t)size, sizeof *part);
    SEXP numbers = PROTECT(Rf_allocVector(REALSXP, size * n_points * n_regimes));
    double *next = REAL(numbers);
    for (int point = 0; point < n_points; point++) {
        for (int regime = 0; regime < n_regimes; regime++) {
            r_check(dredge_results_series(inner, name, point, regime, part));
            for (R_xlen_t index = 0; index < size; index++) {
                *next++ = (double)part[index];
            }
        }
    }
    UNPROTECT(1);
    return numbers;
}

SEXP r_results_compare(SEXP results, SEXP baseline)
{
    char *json;
    r_check(dredge_results_compare(r_results_inner(results), r_text(baseline), &json));
    return r_taken(json);
}

SEXP r_results_report(SEXP results, SEXP baseline, SEXP language)
{
    char *html;
    r_check(dredge_results_report(r_results_inner(results), r_text(baseline), r_text(language), &html));
    return r_taken(html);
}

SEXP r_results_digest(SEXP results)
{
    char digest[33];
    r_check(dredge_results_digest(r_results_inner(results), digest));
    return Rf_mkString(digest);
}

/* Whether the results are whole: of an interrupted run what was finished is kept beside the file. */
SEXP r_results_write(SEXP results, SEXP path, SEXP force)
{
    dredge_status status = dredge_results_write(r_results_inner(results), r_text(path), Rf_asLogical(force) == 1);
    if (status != DREDGE_INTERRUPTED) {
        r_check(status);
    }
    return Rf_ScalarLogical(status == DREDGE_OK);
}
