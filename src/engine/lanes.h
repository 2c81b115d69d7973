/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_LANES_H
#define ENGINE_LANES_H

#include <stdint.h>

/* The unit of work is a block of LANES collaborations side by side. Every state variable is a row of LANES numbers,
 * so that the innermost loop, over lanes, becomes vector instructions. */
enum { LANES = 16, LANE_ALIGNMENT = 64, N_AXES = 3 };

typedef float lane_real[LANES];
typedef int32_t lane_whole[LANES];
typedef uint32_t lane_word[LANES];
typedef uint8_t lane_byte[LANES];

#endif
