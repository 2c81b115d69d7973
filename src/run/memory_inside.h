/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_MEMORY_INSIDE_H
#define RUN_MEMORY_INSIDE_H

#include "result/head.h"
#include "result/results.h"
#include "result/tally_code.h"
#include "run/memory_sink.h"

/* How runs are kept in memory; for memory_*.c only. */

enum { MEMORY_SUMS = 8 };

/* The tallies of a point and regime, added up: kept for some regimes at once, since readers go round the regimes for each series. */
struct memory_sum {
    struct tally tally; /* allocated when it is first asked for */
    int point, regime;  /* point -1: none */
};

struct memory_sink {
    const struct study *study; /* borrowed */
    struct head head;
    int n, capacity;
    struct parcel *kept; /* [capacity], owned; in order of points and replicates once results were asked for */
    struct results results;
    struct memory_sum sums[MEMORY_SUMS];
    char digest[ORIGIN_BYTES];
};

/* Moves the parcel in, unless it fails. */
STATUS_CHECKED dredge_status memory_keep(struct memory_sink *sink, struct parcel *parcel);

#endif
