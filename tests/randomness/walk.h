/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_WALK_H
#define TESTS_WALK_H

#include "engine/block.h"

/* The addressed stream as a sequence of words, for tests of randomness. A walk goes through addresses in the order in which
 * a run reads them: month after month and purpose after purpose; within these one collaboration after the other, 48 words
 * (ties, persons, causes ...) each. 16 collaborations go side by side: four replicates of four collaborations; after
 * WALK_MONTHS come the next four replicates. */
enum walk_part {
    WALK_WHOLE,    /* all purposes, the words as they are */
    WALK_REVERSED, /* the same, the lowest bit first */
    WALK_UPPER,    /* ties only: the upper 20 bits of each word, one after the other */
    WALK_LOWER,    /* ties only: the lower 12 bits */
    N_WALK_PARTS
};

extern const char *const WALK_PART_NAME[N_WALK_PARTS];

enum { WALK_SEED = 20220101, WALK_MONTHS = 120, WALK_PURPOSES = 31, WALK_ITEMS = 48 };

struct walk {
    enum walk_part part;
    struct block block; /* an address only */
    uint32_t purpose;
    int month;
    _Alignas(LANE_ALIGNMENT) lane_word words[WALK_ITEMS]; /* of this month and purpose */
    int item, lane;                                       /* the first of them not yet given out */
    uint64_t bits;                                        /* parts of words that wait for others to fill 32 bits */
    int n_bits;
};

/* Before the first word of `replicate` and the three after it. */
void walk_start(struct walk *walk, enum walk_part part, uint32_t replicate);

/* The next 32 bits. */
uint32_t walk_next(struct walk *walk);

#endif
