/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/world_state.h"

#include <string.h>

/* The rows of a block stand in three places: in its memory up to `owner` (words), `owner` (bytes), and in the block itself
 * from `symptom` to `totals` (words). */
enum { WORD = sizeof(uint32_t), ROW = sizeof(lane_word) };

static const size_t own_start = offsetof(struct block, symptom);
static const size_t n_own_rows =
    (offsetof(struct block, totals) + sizeof(struct totals) - offsetof(struct block, symptom)) / ROW;

_Static_assert((offsetof(struct block, totals) + sizeof(struct totals) - offsetof(struct block, symptom)) % ROW == 0,
               "between symptom and the end of totals a block holds rows only");

static size_t rows_before_owner(const struct block *block)
{
    return (size_t)((const char *)block->owner - (const char *)block->trust) / ROW;
}

static size_t owner_bytes(const struct scenario *scenario)
{
    return (size_t)scenario->rates.causes * (size_t)scenario->rates.layers;
}

static size_t owner_words(const struct scenario *scenario)
{
    return (owner_bytes(scenario) + WORD - 1) / WORD;
}

size_t world_state_words(const struct scenario *scenario)
{
    size_t owner_rows = (owner_bytes(scenario) * sizeof(lane_byte) + LANE_ALIGNMENT - 1) / LANE_ALIGNMENT;
    size_t rows = block_bytes(scenario, 1) / ROW - owner_rows;
    size_t n = rows + owner_words(scenario) + n_own_rows;
    return n + n % 2;
}

static void get_rows(const char *rows, size_t n, int lane, uint32_t *words)
{
    for (size_t row = 0; row < n; row++) {
        memcpy(words + row, rows + row * ROW + (size_t)lane * WORD, WORD);
    }
}

static void put_rows(char *rows, size_t n, int lane, const uint32_t *words)
{
    for (size_t row = 0; row < n; row++) {
        memcpy(rows + row * ROW + (size_t)lane * WORD, words + row, WORD);
    }
}

void world_state_get(const struct world *world, int number, uint32_t *words)
{
    const struct block *block = &world->blocks[(number - world->first) / LANES];
    int lane = (number - world->first) % LANES;
    size_t n_rows = rows_before_owner(block);
    memset(words, 0, world_state_words(world->scenario) * WORD);
    get_rows((const char *)block->trust, n_rows, lane, words);
    get_rows((const char *)block + own_start, n_own_rows, lane, words + n_rows);
    uint32_t *owners = words + n_rows + n_own_rows;
    for (size_t k = 0; k < owner_bytes(world->scenario); k++) {
        owners[k / WORD] |= (uint32_t)block->owner[k][lane] << (8 * (k % WORD));
    }
}

/* Numbers that the month uses as places in memory. */
static int is_possible(const struct world *world, const struct block *block, int lane)
{
    const struct scenario *scenario = world->scenario;
    int possible = 1;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        possible &= block->organisation[seat][lane] < (uint32_t)world->commons.n_organisations;
    }
    for (int cause = 0; cause < scenario->rates.causes; cause++) {
        int addressed = block->addressed[cause][lane];
        int diagnosed = block->diagnosed[cause][lane];
        possible &= addressed >= 0 && addressed <= diagnosed && diagnosed <= scenario->rates.layers;
    }
    for (size_t k = 0; k < owner_bytes(scenario); k++) {
        possible &= block->owner[k][lane] < N_SECTORS;
    }
    return possible;
}

int world_state_put(struct world *world, int number, const uint32_t *words)
{
    struct block *block = &world->blocks[(number - world->first) / LANES];
    int lane = (number - world->first) % LANES;
    size_t n_rows = rows_before_owner(block);
    put_rows((char *)block->trust, n_rows, lane, words);
    put_rows((char *)block + own_start, n_own_rows, lane, words + n_rows);
    const uint32_t *owners = words + n_rows + n_own_rows;
    for (size_t k = 0; k < owner_bytes(world->scenario); k++) {
        block->owner[k][lane] = (uint8_t)(owners[k / WORD] >> (8 * (k % WORD)));
    }
    return is_possible(world, block, lane);
}

/* Position, standing and appreciation stand at the start of an organisation. */
_Static_assert(offsetof(struct organisation, unused) == WORLD_ORGANISATION_WORDS * sizeof(uint32_t),
               "what changes of an organisation stands before what is unused");

void world_state_get_organisation(const struct world *world, int number, uint32_t words[WORLD_ORGANISATION_WORDS])
{
    memcpy(words, &world->commons.organisation[number], WORLD_ORGANISATION_WORDS * sizeof *words);
}

void world_state_put_organisation(struct world *world, int number, const uint32_t words[WORLD_ORGANISATION_WORDS])
{
    memcpy(&world->commons.organisation[number], words, WORLD_ORGANISATION_WORDS * sizeof *words);
}
