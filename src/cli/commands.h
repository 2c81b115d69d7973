/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

/* The commands. argv[0] is the word of the command; each returns the exit status. */

int cmd_run(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_sensitivity(int argc, char **argv);
int cmd_discover(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_digest(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_lab(int argc, char **argv);
int cmd_tune(int argc, char **argv);

#endif
