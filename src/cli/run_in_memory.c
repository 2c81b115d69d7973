/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_in_memory.h"

#include "analysis/comparison.h"
#include "cli/compare_table.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/query.h"
#include "run/memory_sink.h"

dredge_status run_in_memory(const struct study *study, const struct runner_options *options, int quiet, int as_json)
{
    struct memory_sink *memory = NULL;
    struct results *results = NULL;
    struct progress progress;
    struct runner_options how = *options;
    dredge_status status = memory_sink_new(&memory, study);
    if (status != DREDGE_OK) {
        return status;
    }
    const struct runner_sink sink = memory_sink_runner(memory);
    how.progress = progress_show;
    how.progress_context = &progress;
    progress_begin(&progress, quiet || as_json);
    status = runner_run(study, &how, &sink);
    progress_end(&progress);
    if (status == DREDGE_INTERRUPTED) {
        out_tell("dredge run: interrupted; with --no-file nothing is kept\n");
    }
    if (status == DREDGE_OK) {
        status = memory_sink_results(memory, &results);
    }
    if (status == DREDGE_OK && (as_json || !quiet)) {
        status = compare_print_results(results, NULL, COMPARISON_AT_LEAST, as_json ? COMPARE_JSON : COMPARE_TABLE,
                                       LANGUAGE_EN);
    }
    if (status == DREDGE_OK) {
        status = query_failed_runs(results);
    }
    memory_sink_free(memory);
    return status;
}
