/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge digest FILE.h5\n"
    "\n"
    "One line: a hash of the scientific content of a results file (regimes, factors, outcomes, trajectories), without\n"
    "dates, paths or threads. Computed from the data, and compared with what the file says of itself.\n";

static dredge_status print_digest(const char *file)
{
    struct results *results = NULL;
    char digest[33];
    dredge_status status = results_open(&results, file);
    if (status == DREDGE_OK) {
        status = results_digest(results, digest);
    }
    if (status == DREDGE_OK) {
        out_print("%s\n", digest);
    }
    results_close(results);
    return status;
}

int cmd_digest(int argc, char **argv)
{
    const char *file = NULL;
    int done = 0;
    dredge_status status = query_parse(argc, argv, 0, NULL, 1, &file, help, &done);
    if (status == DREDGE_OK && !done) {
        status = print_digest(file);
    }
    return arguments_exit("digest", status);
}
