/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef R_INSIDE_H
#define R_INSIDE_H

#define R_NO_REMAP
#include <Rinternals.h>

#include "dredge/dredge.h"

/* What R calls (.Call) and what stands behind its handles. Arguments come checked from the R code of the package. A failure
 * leaves by R's own jump, so nothing may be held then but what a handle owns. */

/* Raises the R condition of a status that is not DREDGE_OK, with the library's sentence. */
void r_check(dredge_status status);

/* Raises a condition of class dredge_usage_error. */
void r_refuse(const char *sentence);

/* Zeroed memory, which the caller frees; raises when there is none. */
void *r_new(size_t n_bytes);

/* The one text in `text`, as UTF-8, borrowed until .Call returns; NULL of R is NULL. */
const char *r_text(SEXP text);

/* The elements of a character vector, as r_text. */
const char **r_texts(SEXP texts);

/* An R text of what the library made, which is freed. */
SEXP r_taken(char *text);

/* A handle without a thing yet, of a kind ("study"), that calls `finalizer` when R lets go of it. Unprotected. */
SEXP r_handle_new(const char *kind, R_CFinalizer_t finalizer);

/* The thing behind a handle of a kind. Raises when there is none: closed, or saved and loaded. */
void *r_thing(SEXP handle, const char *kind);

/* ---- studies, which what comes of them holds ---- */

struct r_study {
    dredge_study *inner; /* owned */
    int n_holders;
};

/* The study behind a handle, with one more holder. */
struct r_study *r_study_hold(SEXP handle);

/* Takes one holder away, and frees the study that has none left; safe on NULL. */
void r_study_drop(struct r_study *study);

/* ---- running ---- */

/* What a caller asks for: threads, and an R function of (done, runs) that returns TRUE to stop, or NULL. Ctrl-C stops, too. */
struct r_running {
    struct dredge_run_options options;
    SEXP progress; /* borrowed */
};

/* Fills `running`, which must stay where it is while the library runs. */
void r_running_set(struct r_running *running, SEXP threads, SEXP progress);

/* What an R function `progress` (or NULL) of two numbers says, with R's jumps kept out of the library: stop? Ctrl-C says so,
 * too. */
int r_running_tell(SEXP progress, double first, double second);

/* The threads that a run may have: `threads`, or one in a child of a fork. */
int r_running_threads(SEXP threads);

/* Makes an R handle of results, which hold `study` (NULL: of a file); both belong to the handle from then on. */
SEXP r_results_handle(void);
void r_results_put(SEXP handle, dredge_results *results, struct r_study *study);

/* The results behind a handle. */
dredge_results *r_results_inner(SEXP handle);

/* ---- entries ---- */

SEXP r_version(void);
SEXP r_is_empty(SEXP handle);
SEXP r_study_parse(SEXP name, SEXP text, SEXP sets);
SEXP r_study_describe(SEXP study);
SEXP r_study_runs(SEXP study);
SEXP r_study_run(SEXP study, SEXP paths, SEXP threads, SEXP flags, SEXP checkpoint_every, SEXP progress);
SEXP r_study_run_in_memory(SEXP study, SEXP threads, SEXP progress);
SEXP r_results_open(SEXP path);
SEXP r_results_close(SEXP results);
SEXP r_results_describe(SEXP results);
SEXP r_results_outcome(SEXP results, SEXP outcome);
SEXP r_results_status(SEXP results);
SEXP r_results_series(SEXP results, SEXP series, SEXP n_rows, SEXP n_months);
SEXP r_results_compare(SEXP results, SEXP baseline);
SEXP r_results_report(SEXP results, SEXP baseline, SEXP language);
SEXP r_results_digest(SEXP results);
SEXP r_results_write(SEXP results, SEXP path, SEXP force);
SEXP r_calibrate(SEXP study, SEXP numbers, SEXP threads, SEXP state, SEXP progress);
SEXP r_posterior_write(SEXP posterior, SEXP path, SEXP force);
SEXP r_people_new(SEXP results, SEXP run);
SEXP r_people_describe(SEXP people);
SEXP r_people_numbers(SEXP people, SEXP of_ties, SEXP n);
SEXP r_function_new(SEXP study, SEXP regime, SEXP factors, SEXP outcomes);
SEXP r_function_call(SEXP function, SEXP rows, SEXP n_outcomes, SEXP first, SEXP n_replicates, SEXP threads,
                     SEXP progress);
SEXP r_game_new(SEXP study, SEXP regime, SEXP replicate);
SEXP r_game_describe(SEXP game);
SEXP r_game_steer(SEXP game, SEXP process, SEXP depth);
SEXP r_game_step(SEXP game, SEXP months);
SEXP r_game_month(SEXP game);
SEXP r_game_state(SEXP game);

#endif
