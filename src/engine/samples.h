/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_SAMPLES_H
#define ENGINE_SAMPLES_H

#include <stdint.h>

/* How samples of trajectories are counted: as shares of the top of their series, in fixed point, so that sums are exact
 * integers and a bin is the upper bits of the number. */

enum {
    SAMPLE_BINS = 256,       /* of width 1 / 256; shares of 1 and above fall in the last */
    SAMPLE_BITS = 24,        /* a share is counted in units of 2^-24, rounded down */
    SAMPLE_SQUARE_BITS = 32, /* and its square in units of 2^-32 */
    SAMPLE_TOPS = 128        /* shares are cut off below this, so that they fit in 31 bits */
};

#endif
