/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <signal.h>
#include <stddef.h>

/* A wish to stop soon: set by a handler of signals or by one thread, read by all threads. */

/* C11's atomic types cannot be had for a sig_atomic_t; gcc and clang read and write one atomically. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the builtin writes it */
static inline void stop_wish(volatile sig_atomic_t *stop)
{
    __atomic_store_n(stop, 1, __ATOMIC_RELAXED);
}

/* NULL: nobody can wish it. */
static inline int stop_is_wished(const volatile sig_atomic_t *stop)
{
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0;
}

#endif
