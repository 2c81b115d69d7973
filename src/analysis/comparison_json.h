/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_COMPARISON_JSON_H
#define ANALYSIS_COMPARISON_JSON_H

#include "analysis/comparison.h"
#include "base/json.h"
#include "result/precision.h"

/* The word for a verdict: "better", "worse", "higher", "lower", "small", "equal", "unclear". */
const char *verdict_name(enum verdict verdict);

/* Writes a comparison as `dredge compare --json` prints it. */
void comparison_write_json(struct json *json, const struct comparison *comparison, const struct results_info *info,
                           const struct precision *precision);

#endif
