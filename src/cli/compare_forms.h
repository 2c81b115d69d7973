/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_FORMS_H
#define CLI_COMPARE_FORMS_H

#include "analysis/comparison.h"
#include "result/precision.h"

/* A comparison for spreadsheets. */

/* One line per outcome and regime, with a header line. */
void compare_print_csv(const struct comparison *comparison, const struct results_info *info,
                       const struct precision *precision);

#endif
