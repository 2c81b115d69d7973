/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PURPOSE_H
#define MODEL_PURPOSE_H

/* What each random number is for. A draw has the address (seed, replicate, purpose, entity, month, index) and is one
 * 32-bit word of a Philox4x32-10 block: key = (seed low, seed high), counter = (index, entity, purpose << 20 | month,
 * replicate). `entity` is the collaboration's number in its programme, except where the table says organisation.
 * A block holds four words; "4 per index" means word = item % 4 of the block with index = item / 4. Never renumber:
 * the numbers are part of the meaning of a seed. */
enum purpose {
    PURPOSE_ORGANISATION = 1,   /* entity: organisation; words 0..2: normal, the position's three axes */
    PURPOSE_SEATING = 2,        /* index: seat; word 0: which organisation of the pool (programmes only) */
    PURPOSE_START_TRUST = 3,    /* tie, 4 per index: Beta quantile */
    PURPOSE_START_MOMENTUM = 4, /* seat, 4 per index: Beta quantile */
    PURPOSE_START_FRAME = 5,    /* index: seat; words 0..2: normal, the frame's three axes */
    PURPOSE_CONVENER = 6,       /* index 0; word 0: Beta quantile of the skill */
    PURPOSE_OWNER = 7,          /* layer (cause * layers + layer), 4 per index: the sector that owns it */
    PURPOSE_KNOWN = 8,          /* cause, 4 per index: is the first layer diagnosed at the start? */
    PURPOSE_TIE = 9,            /* tie, 2 per index: words (xi of generation, escalation) */
    PURPOSE_EFFORT = 10,        /* index 0: words (n diagnoses, n structural, n quick, survival) */
    PURPOSE_DIAGNOSIS = 11,     /* diagnosis, 2 per index: words (cause, foreseen) */
    PURPOSE_STRUCTURAL = 12,    /* attempt, 2 per index: words (cause, success) */
    PURPOSE_QUICK = 13,         /* attempt, 4 per index: success; turned attempts follow the planned ones */
    PURPOSE_RELAPSE = 14,       /* cause, 2 per index: words (relapse, stale) */
    PURPOSE_PERSON = 15,        /* seat, 2 per index: words (momentum noise, turnover or joining) */
    PURPOSE_NEWCOMER = 16,      /* index: seat; words 0..2: normal, the new person's frame */
    PURPOSE_AFTERCARE = 17,     /* layer (cause * layers + layer), 4 per index: does this addressed layer relapse? */
    PURPOSE_MANY = 18,          /* index: which count of PURPOSE_EFFORT; a stream for Poisson means above the table */
    PURPOSE_DESIGN = 19,        /* entity: factor; design points of the random methods; replicate 0; month 0, or
                                   for a scrambled sequence 1 + the first bit, index: the bits before it */
    PURPOSE_RESAMPLE = 20       /* bootstrap and search; never touches a run */
};

#endif
