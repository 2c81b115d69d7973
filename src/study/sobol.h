/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SOBOL_H
#define STUDY_SOBOL_H

#include <stdint.h>

#include "base/status.h"

/* Sobol's sequence from the origin on, scrambled (Owen 1995): of every 2^m points from a multiple of 2^m on, each
 * elementary interval holds as many as it should, and each point alone is uniform. The first 2^m points are the most
 * even. */

enum { SOBOL_MAX_DIMENSIONS = 40 }; /* of GSL's direction numbers */

struct sobol {
    int dimensions; /* 0 in a sequence that has not begun */
    uint64_t seed;
    int has_begun; /* the origin has been taken */
    void *state;   /* of GSL, owned */
};

STATUS_CHECKED dredge_status sobol_begin(struct sobol *sobol, int dimensions, uint64_t seed);
void sobol_end(struct sobol *sobol); /* safe on a zeroed sequence */

/* The next point: [dimensions], inside (0, 1). */
void sobol_next(struct sobol *sobol, double *place);

#endif
