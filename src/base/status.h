/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

/* Status codes, and the sentence that explains the first failure of a thread. */

#include "dredge/status.h"

#if defined(__GNUC__)
#define STATUS_CHECKED __attribute__((__warn_unused_result__))
#define STATUS_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#else
#define STATUS_CHECKED
#define STATUS_PRINTF(text, first)
#endif

/* Records the sentence (printf style) unless an earlier one is still recorded on this thread: the first cause is
 * the one that helps. Returns `code`, so that a caller writes `return status_fail(DREDGE_FILE, "...")`. */
dredge_status status_fail(dredge_status code, const char *format, ...) STATUS_PRINTF(2, 3);

/* Records the usual sentence for a failed allocation of `n_bytes`. */
void status_note_memory(unsigned long long n_bytes);

/* The same; returns DREDGE_MEMORY, so that a caller writes `return status_no_memory(n)`. */
static inline dredge_status status_no_memory(unsigned long long n_bytes)
{
    status_note_memory(n_bytes);
    return DREDGE_MEMORY;
}

/* The recorded sentence of this thread, "" when there is none. Valid until the next status_fail or status_clear. */
const char *status_message(void);

/* The same in the words of a program that calls the library: options of the command that the library has under the same
 * name stand without their dashes from here on. */
const char *status_message_of_library(void);

/* Forgets the recorded sentence of this thread. */
void status_clear(void);

/* The general sentence of a code ("file trouble"). */
const char *status_name(dredge_status code);

/* The exit status of the command for a code: 0, 1, 2, 3, 4 or 130 (memory counts as a failure inside). */
int status_exit(dredge_status code);

#endif
