/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

/* How many threads of OpenMP this process may use. */

enum { MOST_THREADS = 4096 };

/* The threads for work for which `wanted` are asked (0: OMP_NUM_THREADS or all cores, at most MOST_THREADS). In a child of
 * a process that has worked with several threads it is one. Whoever then works with more than one has taken them. */
int threads_for(int wanted);
void threads_take(int n_threads);

/* The cores there are. */
int threads_cores(void);

#endif
