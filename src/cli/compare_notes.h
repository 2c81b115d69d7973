/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_NOTES_H
#define CLI_COMPARE_NOTES_H

#include "analysis/comparison.h"

/* What stands below the table of a comparison. */

/* Outcomes that some runs lack: how many pairs have a value, why, how often under each regime, and ratios over all. */
void compare_print_missing(const struct comparison *comparison, const struct results_info *info);

/* How far it goes: quantiles, and the share of runs that get to `at_least`, of the shares of what is addressed. */
STATUS_CHECKED dredge_status compare_print_spread(const struct comparison *comparison, const struct results_info *info);

/* The words of an outcome's description that say when it is missing ("missing if nothing was addressed"); NULL: never. */
const char *compare_reason(const struct outcome_info *about);

/* Over a posterior: how much of a difference is luck and how much is not known, in how much of the posterior a regime is
 * ahead, and by how much under each theory. Nothing for other designs. */
STATUS_CHECKED dredge_status compare_print_doubts(const struct comparison *comparison, const struct results_info *info);

#endif
