/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_LANGUAGE_H
#define CLI_COMPARE_LANGUAGE_H

#include "analysis/comparison.h"
#include "report/language.h"

/* The comparison in a language other than the program's own, with the labels of the study. */
STATUS_CHECKED dredge_status compare_print_language(const struct comparison *comparison, struct results *results,
                                                    enum language language);

#endif
