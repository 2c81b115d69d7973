/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

/* Seconds of processor time that this process has used, all threads together. Other work on the machine hardly shows. */
double clock_processor(void);

/* Seconds on the wall, from some beginning. For work on several threads. */
double clock_wall(void);

/* The median of values[n], which are sorted in place. */
double median(double *values, int n);

#endif
