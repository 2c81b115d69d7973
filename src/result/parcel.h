/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_PARCEL_H
#define RESULT_PARCEL_H

#include <stdint.h>

#include "base/status.h"
#include "model/outcomes.h"
#include "study/study.h"
#include "result/tally.h"

/* A parcel: the results of one design point, all regimes, and a range of replicates. The unit in which runs are
 * planned, stored and resumed. */

enum run_status { RUN_NOT_RUN = 0, RUN_DONE = 1, RUN_FAILED = 2 };

enum { PARCEL_MESSAGE_BYTES = 256 };

struct parcel {
    int point, first, n_replicates; /* replicates first .. first + n_replicates - 1 */
    int n_regimes, n_samples;
    double *outcomes; /* [N_OUTCOMES][n_regimes][n_replicates], owned */
    uint8_t *status;  /* [n_regimes][n_replicates], enum run_status, owned */
    float *runs;      /* [N_SERIES][n_regimes][n_replicates][n_samples], owned; NULL unless trajectories are `runs` */
    struct tally *tallies;              /* [n_regimes], owned; NULL unless trajectories are `summary` */
    char message[PARCEL_MESSAGE_BYTES]; /* why the runs of this point failed, "" when they did not */
};

/* A parcel for `study`, all runs RUN_NOT_RUN, outcomes NaN, runs NaN; freed with parcel_free (safe when zeroed). */
STATUS_CHECKED dredge_status parcel_init(struct parcel *parcel, const struct study *study, int point, int first,
                                         int n_replicates);
void parcel_free(struct parcel *parcel);

/* Bytes that parcel_init would allocate. */
unsigned long long parcel_bytes(const struct study *study, int n_replicates);

#endif
