/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"
#include "cli/run_study.h"

int cmd_run(int argc, char **argv)
{
    return run_study_command(argc, argv, NULL);
}
