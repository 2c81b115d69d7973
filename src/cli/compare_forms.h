/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_FORMS_H
#define CLI_COMPARE_FORMS_H

#include "analysis/comparison.h"
#include "base/json.h"
#include "result/precision.h"

/* A comparison for other programs. */

/* The document of `dredge compare --json`: per regime `n`, `se`, `low`, `high` (of the paired
 * difference), `pairs`, `tied_share`, `verdict`, `robustness`. */
void compare_write_json(struct json *json, const struct comparison *comparison, const struct results_info *info,
                        const struct precision *precision);

/* One line per outcome and regime, with a header line. */
void compare_print_csv(const struct comparison *comparison, const struct results_info *info,
                       const struct precision *precision);

/* "better", "worse", "higher", "lower", "small", "equal", "unclear" */
const char *compare_verdict_name(enum verdict verdict);

#endif
