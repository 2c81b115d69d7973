/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "base/json.h"
#include "base/status.h"

/* The one way out of a command to the terminal. Whatever a study or a results file contains, what is printed cannot steer
 * a terminal: control characters (but the end of a line and the tab), marks of direction and bytes that are no UTF-8 are
 * made visible. A terminal whose locale is not UTF-8 gets '?' for other characters than ASCII. */

/* Before anything else: standard streams that the caller closed are occupied, so that no file gets their numbers, and a
 * pipe without a reader or a limit on file sizes shows as a failed write instead of ending the program. */
void out_begin(void);

/* Prints results (standard output). Failures are kept for out_end. */
void out_print(const char *format, ...) STATUS_PRINTF(1, 2);
void out_text(const char *text);

/* Finishes a document and prints it. The writer is zeroed, also on failure. */
STATUS_CHECKED dredge_status out_json(struct json *json);

/* Prints messages (standard error). */
void out_tell(const char *format, ...) STATUS_PRINTF(1, 2);

/* A line on standard error, where that is a terminal, that each call replaces; out_erase removes it. */
int out_has_terminal(void);
void out_draw(const char *format, ...) STATUS_PRINTF(1, 2);
void out_erase(void);

/* Does the locale's character set, from the environment, read UTF-8? */
int out_is_utf8(void);

/* The end of command `command` that would exit with `status`: closes standard output. Returns the exit status: 4, with a
 * sentence, when something could not be written, even if that shows only now. A reader that went away, as `head` does, is
 * no failure. */
int out_end(const char *command, int status);

#endif
