/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_PARCEL_H
#define RESULT_PARCEL_H

#include <stdint.h>

#include "base/status.h"
#include "model/outcomes.h"
#include "result/span.h"
#include "result/tally_code.h"
#include "study/study.h"

/* A parcel: the results of a span of runs. */

enum run_status { RUN_NOT_RUN = 0, RUN_DONE = 1, RUN_FAILED = 2 };

enum { PARCEL_MESSAGE_BYTES = 256 };

struct parcel {
    struct span span;
    int n_regimes, n_series, n_samples;
    double *outcomes; /* [columns of the study's outcomes][n_regimes][n_replicates], owned */
    uint8_t *status;  /* [n_regimes][n_replicates], enum run_status, owned */
    float *runs;      /* [n_series][n_regimes][n_replicates][n_samples], owned; NULL unless trajectories are `runs` */
    struct tally_code *tallies;         /* [n_regimes], owned; NULL unless trajectories are `summary` */
    char message[PARCEL_MESSAGE_BYTES]; /* why the runs of this point failed, "" when they did not */
};

/* A parcel for `study`, all runs RUN_NOT_RUN, outcomes NaN, runs NaN, tallies of nothing; freed with parcel_free (safe when zeroed). */
STATUS_CHECKED dredge_status parcel_init(struct parcel *parcel, const struct study *study, struct span span);
void parcel_free(struct parcel *parcel);

/* Bytes of a parcel, at most; of one that is there. */
unsigned long long parcel_bytes(const struct study *study, int n_replicates);
unsigned long long parcel_size(const struct study *study, const struct parcel *parcel);

#endif
