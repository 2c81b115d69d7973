/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_STREAM_GSL_H
#define BASE_STREAM_GSL_H

#include <gsl/gsl_rng.h>

#include "base/stream.h"

/* The addressed stream as a generator for GSL's distributions. A stream with index i reads, in turn, the words of the
 * blocks i * 2^24, i * 2^24 + 1, ...: 2^26 numbers, after which it starts again; indices are below 256. */

/* A generator that starts at `address`; NULL when out of memory. The caller frees it with gsl_rng_free. */
gsl_rng *stream_gsl_new(const struct stream_address *address);

/* A Poisson number of mean `mean` > 0, drawn by GSL from the stream at `address`. */
unsigned stream_gsl_poisson(const struct stream_address *address, double mean);

#endif
