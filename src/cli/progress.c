/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <time.h>

#include "cli/out.h"

static const double REDRAW_SECONDS = 0.1;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void progress_begin(struct progress *progress, int quiet)
{
    *progress = (struct progress){.shown = !quiet && out_has_terminal(), .first_done = -1};
    progress->started_at = now();
}

void progress_show(void *context, const struct runner_progress *runs)
{
    struct progress *progress = context;
    double time = now();
    if (!progress->shown || time - progress->drawn_at < REDRAW_SECONDS) {
        return;
    }
    progress->drawn_at = time;
    if (progress->first_done < 0) {
        progress->first_done = runs->n_done;
    }
    enum { WIDTH = 28 };
    char bar[WIDTH + 1];
    double share = runs->n_runs > 0 ? (double)runs->n_done / (double)runs->n_runs : 1;
    for (int k = 0; k < WIDTH; k++) {
        bar[k] = k < share * WIDTH ? '#' : '.';
    }
    bar[WIDTH] = '\0';
    double rate = (double)(runs->n_done - progress->first_done) / (time - progress->started_at + 1e-9);
    double left = rate > 0 ? (double)(runs->n_runs - runs->n_done) / rate : 0;
    out_draw("[%s] %3.0f%%  %lld of %lld runs, %.0f/s, %.0f s left", bar, 100 * share, runs->n_done, runs->n_runs, rate,
             left);
}

void progress_end(struct progress *progress)
{
    if (progress->shown && progress->drawn_at > 0) {
        out_erase();
    }
}
