/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_DRIVERS_TABLE_H
#define CLI_DRIVERS_TABLE_H

#include "analysis/sensitivity.h"
#include "result/results.h"

/* Sensitivity for the terminal: `name` tells what was looked at. */
STATUS_CHECKED dredge_status drivers_print_table(const struct sensitivity *sensitivity, const struct results_info *info,
                                                 const char *name);

#endif
