/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_LOCK_H
#define STORE_PARTS_LOCK_H

#include "base/status.h"

/* One process at a time may write an output. The lock belongs to the open file, so the system drops it when the process
 * ends, however it ends. */

struct lock {
    int descriptor, is_taken;
};

/* Takes the lock on file `path`, which is made when missing; `output` names the output in messages. DREDGE_FILE when
 * another process holds it: the sentence names that process. `*is_unsupported` tells that the file system has no locks:
 * then there is no protection. */
STATUS_CHECKED dredge_status lock_take(struct lock *lock, const char *path, const char *output, int *is_unsupported);

/* Does a process hold the lock? Writes what it said of itself. */
enum { LOCK_HOLDER_BYTES = 256 };
int lock_holder(const char *path, char holder[LOCK_HOLDER_BYTES]);

/* Drops the lock; safe on a zeroed one. The file stays. */
void lock_drop(struct lock *lock);

#endif
