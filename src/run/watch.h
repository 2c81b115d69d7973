/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_WATCH_H
#define RUN_WATCH_H

#include "engine/block.h"
#include "engine/scenario.h"
#include "study/study.h"

/* One run again, seen from within: who sits, and what lies between them. */

/* Looks at a collaboration of the run, in `lane` of `block`, at the start (month 0) and after each month. */
typedef void watch_see(void *context, const struct scenario *scenario, const struct block *block, int lane,
                       int collaboration, int month);

enum { WATCH_NAME_BYTES = MEMBER_NAME_BYTES + 16 };

/* The name of the member on a seat, or "private 2": the second seat of its sector. In the study, or written into `name`. */
const char *watch_name(const struct study *study, const struct scenario *scenario, int seat,
                       char name[WATCH_NAME_BYTES]);

struct watched {
    int point, regime, replicate;
};

/* Runs replicate `run.replicate` of a point under a regime, and shows every month of every collaboration. */
STATUS_CHECKED dredge_status watch_run(const struct study *study, const struct watched *run, watch_see *see,
                                       void *context);

#endif
