/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "analysis/comparison.h"
#include "report/language.h"

/* What a comparison says, in plain sentences made from its numbers. */

enum { VERDICT_SENTENCES = 5, VERDICT_BYTES = 1024 };

struct verdict_text {
    int n;
    char sentence[VERDICT_SENTENCES][VERDICT_BYTES];
};

/* One sentence: how `regime` and `other` differ on `outcome`, by their names. */
void verdict_pair(const struct paired *paired, int outcome, const char *regime, const char *other,
                  enum language language, char sentence[VERDICT_BYTES]);

/* Regime against baseline: how they differ on `outcome`, both sides' strengths on the other outcomes, and what is not
 * clear. */
void verdict_write(const struct comparison *comparison, const struct results_info *info, int regime, int outcome,
                   enum language language, struct verdict_text *text);

/* Digits after the decimal sign that suit numbers of this size. */
int verdict_decimals(double scale);

#endif
