/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/threads.h"

#include <omp.h>
#include <stdatomic.h>
#include <unistd.h>

/* The process whose threads the OpenMP runtime keeps for the next run; 0: none yet. A child has the runtime's memory of
 * them, but not the threads, and GNU's runtime would wait for them for ever. */
static atomic_int threads_owner;

int threads_for(int wanted)
{
    int owner = atomic_load(&threads_owner);
    if (owner != 0 && owner != (int)getpid()) {
        return 1;
    }
    if (wanted > 0) {
        return wanted;
    }
    int n = omp_get_max_threads(); /* whatever OMP_NUM_THREADS says */
    return n < MOST_THREADS ? n : MOST_THREADS;
}

void threads_take(int n_threads)
{
    int nobody = 0;
    if (n_threads > 1) {
        (void)atomic_compare_exchange_strong(&threads_owner, &nobody, (int)getpid());
    }
}

int threads_cores(void)
{
    return omp_get_num_procs();
}
