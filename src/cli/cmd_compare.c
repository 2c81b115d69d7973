/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"
#include "cli/compare_table.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge compare FILE.h5 [--baseline REGIME] [--at-least X] [--by-sector] [--language CODE] [--json | --csv]\n"
    "\n"
    "Every outcome of every regime beside the baseline: means, the paired difference with its 95% interval, the share\n"
    "of replicates in which the regime is better, and, for a study with a design, regret over its points.\n"
    "\n"
    "  --baseline REGIME   compare with this regime; the study's first one when not given\n"
    "  --at-least X        count the runs in which an outcome that is a share gets to X, 0.5 when not given\n"
    "  --by-sector         outcomes by sector and by pair of sectors, too: who gains, who leaves, between whom trust "
    "grows\n"
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
    int by_sector = 0;
    struct results *results = NULL;
    int done = 0;
    const struct query_option options[] = {{"--baseline", &baseline, NULL},   {"--at-least", &bound, NULL},
                                           {"--by-sector", NULL, &by_sector}, {"--language", &code, NULL},
                                           {"--json", NULL, &json},           {"--csv", NULL, &csv}};
    dredge_status status = query_parse(argc, argv, sizeof options / sizeof options[0], options, 1, &file, help, &done);
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
        status = results_open(&results, file);
    }
    if (status == DREDGE_OK && !done && by_sector) {
        status = results_list_sectors(results);
    }
    if (status == DREDGE_OK && !done) {
        status = compare_print_results(results, baseline, at_least,
                                       json  ? COMPARE_JSON
                                       : csv ? COMPARE_CSV
                                             : COMPARE_TABLE,
                                       language);
    }
    results_close(results);
    return query_exit(argv[0], status);
}
