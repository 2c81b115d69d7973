/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_NAMES_H
#define STUDY_NAMES_H

#include "study/study.h"

/* Every key that a study may have, as a path with dots. */

typedef void names_see(void *context, const char *name);

/* Shows every key and every section ("funder", "funder.target", "replicates.until.outcome"), and the steering keys of
 * the regimes of `study`. */
void names_each(const struct study *study, names_see *see, void *context);

/* Shows only what a design can vary: the theory, parameters and the steering keys of the regimes. */
void names_each_factor(const struct study *study, names_see *see, void *context);

/* The key as a variable of results: what is neither letter nor digit is an underscore, and a number follows where
 * `n_alike` earlier ones come to the same. */
enum { NAMES_VARIABLE_BYTES = STUDY_KEY_BYTES + 16 };
void names_variable(const char *key, int n_alike, char name[NAMES_VARIABLE_BYTES]);

/* Is it a key that is no section and belongs to no regime or factor? */
int names_has(const char *key);

#endif
