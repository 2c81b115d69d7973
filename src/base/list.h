/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>

#include "base/status.h"

/* Lists that grow: an owned array of members of one size, how many there are, and for how many there is room. */

/* Makes room for one member more than the `n` there are. `list` is where the pointer to them stands; on failure all stays
 * as it was. */
STATUS_CHECKED dredge_status list_grow(void *list, size_t size, int n, int *capacity);

#endif
