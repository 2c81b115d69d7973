/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_WHERE_H
#define STUDY_WHERE_H

#include "study/study.h"

/* The condition that design points must meet: comparisons of sums of keys and numbers, joined by `and`, such as
 * "problem.coupling < problem.causes and months + aftercare_months <= 180". Keys are parameters and factors. */

/* Reads a condition about the factors of `study`. 1 and `where`, which the caller frees; or 0 and a sentence for a text
 * that is none; -1 when memory ran out (recorded). */
int where_read(const struct study *study, const char *text, struct where *where, size_t sentence_bytes, char *sentence);
void where_free(struct where *where); /* safe on a zeroed one */

/* Does a point with these factor values meet it? `parameters` are those that it starts from. */
int where_holds(const struct where *where, const struct parameters *parameters, const double *values);

#endif
