/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/stream_gsl.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

enum { BLOCK_BITS = 24 };

struct state {
    struct stream_address address;
    uint32_t block, word; /* the next word to hand out */
    uint32_t words[4];
};

/* GSL asks for a seed; here the address is the seed, and it is set by stream_gsl_new. */
static void state_set(void *memory, unsigned long int seed)
{
    (void)seed;
    memset(memory, 0, sizeof(struct state));
}

static unsigned long int state_get(void *memory)
{
    struct state *state = memory;
    if (state->word == 0) {
        struct stream_address address = state->address;
        address.index = (address.index << BLOCK_BITS) + state->block;
        stream_words(&address, state->words);
        state->block = (state->block + 1) & ((1U << BLOCK_BITS) - 1);
    }
    uint32_t number = state->words[state->word];
    state->word = (state->word + 1) & 3;
    return number;
}

static double state_get_double(void *memory)
{
    return (double)state_get(memory) * 0x1p-32;
}

static const gsl_rng_type stream_type = {"dredge-stream", UINT32_MAX,      0, sizeof(struct state), state_set,
                                         state_get,       state_get_double};

/* Not gsl_rng_alloc: without memory it calls GSL's handler of errors, which all threads of a process share. */
gsl_rng *stream_gsl_new(const struct stream_address *address)
{
    gsl_rng *generator = malloc(sizeof *generator);
    struct state *state = calloc(1, sizeof *state);
    if (generator == NULL || state == NULL) {
        free(generator);
        free(state);
        return NULL;
    }
    state->address = *address;
    *generator = (gsl_rng){&stream_type, state};
    return generator;
}

unsigned stream_gsl_poisson(const struct stream_address *address, double mean)
{
    struct state state = {.address = *address};
    gsl_rng generator = {&stream_type, &state};
    return gsl_ran_poisson(&generator, mean);
}
