/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "analysis/comparison.h"
#include "report/label.h"

/* What a comparison says, in plain sentences made from its numbers. */

enum { VERDICT_SENTENCES = 5, VERDICT_BYTES = 1024 };

struct verdict_text {
    int n;
    char sentence[VERDICT_SENTENCES][VERDICT_BYTES];
};

/* One sentence: how `regime` and `other` differ on `outcome`, all by their names. */
void verdict_pair(const struct paired *paired, const char *outcome, const char *regime, const char *other,
                  enum language language, char sentence[VERDICT_BYTES]);

/* Regime against baseline: how they differ on `outcome`, both sides' strengths on the other outcomes, and what is not
 * clear. `study`, which may be NULL, gives labels. */
void verdict_write(const struct comparison *comparison, const struct results_info *info, const struct study *study,
                   int regime, int outcome, enum language language, struct verdict_text *text);

/* Which runs lack `outcome` and why, over how many pairs its differences go, and the means of these pairs. */
enum { VERDICT_MISSING_BYTES = 4096 };
void verdict_missing(const struct comparison *comparison, const struct results_info *info, const struct study *study,
                     int outcome, enum language language, char text[VERDICT_MISSING_BYTES]);

/* One sentence: what the study is and how much of it was run. */
void verdict_facts(const struct results_info *info, const struct study *study, enum language language,
                   char sentence[VERDICT_BYTES]);

/* The word for a verdict. */
enum text verdict_word(enum verdict verdict);

/* Digits after the decimal sign that suit numbers of this size. */
int verdict_decimals(double scale);

#endif
