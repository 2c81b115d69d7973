/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_FORMS_H
#define CLI_COMPARE_FORMS_H

#include "analysis/comparison.h"
#include "result/precision.h"

/* A comparison for spreadsheets. */

/* The header line, and one line per outcome and regime, with the name of a scenario in front where that is not NULL. */
void compare_print_csv_head(void);
void compare_print_csv_rows(const struct comparison *comparison, const struct results_info *info,
                            const struct precision *precision, const char *scenario);

#endif
