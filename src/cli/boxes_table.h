/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_BOXES_TABLE_H
#define CLI_BOXES_TABLE_H

#include "analysis/discovery.h"
#include "base/json.h"
#include "result/results.h"

/* Scenario discovery, for the terminal and for other programs. `name` tells what was looked at. */

STATUS_CHECKED dredge_status boxes_print_table(const struct discovery *discovery, const struct results_info *info,
                                               const char *name);
void boxes_write_json(struct json *json, const struct discovery *discovery, const struct results_info *info,
                      const char *outcome, const char *name);

/* One line per box and restricted factor. */
void boxes_print_csv(const struct discovery *discovery, const struct results_info *info);

#endif
