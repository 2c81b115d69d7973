/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_COMBINATIONS_H
#define STUDY_COMBINATIONS_H

#include <stddef.h>

#include "study/study.h"

/* Values that are each in range but impossible together. Each function returns 0 when all is possible, and otherwise 1
 * and a sentence. */

/* A regime in a horizon of `months`; `*phase` is the phase to blame. */
int combinations_regime(const struct regime *regime, int months, size_t sentence_bytes, char *sentence, int *phase);

/* Complete parameters and regimes: the first conflict. */
int combinations_all(const struct parameters *parameters, int n_regimes, const struct regime *regimes,
                     size_t sentence_bytes, char *sentence);

#endif
