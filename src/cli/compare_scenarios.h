/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPARE_SCENARIOS_H
#define CLI_COMPARE_SCENARIOS_H

#include "cli/compare_table.h"

/* Several results files side by side, in the forms of one: a table of verdicts on every outcome of every regime that all
 * files have; one JSON document; CSV with the file in front. `by_sector`: outcomes by sector too. */
STATUS_CHECKED dredge_status compare_scenarios(int n_files, const char *const *files, const char *baseline,
                                               double at_least, int by_sector, enum compare_form form,
                                               enum language language);

#endif
