/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_MIXTURE_H
#define STUDY_MIXTURE_H

#include "study/study.h"

/* Weighted means of regimes whose weights a design varies. */

/* Adds a mixture, whose parts the study takes over; DREDGE_MEMORY when there is no room, then the caller keeps them. */
STATUS_CHECKED dredge_status mixture_keep(struct study *study, const struct mixture *mixture);

/* Notes a steering key that stands beside the mean, in phase `phase` of a regime or in all (-1). */
void mixture_give(struct study *study, int regime, int phase, int index, double value);

/* The mixture of a phase of a regime; -1 when it is none. */
int mixture_find(const struct study *study, int regime, int phase);

/* Mixes anew where weights are among the factors with these values: parts that do not vary share what is left in their
 * own proportions. 0, or 1 and a sentence when the weights cannot sum to 1. */
int mixture_apply(const struct study *study, const double *values, struct regime *regimes, size_t sentence_bytes,
                  char *sentence);

#endif
