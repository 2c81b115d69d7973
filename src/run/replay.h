/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_REPLAY_H
#define RUN_REPLAY_H

#include "base/status.h"
#include "result/parcel.h"
#include "study/study.h"

/* Runs one replicate of one design point again, under all regimes, with its trajectories: `parcel` gets one replicate,
 * runs included; the caller frees it with parcel_free. The sampled months are those of the study. */
STATUS_CHECKED dredge_status replay_run(const struct study *study, int point, int replicate, struct parcel *parcel);

#endif
