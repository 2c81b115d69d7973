/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/export_people.h"

#include <stdlib.h>
#include <string.h>

#include "build_info.h"
#include "cli/people_tables.h"
#include "run/watch.h"

/* A table on its way: all that is seen goes into it. */
struct writing {
    const struct export_source *source;
    struct people_view view;
    struct watched run;
    int has_ties; /* ties, not persons */
    long long n_runs;
    struct csv *csv;
};

/* A people_line. */
static void begin_line(const void *context, struct csv *csv)
{
    const struct writing *writing = context;
    export_put_point(writing->source, writing->run.point, csv);
    csv_text(csv, writing->source->info->regimes[writing->run.regime]);
    csv_whole(csv, writing->run.replicate);
}

/* A watch_see. */
static void see(void *context, const struct scenario *scenario, const struct block *block, int lane, int collaboration,
                int month)
{
    struct writing *writing = context;
    const struct people_moment moment = {scenario, block, lane, collaboration, month};
    const struct people_line line = {begin_line, writing};
    int wanted = writing->source->choice->month;
    if (wanted >= 0 && month != wanted) {
        return;
    }
    if (writing->has_ties) {
        people_put_ties(&writing->view, &moment, &line, writing->csv);
    } else {
        struct network network = people_network(&writing->view, &moment);
        people_put_persons(&writing->view, &moment, &network, &line, writing->csv);
    }
}

/* Does a choice, -1 for all, take this one? */
static int takes(int choice, int number)
{
    return choice < 0 || choice == number;
}

static dredge_status write_point(struct writing *writing, int point, uint8_t *statuses)
{
    const struct export_source *source = writing->source;
    const struct export_choice *choice = source->choice;
    size_t n_replicates = (size_t)source->info->n_replicates;
    dredge_status status = results_status(source->results, point, 1, statuses);
    for (int regime = 0; regime < source->info->n_regimes; regime++) {
        for (int replicate = 0; replicate < source->info->n_replicates; replicate++) {
            int is_done = status == DREDGE_OK && writing->csv->status == DREDGE_OK &&
                          statuses[(size_t)regime * n_replicates + (size_t)replicate] == RUN_DONE;
            if (is_done && takes(choice->regime, regime) && takes(choice->replicate, replicate)) {
                writing->run = (struct watched){point, regime, replicate};
                status = watch_run(&source->study, &writing->run, see, writing);
                writing->n_runs++;
            }
        }
    }
    return status == DREDGE_OK ? writing->csv->status : status;
}

/* Only the model that made the runs can tell who sat in them. */
static dredge_status check_source(const struct export_source *source)
{
    const char *model = source->info->model_stamp;
    if (source->study.n_regimes == 0) {
        return status_fail(DREDGE_FILE, "%s: this program cannot read its study, and so not run it again",
                           source->results->name);
    }
    if (strcmp(model, DREDGE_MODEL_STAMP) != 0) {
        return status_fail(DREDGE_FAILURE,
                           "%s: its runs were made by %s%s, this is model %s (dredge --version): who did what in them "
                           "cannot be told; dredge replay tries it for one run",
                           source->results->name, model[0] != '\0' ? "model " : "a model that it does not name", model,
                           DREDGE_MODEL_STAMP);
    }
    return source->choice->month <= source->study.horizon
               ? DREDGE_OK
               : status_fail(DREDGE_USAGE, "--month %d: the runs have %d months", source->choice->month,
                             source->study.horizon);
}

static dredge_status write_people(const struct export_source *source, int has_ties, struct csv *csv)
{
    struct writing writing = {.source = source, .has_ties = has_ties, .csv = csv};
    size_t n_runs = (size_t)source->info->n_regimes * (size_t)source->info->n_replicates;
    dredge_status status = check_source(source);
    if (status != DREDGE_OK) {
        return status;
    }
    uint8_t *statuses = malloc(n_runs + 1);
    status = statuses == NULL ? status_no_memory(n_runs) : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = people_view_init(&writing.view, &source->study, source->choice->threshold);
    }
    if (status == DREDGE_OK) {
        export_head_point(source, csv);
        csv_text(csv, "regime");
        csv_text(csv, "replicate");
        (has_ties ? people_head_ties : people_head_persons)(csv);
    }
    for (int point = 0; status == DREDGE_OK && point < source->info->n_points; point++) {
        status = takes(source->choice->point, point) ? write_point(&writing, point, statuses) : DREDGE_OK;
    }
    people_view_free(&writing.view);
    free(statuses);
    return status == DREDGE_OK && writing.n_runs == 0
               ? status_fail(DREDGE_USAGE,
                             "%s: no such run was done: a stopping rule, a shard or an interruption left it "
                             "out, or it failed",
                             source->results->name)
               : status;
}

dredge_status export_persons(const struct export_source *source, struct csv *csv)
{
    return write_people(source, 0, csv);
}

dredge_status export_ties(const struct export_source *source, struct csv *csv)
{
    return write_people(source, 1, csv);
}
