/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "cli/arguments.h"
#include "cli/out.h"
#include "cli/table.h"
#include "study/scalar.h"

static const char interval_name[] = "DREDGE_PROGRESS_SECONDS";

/* Between two states of the bar; before the first line of a log, and between two. */
static const double REDRAW_SECONDS = 0.1, FIRST_LINE_SECONDS = 60, LINE_SECONDS = 300;

/* Seconds between two lines, as asked for: 0 when nothing is, below 0 when it is no such number. */
static double seconds_asked_for(void)
{
    const char *wish = getenv(interval_name);
    double seconds = 0;
    return wish == NULL || *wish == '\0' ? 0 : scalar_number(wish, &seconds) != NULL || seconds <= 0 ? -1 : seconds;
}

dredge_status progress_check(void)
{
    return seconds_asked_for() >= 0 ? DREDGE_OK
                                    : status_fail(DREDGE_USAGE, "%s=%.40s: must be a number of seconds above 0",
                                                  interval_name, getenv(interval_name));
}

void progress_begin(struct progress *progress, int quiet)
{
    *progress = (struct progress){.first_done = -1};
    progress->shown = quiet ? PROGRESS_NOT : out_has_terminal() ? PROGRESS_BAR : PROGRESS_LINES;
    progress->started_at = clock_seconds();
    double seconds = seconds_asked_for();
    progress->line_seconds = seconds > 0 ? seconds : LINE_SECONDS;
    progress->next_line_at = progress->started_at + (seconds > 0 ? seconds : FIRST_LINE_SECONDS);
}

/* A log has no bar: a line every few minutes. */
static void show_line(struct progress *progress, const struct runner_progress *runs, double at, double rate,
                      double left)
{
    char clock[32] = "", text[ARGUMENTS_DURATION_BYTES];
    time_t date = time(NULL);
    struct tm local;
    if (localtime_r(&date, &local) != NULL) {
        (void)strftime(clock, sizeof clock, "%Y-%m-%d %H:%M:%S", &local);
    }
    progress->next_line_at = at + progress->line_seconds;
    char numbers[2][TABLE_NUMBER_BYTES];
    out_tell("%s  %3.0f%%  %s of %s runs, %.3g/s, about %s left\n", clock,
             100 * (double)runs->n_done / (double)(runs->n_runs > 0 ? runs->n_runs : 1),
             table_count(runs->n_done, numbers[0]), table_count(runs->n_runs, numbers[1]), rate,
             arguments_duration(left, text));
}

static void show_bar(struct progress *progress, const struct runner_progress *runs, double at, double rate, double left)
{
    enum { WIDTH = 28 };
    char bar[WIDTH + 1];
    double share = runs->n_runs > 0 ? (double)runs->n_done / (double)runs->n_runs : 1;
    progress->drawn_at = at;
    for (int k = 0; k < WIDTH; k++) {
        bar[k] = k < share * WIDTH ? '#' : '.';
    }
    bar[WIDTH] = '\0';
    char numbers[3][TABLE_NUMBER_BYTES];
    out_draw("[%s] %3.0f%%  %s of %s runs, %s/s, %.0f s left", bar, 100 * share, table_count(runs->n_done, numbers[0]),
             table_count(runs->n_runs, numbers[1]), table_count((long long)(rate + 0.5), numbers[2]), left);
}

void progress_show(void *context, const struct runner_progress *runs)
{
    struct progress *progress = context;
    double at = clock_seconds();
    int is_bar = progress->shown == PROGRESS_BAR && at - progress->drawn_at >= REDRAW_SECONDS;
    int is_line = progress->shown == PROGRESS_LINES && at >= progress->next_line_at;
    if (progress->first_done < 0) {
        progress->first_done = runs->n_done;
    }
    if (!is_bar && !is_line) {
        return;
    }
    double rate = (double)(runs->n_done - progress->first_done) / (at - progress->started_at + 1e-9);
    double left = rate > 0 ? (double)(runs->n_runs - runs->n_done) / rate : 0;
    if (is_bar) {
        show_bar(progress, runs, at, rate, left);
    } else {
        show_line(progress, runs, at, rate, left);
    }
}

void progress_end(struct progress *progress)
{
    if (progress->shown == PROGRESS_BAR && progress->drawn_at > 0) {
        out_erase();
    }
}
