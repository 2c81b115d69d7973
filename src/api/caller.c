/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "api/inside.h"
#include "base/stop.h"
#include "base/threads.h"
#include "engine/kernel.h"
#include "run/runner.h"
#include "store/store.h"

enum { SPARE_BYTES = 64 << 20 }; /* spare: what HDF5 and the tables of a study take, measured: 20 MB */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t with_point; /* lasts as long as the program; 0 when there is no memory for it */

static void make_locale(void)
{
    with_point = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

void caller_begin_text(char **text)
{
    status_clear();
    if (text != NULL) {
        *text = NULL;
    }
}

void caller_switch(struct switches *own)
{
    (void)pthread_once(&once, make_locale);
    own->locale = uselocale(with_point);
    (void)feholdexcept(&own->arithmetic);
    (void)fesetround(FE_TONEAREST);
}

void caller_switch_back(const struct switches *own)
{
    (void)fesetenv(&own->arithmetic);
    (void)uselocale(own->locale);
}

static pthread_mutex_t store_mutex = PTHREAD_MUTEX_INITIALIZER;

static struct switches callers_own; /* of the thread that has the mutex */

void caller_lock(void)
{
    (void)pthread_mutex_lock(&store_mutex);
    caller_switch(&callers_own);
    store_hush();
}

void caller_unlock(void)
{
    store_unhush();
    caller_switch_back(&callers_own);
    (void)pthread_mutex_unlock(&store_mutex);
}

void caller_tell(struct caller *caller, long long n_done, long long n_runs)
{
    if (caller->options->progress(caller->options->context, n_done, n_runs) != 0) {
        stop_wish(&caller->stop);
    }
}

/* ---- threads ---- */

static void *wait_for_all(void *context)
{
    pthread_mutex_t *gate = context;
    (void)pthread_mutex_lock(gate);
    (void)pthread_mutex_unlock(gate);
    return NULL;
}

/* The OpenMP runtimes end the program when they get no thread, so it is tried before: all at once, as in a run. */
static dredge_status try_threads(int n_threads)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *threads = malloc((size_t)n_threads * sizeof *threads);
    int n = 0;
    if (threads == NULL) {
        return status_no_memory((size_t)n_threads * sizeof *threads);
    }
    (void)pthread_mutex_lock(&gate);
    while (n < n_threads - 1 && pthread_create(&threads[n], NULL, wait_for_all, &gate) == 0) {
        n++;
    }
    (void)pthread_mutex_unlock(&gate);
    for (int k = 0; k < n; k++) {
        (void)pthread_join(threads[k], NULL);
    }
    free(threads);
    if (n < n_threads - 1) {
        return status_fail(DREDGE_MEMORY, "the system gives %d threads, not %d: ask for fewer, or raise its limits",
                           n + 1, n_threads);
    }
    return DREDGE_OK;
}

/* ---- memory ---- */

/* Can so much be had at once? Volatile, as compilers leave out memory that nothing uses. */
static dredge_status try_memory(unsigned long long n_bytes)
{
    void *volatile memory = n_bytes <= SIZE_MAX ? malloc((size_t)n_bytes) : NULL;
    if (memory == NULL) {
        return status_no_memory(n_bytes);
    }
    free(memory);
    return DREDGE_OK;
}

dredge_status caller_check(const struct study *study, int n_threads, int with_store)
{
    if (n_threads < 0 || n_threads > MOST_THREADS) {
        return status_fail(DREDGE_USAGE, "n_threads = %d: must be between 0 and %d", n_threads, MOST_THREADS);
    }
    int n = threads_for(n_threads);
    dredge_status status = n > 1 ? try_threads(n) : DREDGE_OK;
    /* Before OpenMP begins: LLVM's ends a program that has no memory for it. */
    if (status == DREDGE_OK && with_store) {
        status = try_memory(SPARE_BYTES + runner_waiting_bytes(study, n));
    }
    return status == DREDGE_OK ? kernel_check(n) : status;
}
