/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STORE_SINK_H
#define RUN_STORE_SINK_H

#include "store/store.h"
#include "run/runner.h"

/* The sink of a runner that writes to `store` (borrowed) and resumes from it. */
struct runner_sink store_sink(struct store *store);

/* Keeps the checkpoints of a runner in `store` (borrowed). */
struct checkpoint_keeper store_sink_keeper(struct store *store);

#endif
