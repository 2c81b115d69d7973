/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_HOLD_H
#define STORE_HOLD_H

#include <stdint.h>

#include "store/parts/folder.h"
#include "store/parts/lock.h"
#include "store/store.h"

/* Holding an output: the folder OUTPUT.parts and the lock in it. Of all commands that make this output, one at a time. */

struct hold {
    struct folder folder;
    struct lock lock;
    char *sign; /* a file in the folder, by which other processes know it; NULL: none; owned */
};

/* Makes the folder, and those above it, and takes the lock; DREDGE_FILE with the name of the process that has it. Warns where
 * the file system has no locks. Ends with hold_drop, also when it failed; zeroed before. */
STATUS_CHECKED dredge_status hold_take(struct hold *hold, const char *output, store_warn *warn, void *context);

/* Puts a file into the held folder under a number that no folder has seen, `*number` > 0, which the processes that join look
 * for. It is there until hold_drop. */
STATUS_CHECKED dredge_status hold_sign(struct hold *hold, int64_t *number);

/* The folder without the lock, for the processes beside the one that has taken it and signed it with `number`; DREDGE_FILE
 * where they do not find this folder: on another machine, or from another working folder. Ends in the same way. */
STATUS_CHECKED dredge_status hold_join(struct hold *hold, const char *output, int64_t number);

/* Drops the sign and the lock, and the folder unless runs wait in it. Safe on a zeroed one. */
void hold_drop(struct hold *hold);

#endif
