/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SUGGEST_H
#define STUDY_SUGGEST_H

#include "study/study.h"

/* The nearest known name to one that is unknown. Names may have parts between dots ("funder.target"). */

struct suggestion {
    char word[STUDY_KEY_BYTES]; /* "" when it is too long to resemble anything */
    char best[STUDY_KEY_BYTES];
    int distance; /* of best: the smallest yet */
};

void suggest_begin(struct suggestion *suggestion, const char *word);
void suggest_try(struct suggestion *suggestion, const char *name);

/* The nearest name tried, NULL when none was near enough to be meant. */
const char *suggest_best(const struct suggestion *suggestion);

#endif
