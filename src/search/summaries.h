/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_SUMMARIES_H
#define SEARCH_SUMMARIES_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "search/processes.h"
#include "study/calibration.h"

/* What the model says of the figures that a calibration compares with: for given values of the priors' keys it runs the
 * collaborations of every target, under its own settings and the mixture of regimes. */

/* A model whose figures are known, in place of the study's: out as summaries_run has it. */
typedef dredge_status summaries_model(void *context, int n_rows, const double *x, const int *theories,
                                      const uint64_t *luck, double *out);

struct summaries {
    const struct study *study;             /* borrowed; its design does not count */
    const struct calibration *calibration; /* borrowed: of the study, or with other values of its targets */
    int n_replicates;                      /* of each regime of the mixture, for each target's settings */
    int n_threads;
    const volatile sig_atomic_t *stop; /* may be NULL */
    const struct processes *crew;      /* borrowed; NULL: one process */
    int fitted_only;        /* settings under which no target is fitted are left out: their figures are NaN */
    summaries_model *model; /* NULL: the study's */
    void *model_context;
    long long n_runs; /* collaborations simulated so far */
};

/* For each row of x ([n_rows][n_priors], in the units of the study) and its theory (number in theory_infos; `theories` is
 * NULL without any): out[n_rows][n_targets], NaN where the model has no such figure. Each row meets the luck of its number in `luck`
 * ([n_rows]); numbers are independent of each other. A row that is an impossible combination gives NaN. */
STATUS_CHECKED dredge_status summaries_run(struct summaries *summaries, int n_rows, const double *x,
                                           const int *theories, const uint64_t *luck, double *out);

/* Settings that differ: how often a row's collaborations are run, for all targets or those that are fitted. */
int summaries_n_settings(const struct calibration *calibration, int fitted_only);

#endif
