/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include "engine/kernel/draws.h"

const char *const WALK_PART_NAME[N_WALK_PARTS] = {"whole", "reversed", "upper", "lower"};

static int is_of_ties(const struct walk *walk)
{
    return walk->part == WALK_UPPER || walk->part == WALK_LOWER;
}

static void fill(struct walk *walk)
{
    for (uint32_t item = 0; item < WALK_ITEMS; item += 4) {
        draw_words(&walk->block, WALK_SEED, walk->purpose, walk->month, item / 4, walk->words + item);
    }
    walk->item = 0;
    walk->lane = 0;
}

void walk_start(struct walk *walk, enum walk_part part, uint32_t replicate)
{
    *walk = (struct walk){.part = part};
    walk->purpose = is_of_ties(walk) ? PURPOSE_TIE : 1;
    for (uint32_t lane = 0; lane < LANES; lane++) {
        walk->block.replicate[lane] = replicate + lane / 4;
        walk->block.entity[lane] = lane % 4;
    }
    fill(walk);
}

static void go_on(struct walk *walk)
{
    int next_month = is_of_ties(walk) || walk->purpose == WALK_PURPOSES;
    walk->purpose = is_of_ties(walk) ? PURPOSE_TIE : walk->purpose % WALK_PURPOSES + 1;
    walk->month += next_month;
    if (walk->month == WALK_MONTHS) {
        walk->month = 0;
        for (int lane = 0; lane < LANES; lane++) {
            walk->block.replicate[lane] += 4;
        }
    }
    fill(walk);
}

static uint32_t next_word(struct walk *walk)
{
    if (walk->item == WALK_ITEMS) {
        walk->item = 0;
        if (++walk->lane == LANES) {
            go_on(walk);
        }
    }
    return walk->words[walk->item++][walk->lane];
}

static uint32_t reversed(uint32_t word)
{
    for (int width = 1; width < 32; width *= 2) {
        uint32_t low = UINT32_MAX / ((1U << width) + 1U); /* every other group of `width` bits */
        word = (word >> width & low) | (word & low) << width;
    }
    return word;
}

/* The parts of words on end, as 32 bits. */
static uint32_t packed(struct walk *walk)
{
    int n = walk->part == WALK_UPPER ? 20 : 12;
    while (walk->n_bits < 32) {
        uint32_t word = next_word(walk);
        walk->bits = walk->bits << n | (walk->part == WALK_UPPER ? word >> 12 : word & 0xFFFU);
        walk->n_bits += n;
    }
    walk->n_bits -= 32;
    return (uint32_t)(walk->bits >> walk->n_bits);
}

uint32_t walk_next(struct walk *walk)
{
    if (is_of_ties(walk)) {
        return packed(walk);
    }
    uint32_t word = next_word(walk);
    return walk->part == WALK_WHOLE ? word : reversed(word);
}
