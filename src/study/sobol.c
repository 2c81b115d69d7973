/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/sobol.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include "base/stream.h"
#include "model/purpose.h"

enum { BITS = 30, AT_ONCE = 5 }; /* of a number of the sequence; decided by one word: 31 nodes of a tree */

dredge_status sobol_begin(struct sobol *sobol, int dimensions, uint64_t seed)
{
    /* Without gsl_qrng_alloc, which ends the process when memory runs out. */
    size_t n_bytes = gsl_qrng_sobol->state_size((unsigned)dimensions);
    *sobol = (struct sobol){.dimensions = dimensions, .seed = seed, .state = malloc(n_bytes)};
    if (sobol->state == NULL) {
        return status_no_memory(n_bytes);
    }
    (void)gsl_qrng_sobol->init_state(sobol->state, (unsigned)dimensions);
    return DREDGE_OK;
}

void sobol_end(struct sobol *sobol)
{
    free(sobol->state);
    memset(sobol, 0, sizeof *sobol);
}

/* Turns each bit around or not, as a random number says that belongs to the bits before it. */
static uint32_t scramble(uint64_t seed, int dimension, uint32_t bits)
{
    uint32_t scrambled = 0;
    for (int first = 0; first < BITS; first += AT_ONCE) {
        uint32_t words[4];
        struct stream_address address = {.seed = seed,
                                         .purpose = PURPOSE_DESIGN,
                                         .entity = (uint32_t)dimension,
                                         .month = 1 + (uint32_t)first,
                                         .index = first == 0 ? 0 : bits >> (BITS - first)};
        stream_words(&address, words);
        uint32_t node = 1;
        for (int bit = first; bit < first + AT_ONCE; bit++) {
            uint32_t own = bits >> (BITS - 1 - bit) & 1;
            scrambled = scrambled << 1 | (own ^ (words[0] >> node & 1));
            node = node << 1 | own;
        }
    }
    return scrambled;
}

/* GSL's sequence (Antonov & Saleev 1979) leaves the origin out; its doubles are 30-bit numbers. */
void sobol_next(struct sobol *sobol, double *place)
{
    if (sobol->has_begun) {
        (void)gsl_qrng_sobol->get(sobol->state, (unsigned)sobol->dimensions, place);
    } else {
        memset(place, 0, (size_t)sobol->dimensions * sizeof *place);
        sobol->has_begun = 1;
    }
    for (int dimension = 0; dimension < sobol->dimensions; dimension++) {
        uint32_t bits = (uint32_t)(place[dimension] * 0x1p30);
        place[dimension] = ((double)scramble(sobol->seed, dimension, bits) + 0.5) * 0x1p-30;
    }
}
