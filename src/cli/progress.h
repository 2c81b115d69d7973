/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "run/runner.h"

/* A progress bar on stderr, where that is a terminal. */
struct progress {
    int shown; /* 0: not a terminal, or not wanted */
    double started_at, drawn_at;
    long long first_done; /* runs that were there at the first call */
};

void progress_begin(struct progress *progress, int quiet);

/* For runner_options.progress; context is a struct progress. */
void progress_show(void *context, const struct runner_progress *runs);

/* Clears the line. */
void progress_end(struct progress *progress);

#endif
