/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PROBE_PARTS_H
#define RUN_PROBE_PARTS_H

#include "base/status.h"
#include "study/study.h"

/* `part` becomes `study` with these design points and replicates only; it shares everything with `study` but the values
 * of its points, which the caller frees. NULL when out of memory. */
double *probe_part(const struct study *study, int n_points, const int *points, int n_replicates, struct study *part);

/* Gives a part of one point another horizon. */
void probe_set_months(struct study *part, int months, int aftercare_months);

/* What writing and compacting all the study's results will take. */
struct probe_store {
    double seconds, waits; /* of a processor; for the disk */
    double file_bytes;
};

/* Measures it with the cheapest of these points: `seconds` is what a replicate of each takes, cheapest first. All zero
 * where runs are so dear that storing them does not count, or no temporary folder can be had. */
STATUS_CHECKED dredge_status probe_storing(const struct study *study, int n_points, const int *points,
                                           const double *seconds, struct probe_store *store);

/* What this process has needed at its peak so far. */
double probe_peak_bytes(void);

/* What a run needs beside what a process has that has read the study; `dearest` is the point with the largest world or
 * table, `seconds` what the runs take. */
STATUS_CHECKED dredge_status probe_memory(const struct study *study, int n_threads, int dearest, double seconds,
                                          double *n_bytes);

#endif
