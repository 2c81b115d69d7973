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
    PURPOSE_CONVENER = 6,       /* index 0; words: Beta quantiles of (skill, commitment) */
    PURPOSE_OWNER = 7,          /* layer (cause * layers + layer), 4 per index: the sector that owns it */
    PURPOSE_KNOWN = 8,          /* cause, 4 per index: is the first layer diagnosed at the start? */
    PURPOSE_TIE = 9,            /* tie, 4 per index: upper 20 bits escalation, lower 12 bits xi of generation */
    PURPOSE_EFFORT = 10,        /* index 0: words (n diagnoses by conflict, n structural, n quick, ending) */
    PURPOSE_DIAGNOSIS = 11,     /* diagnosis by conflict, 2 per index: words (cause, foreseen) */
    PURPOSE_STRUCTURAL = 12,    /* attempt, 2 per index: words (cause, success) */
    PURPOSE_QUICK = 13,         /* attempt, 4 per index: success; turned attempts follow the planned ones */
    PURPOSE_RELAPSE = 14,       /* cause, 2 per index: words (relapse, stale) */
    PURPOSE_PERSON = 15,        /* seat, 2 per index: words (momentum noise, turnover or joining) */
    PURPOSE_NEWCOMER = 16,      /* index: seat; words 0..2: normal, the new person's frame */
    PURPOSE_AFTERCARE = 17,     /* layer (cause * layers + layer), 4 per index: does it relapse without support? */
    PURPOSE_MANY = 18,       /* index: 0..2 counts of PURPOSE_EFFORT, 3..4 of PURPOSE_SOURCE; a stream for Poisson means
                                   above the table */
    PURPOSE_DESIGN = 19,     /* entity: factor; design points of the random methods; replicate 0; month 0, or
                                   for a scrambled sequence 1 + the first bit, index: the bits before it */
    PURPOSE_RESAMPLE = 20,   /* bootstrap and search; never touches a run */
    PURPOSE_SOURCE = 21,     /* index 0: words (n diagnoses by analysis, n by doing) */
    PURPOSE_ANALYSIS = 22,   /* index: diagnosis by analysis; words (cause, foreseen, reach) */
    PURPOSE_DOING = 23,      /* index: diagnosis by doing; words (cause, foreseen, reach) */
    PURPOSE_PAPER = 24,      /* attempt as for PURPOSE_QUICK, 4 per index: is the success on paper only? */
    PURPOSE_WITHDRAWAL = 25, /* seat, 4 per index: does the insider withdraw? */
    PURPOSE_SUCCESSION = 26, /* index 0: words (succession, Beta quantile of the successor's skill) */
    PURPOSE_LAPSE = 27,      /* index 0; word 0: does the collaboration lapse in aftercare? */
    PURPOSE_REPLACEMENT = 28, /* index: 512 times how many acts replace earlier in the month, plus seat; words 0..2:
                                 normal, the frame; word 3: does the insider make place? */
    PURPOSE_JOINING = 29,     /* index: likewise, of acts by which outsiders join; word 0: the lowest ones join */
    PURPOSE_START_LATENT = 30 /* tie, 4 per index: Beta quantile, where members were asked about tension */
};

#endif
