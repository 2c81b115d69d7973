/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include <stddef.h>

#include "engine/lanes.h"

/* Lays rows out one after the other in one piece of memory. With `memory` NULL it only counts. */
struct rows {
    char *memory;
    size_t n_bytes;
};

/* The next `n` rows of `row_bytes` each, on a boundary of LANE_ALIGNMENT; NULL while counting. */
static inline void *rows_take(struct rows *rows, size_t n, size_t row_bytes)
{
    void *place = rows->memory == NULL ? NULL : rows->memory + rows->n_bytes;
    size_t bytes = n * row_bytes;
    rows->n_bytes += (bytes + LANE_ALIGNMENT - 1) / LANE_ALIGNMENT * LANE_ALIGNMENT;
    return place;
}

/* Zeroed memory on a boundary of LANE_ALIGNMENT, freed with free; NULL when there is none. */
void *rows_new(size_t n_bytes);

#endif
