/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/export_tables.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge export FILE.h5 [--what runs|series|points|persons|ties] [-o FILE.csv] [--decimal point|comma] [--force]\n"
    "              [--point P] [--regime NAME] [--replicate K] [--month M] [--threshold T]\n"
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
    "  --what persons     who sits: a line per run, month (0 is the start) and person; the runs are run again\n"
    "  --what ties        trust and tension: a line per run, month and two persons\n"
    "  -o FILE.csv        where to; standard output when not given\n"
    "  --decimal comma    0,5 and semicolons, as a spreadsheet in Dutch, German or French opens it; point when not "
    "given\n"
    "  --force            replace an existing table\n"
    "\n"
    "Of persons and ties, which make long tables:\n"
    "  --point P, --regime NAME, --replicate K   only such runs\n"
    "  --month M          only this month\n"
    "  --threshold T      trust from which two at the table are linked, for betweenness (0.5 when not given)\n";

static const struct output_kind output_table = {"a table of dredge export", "point", "replicate"};

struct export
{
    const char *what, *output, *decimal;
    const char *point, *regime, *replicate, *month, *threshold;
    int force, done;
    const char *file;
    enum export_table table;
};

/* What only tables of persons and ties can leave out. */
static dredge_status check_choice(const struct export *own)
{
    const struct {
        const char *name, *value;
    } options[] = {{"--point", own->point},
                   {"--regime", own->regime},
                   {"--replicate", own->replicate},
                   {"--month", own->month},
                   {"--threshold", own->threshold}};
    int is_of_people = own->table == EXPORT_PERSONS || own->table == EXPORT_TIES;
    for (size_t i = 0; !is_of_people && i < sizeof options / sizeof *options; i++) {
        if (options[i].value != NULL) {
            return status_fail(DREDGE_USAGE, "%s needs --what persons or --what ties", options[i].name);
        }
    }
    return DREDGE_OK;
}

static dredge_status read_words(int argc, char **argv, struct export *own)
{
    const struct query_option options[] = {{"--what", &own->what, NULL},           {"-o", &own->output, NULL},
                                           {"--output", &own->output, NULL},       {"--decimal", &own->decimal, NULL},
                                           {"--point", &own->point, NULL},         {"--regime", &own->regime, NULL},
                                           {"--replicate", &own->replicate, NULL}, {"--month", &own->month, NULL},
                                           {"--threshold", &own->threshold, NULL}, {"--force", NULL, &own->force}};
    dredge_status status =
        query_parse(argc, argv, sizeof options / sizeof options[0], options, 1, &own->file, help, &own->done);
    if (status == DREDGE_OK && !export_find(own->what, &own->table)) {
        status = status_fail(DREDGE_USAGE, "--what %s: must be runs, series, points, persons or ties", own->what);
    }
    if (status == DREDGE_OK && strcmp(own->decimal, "point") != 0 && strcmp(own->decimal, "comma") != 0) {
        status = status_fail(DREDGE_USAGE, "--decimal %s: must be point or comma", own->decimal);
    }
    return status == DREDGE_OK ? check_choice(own) : status;
}

/* The choice in numbers; NULL leaves -1, for all. */
static dredge_status read_choice(const struct export *own, const struct results_info *info,
                                 struct export_choice *choice)
{
    const struct {
        const char *name, *text;
        long long most;
        int *out;
    } numbers[] = {{"--point", own->point, info->n_points - 1, &choice->point},
                   {"--replicate", own->replicate, info->n_replicates - 1, &choice->replicate},
                   {"--month", own->month, 24000, &choice->month}};
    *choice = (struct export_choice){-1, -1, -1, -1, 0.5};
    dredge_status status = query_regime(info, own->regime, &choice->regime);
    for (size_t i = 0; status == DREDGE_OK && i < sizeof numbers / sizeof *numbers; i++) {
        long long number = -1;
        status = arguments_whole(numbers[i].name, numbers[i].text, 0, numbers[i].most, &number);
        *numbers[i].out = (int)number;
    }
    return status == DREDGE_OK ? query_share("--threshold", own->threshold, &choice->threshold) : status;
}

static dredge_status export_file(const struct export *own)
{
    const struct output_options how = {.kind = &output_table, .force = own->force, .n_inputs = 1, .inputs = &own->file};
    struct results *results = NULL;
    struct export_choice choice;
    struct csv csv = {.n_cells = 0};
    csv_begin(&csv, strcmp(own->decimal, "comma") == 0);
    dredge_status status = own->output != NULL ? output_check(own->output, &how) : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = results_open(&results, own->file);
    }
    if (status == DREDGE_OK) {
        status = read_choice(own, results_info(results), &choice);
    }
    if (status == DREDGE_OK && own->output != NULL) {
        status = files_begin(&csv.file, own->output);
    }
    if (status == DREDGE_OK) {
        csv.status = export_write(results, own->table, &choice, &csv);
        status = csv_end(&csv);
    }
    files_abandon(&csv.file);
    results_close(results);
    return status;
}

int cmd_export(int argc, char **argv)
{
    struct export own = {.what = "runs", .decimal = "point"};
    dredge_status status = read_words(argc, argv, &own);
    if (status == DREDGE_OK && !own.done) {
        status = export_file(&own);
    }
    return query_exit(argv[0], status);
}
