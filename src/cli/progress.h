/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "run/runner.h"

/* Progress on stderr: a bar where that is a terminal, else, for logs, a line after a minute and then every five minutes
 * (DREDGE_PROGRESS_SECONDS: every so many seconds). */
enum progress_form { PROGRESS_NOT, PROGRESS_BAR, PROGRESS_LINES };

struct progress {
    enum progress_form shown;
    double started_at, drawn_at, next_line_at, line_seconds;
    long long first_done; /* runs that were there at the first call */
};

/* Is DREDGE_PROGRESS_SECONDS, if it is set, a number of seconds? DREDGE_USAGE otherwise. */
STATUS_CHECKED dredge_status progress_check(void);

void progress_begin(struct progress *progress, int quiet);

/* For runner_options.progress; context is a struct progress. */
void progress_show(void *context, const struct runner_progress *runs);

/* Clears the bar. */
void progress_end(struct progress *progress);

#endif
