/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RUNNER_INSIDE_H
#define RUN_RUNNER_INSIDE_H

#include "run/runner.h"

/* Shared by runner*.c only. */

/* Finished parcels go to the sink when so much time has passed or so many bytes wait. */
enum { RUNNER_APPEND_SECONDS = 2, RUNNER_WAITING_BYTES = 24 << 20 };

/* How many requests make a batch. */
int runner_batch_limit(const struct study *study, const struct runner_options *options, int n_threads);

#endif
