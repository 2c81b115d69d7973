/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/output.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge merge OUT.h5 PART.h5... [--force]\n"
    "\n"
    "Merges shards and partial results of one study into one file. Parts may overlap where they "
    "agree; the digest of the\n"
    "merged file is that of a run in one piece. Files of one study under different regimes, which have the\n"
    "baseline in common, become one with all regimes. If runs have failed, they are told and the status is 1.\n";

static void warn(void *context, const char *sentence)
{
    (void)context;
    out_tell("dredge merge: %s\n", sentence);
}

/* Words that are not options: the files. */
static int count_files(int argc, char **argv)
{
    int n = 0;
    for (int k = 1; k < argc; k++) {
        n += argv[k][0] != '-';
    }
    return n;
}

int cmd_merge(int argc, char **argv)
{
    int force = 0;
    int done = 0;
    int n_files = count_files(argc, argv);
    n_files = n_files < 2 ? 2 : n_files;
    const struct query_option options[] = {{"--force", NULL, &force}};
    const char **files = calloc((size_t)n_files, sizeof *files);
    dredge_status status = DREDGE_OK;
    if (files == NULL) {
        status = status_no_memory((size_t)n_files * sizeof *files);
    }
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, 1, options, n_files, files, help, &done);
    }
    if (status == DREDGE_OK && !done) {
        const struct output_options how = {
            .kind = &output_results, .force = force, .n_inputs = (size_t)n_files - 1, .inputs = files + 1};
        status = output_check(files[0], &how);
    }
    if (status == DREDGE_OK && !done) {
        status = store_merge(files[0], force, n_files - 1, files + 1, warn, NULL);
        status = status == DREDGE_OK ? query_failed_in(files[0]) : status;
    }
    free(files);
    return arguments_exit("merge", status);
}
