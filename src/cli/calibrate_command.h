/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CALIBRATE_COMMAND_H
#define CLI_CALIBRATE_COMMAND_H

#include "cli/run_study.h"

/* The command `calibrate`, by one process (`crew` NULL) or by several, which divide the settings of each step among them; the
 * first writes and prints. Returns the exit status. */
int calibrate_command(int argc, char **argv, const struct crew *crew);

#endif
