/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "r_inside.h"

SEXP r_version(void)
{
    return Rf_mkString(dredge_version());
}

/* ---- holding ---- */

static struct r_study *study_of(SEXP handle)
{
    return r_thing(handle, "study");
}

struct r_study *r_study_hold(SEXP handle)
{
    struct r_study *study = study_of(handle);
    study->n_holders++;
    return study;
}

void r_study_drop(struct r_study *study)
{
    if (study != NULL && --study->n_holders == 0) {
        dredge_study_free(study->inner);
        free(study);
    }
}

static void let_go(SEXP handle)
{
    r_study_drop(R_ExternalPtrAddr(handle));
    R_ClearExternalPtr(handle);
}

/* ---- reading ---- */

SEXP r_study_parse(SEXP name, SEXP text, SEXP sets)
{
    SEXP handle = PROTECT(r_handle_new("study", let_go));
    const char *const *settings = r_texts(sets);
    struct r_study *study = r_new(sizeof *study);
    study->n_holders = 1;
    R_SetExternalPtrAddr(handle, study);
    r_check(dredge_study_parse(r_text(name), (const char *)RAW(text), (size_t)Rf_xlength(text),
                               (size_t)Rf_xlength(sets), settings, &study->inner));
    UNPROTECT(1);
    return handle;
}

SEXP r_study_describe(SEXP study)
{
    char *json;
    r_check(dredge_study_describe(study_of(study)->inner, &json));
    return r_taken(json);
}

SEXP r_study_runs(SEXP study)
{
    return Rf_ScalarReal((double)dredge_study_runs(study_of(study)->inner));
}

/* ---- running ---- */

/* `paths`: the results file, and one to extend or none; `flags`: resume, force. */
SEXP r_study_run(SEXP study, SEXP paths, SEXP threads, SEXP flags, SEXP checkpoint_every, SEXP progress)
{
    struct r_running running;
    const char *const *names = r_texts(paths);
    r_running_set(&running, threads, progress);
    running.options.resume = LOGICAL(flags)[0] == 1;
    running.options.force = LOGICAL(flags)[1] == 1;
    running.options.checkpoint_every = Rf_asInteger(checkpoint_every);
    running.options.extend = Rf_xlength(paths) > 1 ? names[1] : NULL;
    r_check(dredge_study_run(study_of(study)->inner, names[0], &running.options));
    return R_NilValue;
}

/* A list: the handle of the results, and whether the run was interrupted. */
SEXP r_study_run_in_memory(SEXP study, SEXP threads, SEXP progress)
{
    struct r_running running;
    dredge_results *results = NULL;
    SEXP list = PROTECT(Rf_allocVector(VECSXP, 2));
    SET_VECTOR_ELT(list, 0, r_results_handle());
    r_running_set(&running, threads, progress);
    struct r_study *held = r_study_hold(study);
    dredge_status status = dredge_study_run_in_memory(held->inner, &running.options, &results);
    r_results_put(VECTOR_ELT(list, 0), results, held);
    int is_part = status == DREDGE_INTERRUPTED && results != NULL;
    if (!is_part) {
        r_check(status);
    }
    SET_VECTOR_ELT(list, 1, Rf_ScalarLogical(is_part));
    UNPROTECT(1);
    return list;
}
