/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_DRIVERS_FORMS_H
#define CLI_DRIVERS_FORMS_H

#include "analysis/sensitivity.h"
#include "base/json.h"
#include "result/results.h"

/* Sensitivity for other programs. `name` tells what was looked at. */

void drivers_write_json(struct json *json, const struct sensitivity *sensitivity, const struct results_info *info,
                        const char *outcome, const char *name);

/* One line per factor, then one per pair or interaction. */
void drivers_print_csv(const struct sensitivity *sensitivity, const struct results_info *info);

/* "sobol", "morris", "factorial", "spread" */
const char *drivers_method_name(enum sensitivity_method method);

/* The factors of an effect: "recognition x convener.skill". */
void drivers_effect_name(unsigned factors, const struct results_info *info, size_t n_bytes, char *name);

/* The name of a factor, or of a group where factors are grouped, that Sobol indices are about. */
const char *drivers_unit_name(const struct sensitivity *sensitivity, const struct results_info *info, int unit);

#endif
