/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "r_inside.h"

/* ---- failures ---- */

/* The R function `fail` of the package makes the condition and does not return. */
static void fail(const char *kind, const char *sentence)
{
    SEXP name = PROTECT(Rf_mkString("dredge"));
    SEXP namespace = PROTECT(R_FindNamespace(name));
    SEXP kind_text = PROTECT(Rf_mkString(kind));
    SEXP text = PROTECT(Rf_ScalarString(Rf_mkCharCE(sentence, CE_UTF8)));
    SEXP call = PROTECT(Rf_lang3(Rf_install("fail"), kind_text, text));
    (void)Rf_eval(call, namespace);
    UNPROTECT(5);
}

void r_check(dredge_status status)
{
    static const char *const kinds[] = {[DREDGE_FAILURE] = "failure",
                                        [DREDGE_USAGE] = "usage_error",
                                        [DREDGE_STUDY] = "study_error",
                                        [DREDGE_FILE] = "file_error",
                                        [DREDGE_MEMORY] = "memory_error"};
    if (status == DREDGE_OK) {
        return;
    }
    const char *kind = status == DREDGE_INTERRUPTED ? "interrupt" : kinds[status];
    fail(kind, dredge_message());
}

void r_refuse(const char *sentence)
{
    fail("usage_error", sentence);
}

void *r_new(size_t n_bytes)
{
    void *memory = calloc(1, n_bytes);
    if (memory == NULL) {
        fail("memory_error", "there is no memory left");
    }
    return memory;
}

/* ---- texts ---- */

const char *r_text(SEXP text)
{
    return Rf_isNull(text) ? NULL : Rf_translateCharUTF8(STRING_ELT(text, 0));
}

const char **r_texts(SEXP texts)
{
    R_xlen_t n = Rf_xlength(texts);
    const char **made = (const char **)R_alloc((size_t)n + 1, sizeof *made);
    for (R_xlen_t index = 0; index < n; index++) {
        made[index] = Rf_translateCharUTF8(STRING_ELT(texts, index));
    }
    return made;
}

static SEXP make_text(void *text)
{
    return Rf_ScalarString(Rf_mkCharCE(text, CE_UTF8));
}

static void free_text(void *text, Rboolean jumps)
{
    (void)jumps;
    dredge_text_free(text);
}

SEXP r_taken(char *text)
{
    SEXP token = PROTECT(R_MakeUnwindCont());
    SEXP made = R_UnwindProtect(make_text, text, free_text, text, token);
    UNPROTECT(1);
    return made;
}

/* ---- handles ---- */

SEXP r_handle_new(const char *kind, R_CFinalizer_t finalizer)
{
    SEXP handle = PROTECT(R_MakeExternalPtr(NULL, Rf_install(kind), R_NilValue));
    R_RegisterCFinalizer(handle, finalizer);
    UNPROTECT(1);
    return handle;
}

/* Is there nothing behind a handle, as when it was saved and loaded? */
SEXP r_is_empty(SEXP handle)
{
    return Rf_ScalarLogical(R_ExternalPtrAddr(handle) == NULL);
}

void *r_thing(SEXP handle, const char *kind)
{
    char sentence[200];
    if (TYPEOF(handle) != EXTPTRSXP || R_ExternalPtrTag(handle) != Rf_install(kind)) {
        (void)snprintf(sentence, sizeof sentence, "this is no %s of dredge", kind);
        r_refuse(sentence);
    }
    void *thing = R_ExternalPtrAddr(handle);
    if (thing == NULL) {
        (void)snprintf(sentence, sizeof sentence,
                       "there is nothing behind the %s: closed, or saved in one session and loaded in another; "
                       "make it again from its study or file",
                       kind);
        r_refuse(sentence);
    }
    return thing;
}

/* ---- running ---- */

/* The threads of OpenMP do not survive a fork (parallel::mclapply): a child computes with one. */
static int is_forked;

static void note_fork(void)
{
    is_forked = 1;
}

int r_running_threads(SEXP threads)
{
    static int is_watching;
    if (!is_watching) {
        is_watching = pthread_atfork(NULL, NULL, note_fork) == 0;
    }
    return is_forked ? 1 : Rf_asInteger(threads);
}

struct telling {
    SEXP progress;
    double first, second;
    int stop;
};

static void tell_r(void *context)
{
    struct telling *telling = context;
    R_CheckUserInterrupt();
    if (!Rf_isNull(telling->progress)) {
        SEXP first = PROTECT(Rf_ScalarReal(telling->first));
        SEXP second = PROTECT(Rf_ScalarReal(telling->second));
        SEXP call = PROTECT(Rf_lang3(telling->progress, first, second));
        telling->stop = Rf_asLogical(Rf_eval(call, R_GlobalEnv)) == 1;
        UNPROTECT(3);
    }
}

int r_running_tell(SEXP progress, double first, double second)
{
    struct telling telling = {progress, first, second, 0};
    return !R_ToplevelExec(tell_r, &telling) || telling.stop;
}

static int tell(void *context, long long n_done, long long n_runs)
{
    const struct r_running *running = context;
    return r_running_tell(running->progress, (double)n_done, (double)n_runs);
}

void r_running_set(struct r_running *running, SEXP threads, SEXP progress)
{
    running->progress = progress;
    running->options = (struct dredge_run_options){.n_threads = r_running_threads(threads)};
    running->options.progress = tell;
    running->options.context = running;
}
