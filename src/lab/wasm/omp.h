/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_WASM_OMP_H
#define LAB_WASM_OMP_H

#include <time.h>

/* OpenMP where there is none: the page's worker is one thread. */

static inline int omp_get_thread_num(void)
{
    return 0;
}

static inline int omp_get_max_threads(void)
{
    return 1;
}

static inline int omp_get_num_procs(void)
{
    return 1;
}

/* Seconds since some moment. */
static inline double omp_get_wtime(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
