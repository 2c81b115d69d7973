/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"
#include "cli/compare_table.h"
#include "cli/query.h"

static const char help[] =
    "dredge compare FILE.h5 [--baseline REGIME] [--at-least X] [--language CODE] [--json | --csv]\n"
    "\n"
    "Every outcome of every regime beside the baseline: means, the paired difference with its 95% interval, the share\n"
    "of replicates in which the regime is better, and, for a study with a design, regret over its points.\n"
    "\n"
    "  --baseline REGIME   compare with this regime; the study's first one when not given\n"
    "  --at-least X        count the runs in which an outcome that is a share gets to X, 0.5 when not given\n"
    "  --language CODE     of the table: en, English, when not given; nl is Dutch\n"
    "  --json              one JSON document\n"
    "  --csv               one line per outcome and regime\n";

int cmd_compare(int argc, char **argv)
{
    const char *file = NULL;
    const char *baseline = NULL;
    const char *bound = NULL;
    const char *code = "en";
    enum language language = LANGUAGE_EN;
    double at_least = COMPARISON_AT_LEAST;
    int json = 0;
    int csv = 0;
    int done = 0;
    const struct query_option options[] = {{"--baseline", &baseline, NULL},
                                           {"--at-least", &bound, NULL},
                                           {"--language", &code, NULL},
                                           {"--json", NULL, &json},
                                           {"--csv", NULL, &csv}};
    dredge_status status = query_parse(argc, argv, 5, options, 1, &file, help, &done);
    if (status == DREDGE_OK && json && csv) {
        status = status_fail(DREDGE_USAGE, "--json and --csv exclude each other");
    }
    if (status == DREDGE_OK) {
        status = query_number("--at-least", bound, &at_least);
    }
    if (status == DREDGE_OK) {
        status = language_read(code, &language);
    }
    if (status == DREDGE_OK && !done) {
        status = compare_print(file, baseline, at_least,
                               json  ? COMPARE_JSON
                               : csv ? COMPARE_CSV
                                     : COMPARE_TABLE,
                               language);
    }
    return query_exit(argv[0], status);
}
