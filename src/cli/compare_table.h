/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_TABLE_H
#define CLI_COMPARE_TABLE_H

#include "analysis/paired.h"
#include "base/status.h"
#include "report/language.h"
#include "result/results.h"

enum compare_form { COMPARE_TABLE, COMPARE_JSON, COMPARE_CSV };

/* Compares the regimes of results file `file` and prints that. `baseline` NULL: the first regime. `at_least`: how far a
 * run must get, of outcomes that are shares, to be counted. `language` is that of the table. */
STATUS_CHECKED dredge_status compare_print(const char *file, const char *baseline, double at_least,
                                           enum compare_form form, enum language language);

/* The same for results that are open. */
STATUS_CHECKED dredge_status compare_print_results(struct results *results, const char *baseline, double at_least,
                                                   enum compare_form form, enum language language);

/* Marks in tables: is more better (+1) or less (-1), and which side a verdict is on; "" where there is none. */
const char *compare_arrow(int better);
const char *compare_marker(enum verdict verdict);

#endif
