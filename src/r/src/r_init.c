/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "r_inside.h"

#include <R_ext/Rdynload.h>

/* All kinds of functions of R's are entered as one; the way by void (*)(void) is the one that compilers do not warn of. */
#define ENTRY(name, n_arguments)                                                                                       \
    {                                                                                                                  \
#name, (DL_FUNC)(void (*)(void))(name), n_arguments                                                            \
    }

static const R_CallMethodDef entries[] = {ENTRY(r_version, 0),
                                          ENTRY(r_is_empty, 1),
                                          ENTRY(r_study_parse, 3),
                                          ENTRY(r_study_describe, 1),
                                          ENTRY(r_study_runs, 1),
                                          ENTRY(r_study_run, 6),
                                          ENTRY(r_study_run_in_memory, 3),
                                          ENTRY(r_results_open, 1),
                                          ENTRY(r_results_close, 1),
                                          ENTRY(r_results_describe, 1),
                                          ENTRY(r_results_outcome, 2),
                                          ENTRY(r_results_status, 1),
                                          ENTRY(r_results_series, 4),
                                          ENTRY(r_results_compare, 2),
                                          ENTRY(r_results_report, 3),
                                          ENTRY(r_results_digest, 1),
                                          ENTRY(r_results_write, 3),
                                          ENTRY(r_calibrate, 5),
                                          ENTRY(r_posterior_write, 3),
                                          ENTRY(r_people_new, 2),
                                          ENTRY(r_people_describe, 1),
                                          ENTRY(r_people_numbers, 3),
                                          ENTRY(r_function_new, 4),
                                          ENTRY(r_function_call, 7),
                                          ENTRY(r_game_new, 3),
                                          ENTRY(r_game_describe, 1),
                                          ENTRY(r_game_steer, 3),
                                          ENTRY(r_game_step, 2),
                                          ENTRY(r_game_month, 1),
                                          ENTRY(r_game_state, 1),
                                          {NULL, NULL, 0}};

/* R calls this when it loads the package. */
void R_init_dredge(DllInfo *library);

void R_init_dredge(DllInfo *library)
{
    (void)R_registerRoutines(library, NULL, entries, NULL, NULL);
    (void)R_useDynamicSymbols(library, FALSE);
    (void)R_forceSymbols(library, TRUE);
}
