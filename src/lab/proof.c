/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/proof.h"

#include <string.h>

#include "run/memory_sink.h"

static void tell(void *context, const struct runner_progress *progress)
{
    proof_progress *const *hear = context;
    (*hear)((double)progress->n_done / (double)progress->n_runs);
}

dredge_status proof_digest(const struct study *study, proof_progress *progress, char digest[33])
{
    struct memory_sink *memory = NULL;
    struct results *results = NULL;
    struct runner_options options = {.n_threads = 1, .progress = tell, .progress_context = &progress};
    dredge_status status = memory_sink_new(&memory, study);
    if (status == DREDGE_OK) {
        struct runner_sink sink = memory_sink_runner(memory);
        status = runner_run(study, &options, &sink);
    }
    if (status == DREDGE_OK) {
        status = memory_sink_results(memory, &results);
    }
    if (status == DREDGE_OK) {
        memcpy(digest, results_info(results)->digest, 33);
    }
    memory_sink_free(memory);
    return status;
}
