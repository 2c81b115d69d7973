/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

void *rows_new(size_t n_bytes)
{
    void *memory = aligned_alloc(LANE_ALIGNMENT, (n_bytes + LANE_ALIGNMENT - 1) / LANE_ALIGNMENT * LANE_ALIGNMENT);
    if (memory != NULL) {
        memset(memory, 0, n_bytes);
    }
    return memory;
}
