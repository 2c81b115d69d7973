/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/compare_scenarios.h"
#include "cli/compare_table.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge compare FILE.h5... [--baseline REGIME] [--at-least X] [--by-sector] [--language CODE] [--json | --csv]\n"
    "\n"
    "Every outcome of every regime beside the baseline: means, the paired difference with its 95% interval, the share\n"
    "of replicates in which the regime is better, and, for a study with a design, regret over its points.\n"
    "Of several files, scenarios side by side: the differences and verdicts on every outcome under the regimes that "
    "all\n"
    "files have, and in how many scenarios each regime leads.\n"
    "\n"
    "  --baseline REGIME   compare with this regime; the study's first one when not given\n"
    "  --at-least X        count the runs in which an outcome that is a share gets to X, 0.5 when not given\n"
    "  --by-sector         outcomes by sector and by pair of sectors, too: who gains, who leaves, between whom trust "
    "grows\n"
    "  --language CODE     of the table: en, English, when not given; nl is Dutch\n"
    "  --json              one JSON document\n"
    "  --csv               one line per outcome and regime\n";

struct words {
    const char **files; /* [n_files], owned */
    int n_files;
    const char *baseline, *bound, *code;
    int json, csv, by_sector, done;
};

static dredge_status compare_one(const struct words *words, double at_least, enum compare_form form,
                                 enum language language)
{
    struct results *results = NULL;
    dredge_status status = results_open(&results, words->files[0]);
    if (status == DREDGE_OK && words->by_sector) {
        status = results_list_sectors(results);
    }
    if (status == DREDGE_OK) {
        status = compare_print_results(results, words->baseline, at_least, form, language);
    }
    results_close(results);
    return status;
}

static dredge_status compare_all(const struct words *words)
{
    enum language language = LANGUAGE_EN;
    double at_least = COMPARISON_AT_LEAST;
    enum compare_form form = words->json ? COMPARE_JSON : words->csv ? COMPARE_CSV : COMPARE_TABLE;
    dredge_status status = DREDGE_OK;
    if (words->json && words->csv) {
        status = status_fail(DREDGE_USAGE, "--json and --csv exclude each other");
    }
    if (status == DREDGE_OK) {
        status = query_number("--at-least", words->bound, &at_least);
    }
    if (status == DREDGE_OK) {
        status = language_read(words->code, &language);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    return words->n_files == 1 ? compare_one(words, at_least, form, language)
                               : compare_scenarios(words->n_files, words->files, words->baseline, at_least,
                                                   words->by_sector, form, language);
}

int cmd_compare(int argc, char **argv)
{
    struct words words = {.code = "en"};
    const struct query_option options[] = {{"--baseline", &words.baseline, NULL},   {"--at-least", &words.bound, NULL},
                                           {"--by-sector", NULL, &words.by_sector}, {"--language", &words.code, NULL},
                                           {"--json", NULL, &words.json},           {"--csv", NULL, &words.csv}};
    dredge_status status = query_parse_files(argc, argv, sizeof options / sizeof options[0], options, &words.files,
                                             help, &words.n_files, &words.done);
    if (status == DREDGE_OK && !words.done) {
        status = compare_all(&words);
    }
    free(words.files);
    return query_exit(argv[0], status);
}
