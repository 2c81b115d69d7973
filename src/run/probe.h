/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PROBE_H
#define RUN_PROBE_H

#include "base/status.h"
#include "study/study.h"

/* What a study will cost, from a probe of a second or two: design points from the cheapest to the dearest are timed for
 * real, some of them are written and compacted in a temporary folder, and the rest is reckoned from that. */

struct probe {
    int n_threads, n_cores;
    long long n_runs;          /* at most */
    double startup_seconds;    /* of the program, before it does anything */
    double seconds, low, high; /* wall time, start-up included, and the range in which it is likely to be */
    double processor_seconds;  /* over all threads */
    int cheapest, dearest;     /* design points */
    double cheapest_seconds, dearest_seconds; /* of one core, all replicates */
    double memory_bytes;                      /* at the peak */
    double file_bytes, most_file_bytes;       /* of the results file: about (0: not known), and never more */
};

/* `n_threads` 0: as many as a run would take. `startup_seconds`: what the program has used before. */
STATUS_CHECKED dredge_status probe_study(const struct study *study, int n_threads, double startup_seconds,
                                         struct probe *probe);

#endif
