/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef API_INSIDE_H
#define API_INSIDE_H

#include <fenv.h>
#include <locale.h>
#include <signal.h>

#include "base/status.h"
#include "dredge/dredge.h"
#include "study/study.h"

/* What stands behind the public names. */

struct dredge_study {
    struct study inner;
};

struct memory_sink;
struct results;

/* Makes the public results of what a memory sink holds, which they own: of all runs, or of those that were finished when a
 * run was interrupted. Frees the sink on failure. */
STATUS_CHECKED dredge_status results_keep(struct memory_sink *memory, int is_whole, dredge_results **results);

/* What stands behind public results. */
struct results *results_inner(dredge_results *results);

/* What holds results of memory; NULL for those of a file. */
const struct memory_sink *results_memory(const dredge_results *results);

/* A caller who is told of progress, and may wish to stop. */
struct caller {
    const struct dredge_run_options *options;
    volatile sig_atomic_t stop;
};

/* Checks what a caller asks for before anything that cannot fail well: vector level and arithmetic, the number of threads,
 * whether the system gives so many, and so much memory for `study` and, if `with_store`, for HDF5. */
STATUS_CHECKED dredge_status caller_check(const struct study *study, int n_threads, int with_store);

/* Begins a call that gives a text: until it is made, *text is NULL and no failure is told. `text` may be NULL. */
void caller_begin_text(char **text);

/* What a program has switched for a thread. */
struct switches {
    locale_t locale;
    fenv_t arithmetic;
};

/* What this thread writes and reads has decimal points, it rounds to the nearest number, and no number ends the program,
 * until what it had switched itself, *own, is switched back. */
void caller_switch(struct switches *own);
void caller_switch_back(const struct switches *own);

/* HDF5 is used by one thread at a time, and tells nobody of its errors meanwhile; the rest as after caller_switch. */
void caller_lock(void);
void caller_unlock(void);

/* Tells the caller and remembers a wish to stop. */
void caller_tell(struct caller *caller, long long n_done, long long n_runs);

#endif
