/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_FACTOR_H
#define STUDY_FACTOR_H

#include "study/study.h"

/* A factor: what its key names, which values it may have, and where its value goes at a design point. */

/* Finds what `key` names: fills key and target of the factor and returns 1; 0 when nothing that can vary
 * is called so in this study. */
int factor_find(const struct study *study, const char *key, struct factor *factor);

struct factor_about {
    const char *unit, *meaning;
    double low, high;         /* of its values */
    int is_whole;             /* whole numbers only */
    int is_flag;              /* 0 and 1: false and true */
    const char *const *names; /* categories: the names of the values 0, 1, ..., ending with NULL; otherwise NULL */
};
struct factor_about factor_about(const struct factor *factor);

/* Puts a value where the factor belongs. Theories and weights are not put: they are what the other values start from;
 * nor is what belongs to events (study_acts). */
void factor_set(const struct factor *factor, double value, struct parameters *parameters, struct regime *regimes);

#endif
