/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_MEMORY_SINK_H
#define RUN_MEMORY_SINK_H

#include "result/results.h"
#include "run/runner.h"
#include "store/store.h"

/* A sink that gathers the runs of a study in memory, and the results that they are, as a results file would hold them. */

struct memory_sink; /* opaque */

/* For `study`, which is borrowed until memory_sink_free (safe on NULL). */
STATUS_CHECKED dredge_status memory_sink_new(struct memory_sink **sink, const struct study *study);
void memory_sink_free(struct memory_sink *sink);

/* The sink of a runner: borrowed from the memory sink. */
struct runner_sink memory_sink_runner(struct memory_sink *sink);

/* The results of the runs gathered so far: borrowed until more are gathered, or the sink is freed; results_close does
 * nothing to them. */
STATUS_CHECKED dredge_status memory_sink_results(struct memory_sink *sink, struct results **results);

/* What was gathered, as bytes that a sink of the same study in the same build of the program takes: for workers that run a part
 * each and share no memory. The caller frees them. */
STATUS_CHECKED dredge_status memory_sink_pack(const struct memory_sink *sink, unsigned char **bytes, size_t *n_bytes);

/* Adds what another sink of the same study packed. DREDGE_FAILURE when the bytes are none. */
STATUS_CHECKED dredge_status memory_sink_unpack(struct memory_sink *sink, size_t n_bytes, const unsigned char *bytes);

/* The study, borrowed. */
const struct study *memory_sink_study(const struct memory_sink *sink);

/* Appends everything that was gathered to a store that was begun for the same study. */
STATUS_CHECKED dredge_status memory_sink_store(const struct memory_sink *sink, struct store *store);

#endif
