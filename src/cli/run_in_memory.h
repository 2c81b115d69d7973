/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RUN_IN_MEMORY_H
#define CLI_RUN_IN_MEMORY_H

#include "run/runner.h"

/* `dredge run --no-file`: runs the study in memory, with these options, and prints the comparison; nothing is written. */
STATUS_CHECKED dredge_status run_in_memory(const struct study *study, const struct runner_options *options, int quiet,
                                           int as_json);

#endif
