/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_PRECISION_H
#define RESULT_PRECISION_H

#include "base/status.h"
#include "result/results.h"

/* How complete results are: under a stopping rule, points that it has decided miss nothing although they have fewer runs
 * than others. */

struct precision {
    struct replication rule; /* outcome -1: none */
    int n_open;              /* points that the rule has not decided yet */
    int n_not_reached;       /* decided points that used up their replicates before the precision was reached */
    int fewest, most;        /* replicates of decided points */
    long long n_missing;     /* runs that were not run and that the study asks for */
};

/* Looks again with the rule of the study that made the results; results whose study this program cannot read count as
 * without a rule. */
STATUS_CHECKED dredge_status precision_of(struct results *results, struct precision *precision);

#endif
