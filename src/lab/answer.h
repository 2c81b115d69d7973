/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_ANSWER_H
#define LAB_ANSWER_H

#include "base/json.h"

/* Texts between the page's worker and the core. */

enum { LAB_MAX_LINES = 64 };

/* Finishes `json` and keeps it until the next answer; NULL when out of memory. */
const char *answer_finish(struct json *json);

/* Cuts `text` into its lines, in place; returns how many (at most LAB_MAX_LINES). */
int answer_cut_lines(char *text, const char *lines[LAB_MAX_LINES]);

#endif
