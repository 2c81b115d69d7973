/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "cli/commands.h"
#include "cli/export_tables.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge export FILE.h5 [--what runs|series|points] [-o FILE.csv] [--decimal point|comma] [--force]\n"
    "\n"
    "Writes a table that R, pandas and spreadsheets read: a line per run, with the values of the factors and every "
    "outcome,\n"
    "also those by sector and by pair of sectors. Numbers have all their digits; a missing one is an empty cell.\n"
    "\n"
    "  --what runs        a line per run, when not given\n"
    "  --what series      the trajectories: of summaries a line per series and month, of single runs a line per run "
    "and\n"
    "                     month; months count from 1\n"
    "  --what points      a line per design point: its factors, its replicates, why runs of it failed\n"
    "  -o FILE.csv        where to; standard output when not given\n"
    "  --decimal comma    0,5 and semicolons, as a spreadsheet in Dutch, German or French opens it; point when not "
    "given\n"
    "  --force            replace an existing table\n";

static const struct output_kind output_table = {"a table of dredge export", "point", "replicate"};

struct export
{
    const char *what, *output, *decimal;
    int force, done;
    const char *file;
};

static dredge_status read_words(int argc, char **argv, struct export *own, export_table **table)
{
    const struct query_option options[] = {{"--what", &own->what, NULL},
                                           {"-o", &own->output, NULL},
                                           {"--output", &own->output, NULL},
                                           {"--decimal", &own->decimal, NULL},
                                           {"--force", NULL, &own->force}};
    dredge_status status =
        query_parse(argc, argv, sizeof options / sizeof options[0], options, 1, &own->file, help, &own->done);
    *table = export_find(own->what);
    if (status == DREDGE_OK && *table == NULL) {
        status = status_fail(DREDGE_USAGE, "--what %s: must be runs, series or points", own->what);
    }
    if (status == DREDGE_OK && strcmp(own->decimal, "point") != 0 && strcmp(own->decimal, "comma") != 0) {
        status = status_fail(DREDGE_USAGE, "--decimal %s: must be point or comma", own->decimal);
    }
    return status;
}

static dredge_status export_file(const struct export *own, export_table *table)
{
    const struct output_options how = {.kind = &output_table, .force = own->force, .n_inputs = 1, .inputs = &own->file};
    struct results *results = NULL;
    struct csv csv = {.n_cells = 0};
    csv_begin(&csv, strcmp(own->decimal, "comma") == 0);
    dredge_status status = own->output != NULL ? output_check(own->output, &how) : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = results_open(&results, own->file);
    }
    if (status == DREDGE_OK && own->output != NULL) {
        status = files_begin(&csv.file, own->output);
    }
    if (status == DREDGE_OK) {
        csv.status = table(results, &csv);
        status = csv_end(&csv);
    }
    files_abandon(&csv.file);
    results_close(results);
    return status;
}

int cmd_export(int argc, char **argv)
{
    struct export own = {.what = "runs", .decimal = "point"};
    export_table *table = NULL;
    dredge_status status = read_words(argc, argv, &own, &table);
    if (status == DREDGE_OK && !own.done) {
        status = export_file(&own, table);
    }
    return query_exit(argv[0], status);
}
