/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/json.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"
#include "result/stored_study.h"
#include "store/survey.h"

static const char help[] =
    "dredge status OUT.h5 | OUT.h5.parts | OUT.h5.shards [--json]\n"
    "              [--study STUDY.yaml [--set KEY=VALUE]... [--replicates N] [--seed N]]\n"
    "\n"
    "How far a run is, while it is under way or after it ended: runs done and failed, speed, time left. OUT.h5.shards "
    "is\n"
    "the folder of a campaign that scripts/slurm/submit divided into tasks. Nothing is changed.\n"
    "\n"
    "  --study STUDY.yaml   also: is it of this study, with these values? Status 4 and what differs if not\n"
    "  --json               one JSON document\n";

enum { MOST_NAMED = 12 }; /* tasks that are listed one by one */

/* Of one output, or of all tasks of a campaign. */
struct progress_of {
    long long n_runs, n_done, n_failed;
    double runs_per_second; /* of those that run now; 0: none, or not known yet */
    int n_finished, n_running, n_interrupted, n_not_begun, n_broken, n_worlds, n_damaged;
    const char *holder;
};

static void add(struct progress_of *all, const struct survey *survey, int has_failed)
{
    all->n_done += survey->n_done;
    all->n_failed += survey->n_failed;
    all->n_worlds += survey->n_worlds;
    all->n_damaged += survey->n_damaged;
    all->n_finished += survey->state == SURVEY_FINISHED || survey->state == SURVEY_PART;
    all->n_running += survey->state == SURVEY_RUNNING;
    all->n_broken += has_failed;
    all->n_interrupted += survey->state == SURVEY_INTERRUPTED && !has_failed;
    all->n_not_begun += survey->state == SURVEY_NOT_BEGUN && !has_failed;
    if (survey->state == SURVEY_RUNNING && survey->seconds > 0) {
        all->runs_per_second += (double)survey->n_now / survey->seconds;
        all->holder = survey->holder;
    }
}

static double seconds_left(const struct progress_of *all)
{
    return all->runs_per_second > 0 ? (double)(all->n_runs - all->n_done - all->n_failed) / all->runs_per_second : 0;
}

static void print_tasks(const char *path, const struct campaign *campaign, const struct progress_of *all)
{
    int n_named = 0;
    out_print("  tasks          %d: %d finished, %d running, %d interrupted, %d failed, %d not begun\n",
              campaign->n_tasks, all->n_finished, all->n_running, all->n_interrupted, all->n_broken, all->n_not_begun);
    for (int task = 0; task < campaign->n_tasks && n_named < MOST_NAMED; task++) {
        if (campaign->has_failed[task]) {
            out_print("  failed         task %d: see %s/%d.log\n", task + 1, path, task + 1);
            n_named++;
        }
    }
}

static void print_text(const char *path, const struct study *study, const struct campaign *campaign,
                       const struct survey *survey, const struct progress_of *all)
{
    static const char *const states[] = {"not begun", "running", "interrupted", "part of the study", "finished"};
    char text[ARGUMENTS_DURATION_BYTES];
    double share = all->n_runs > 0 ? 100.0 * (double)(all->n_done + all->n_failed) / (double)all->n_runs : 0;
    out_print("%s\n", study->title);
    if (campaign != NULL) {
        print_tasks(path, campaign, all);
    } else {
        out_print("  state          %s%s%s%s\n", states[survey->state], survey->holder[0] != '\0' ? " (" : "",
                  survey->holder, survey->holder[0] != '\0' ? ")" : "");
    }
    char numbers[3][TABLE_NUMBER_BYTES];
    (void)table_count(all->n_done, numbers[0]);
    (void)table_count(all->n_runs, numbers[1]);
    (void)table_count(all->n_failed, numbers[2]);
    int has_rule = study->replication.outcome >= 0;
    if (has_rule && campaign == NULL && survey->state == SURVEY_FINISHED) {
        out_print("  runs           %s done of the %s that the stopping rule allows, %s failed\n", numbers[0],
                  numbers[1], numbers[2]);
    } else {
        out_print("  runs           %s of %s%s done (%.0f%%), %s failed\n", numbers[0], has_rule ? "at most " : "",
                  numbers[1], share, numbers[2]);
    }
    if (all->n_worlds > 0) {
        out_print("  worlds         %d saved on the way\n", all->n_worlds);
    }
    if (all->n_damaged > 0) {
        out_print(
            "  damaged        %d of the files with finished runs cannot be read: their runs count as not done and "
            "are made again with --resume\n",
            all->n_damaged);
    }
    if (all->runs_per_second > 0) {
        out_print("  speed          %.3g runs per second\n", all->runs_per_second);
        out_print("  time left      about %s\n", arguments_duration(seconds_left(all), text));
    }
    if (campaign == NULL && survey->state == SURVEY_INTERRUPTED && all->n_damaged > 0) {
        out_print("The same dredge run with --resume goes on; until then dredge merge refuses what is there.\n");
    } else if (campaign == NULL && survey->state == SURVEY_INTERRUPTED) {
        char *folder = survey_parts_word(path);
        out_print("The same dredge run with --resume goes on. What is there can be read: dredge merge SOME.h5 %s\n",
                  folder != NULL ? folder : path);
        free(folder);
    }
}

static dredge_status print_json(const struct study *study, const struct campaign *campaign, const struct survey *survey,
                                const struct progress_of *all)
{
    static const char *const states[] = {"not begun", "running", "interrupted", "part of the study", "finished"};
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "title", study->title);
    if (campaign == NULL) {
        json_put_string(&json, "state", states[survey->state]);
    } else {
        json_key(&json, "tasks");
        json_begin_object(&json);
        const struct {
            const char *key;
            int n;
        } counts[] = {{"all", campaign->n_tasks},  {"finished", all->n_finished},
                      {"running", all->n_running}, {"interrupted", all->n_interrupted},
                      {"failed", all->n_broken},   {"not_begun", all->n_not_begun}};
        for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
            json_put_whole(&json, counts[k].key, counts[k].n);
        }
        json_end(&json);
    }
    json_put_whole(&json, "runs", all->n_runs);
    json_put_whole(&json, "done", all->n_done);
    json_put_whole(&json, "failed", all->n_failed);
    json_put_whole(&json, "damaged", all->n_damaged);
    json_put_number(&json, "runs_per_second", all->runs_per_second);
    json_put_number(&json, "seconds_left", seconds_left(all));
    json_end(&json);
    return out_json(&json);
}

/* Is what is there of the study that is at hand? */
static dredge_status compare_study(const char *path, const struct study *was, const char *file,
                                   const struct overrides *overrides)
{
    struct study is = {0};
    char changes[STORED_STUDY_BYTES];
    dredge_status status = arguments_study(file, overrides, &is);
    if (status == DREDGE_OK) {
        stored_study_changes(was, &is, changes);
        if (changes[0] != '\0') {
            status = status_fail(DREDGE_FILE, "%s: is of another study than %s: %s", path, file, changes);
        }
    }
    study_free(&is);
    return status;
}

/* Where a campaign is to make the output, its tasks can be looked at. */
static dredge_status nothing_yet(const char *path)
{
    char *folder = files_text("%s.shards", path);
    char *word = folder != NULL && survey_is_campaign(folder) ? files_shell_word(folder) : NULL;
    dredge_status status =
        word != NULL
            ? status_fail(DREDGE_FILE, "%s: nothing has been run into this output yet; its tasks: dredge status %s",
                          path, word)
            : status_fail(DREDGE_FILE, "%s: nothing has been run into this output yet", path);
    free(folder);
    free(word);
    return status;
}

static dredge_status look(const char *path, const char *file, const struct overrides *overrides, int as_json)
{
    struct study study = {0};
    struct survey survey = {.state = SURVEY_NOT_BEGUN};
    struct campaign campaign = {.n_tasks = 0};
    struct progress_of all = {.n_runs = 0};
    int is_campaign = survey_is_campaign(path);
    dredge_status status =
        is_campaign ? survey_campaign(path, &study, &campaign) : survey_output(path, &study, &survey);
    if (status == DREDGE_OK && study.n_regimes == 0) {
        status = nothing_yet(path);
    }
    for (int task = 0; task < campaign.n_tasks && status == DREDGE_OK; task++) {
        add(&all, &campaign.tasks[task], campaign.has_failed[task]);
    }
    if (status == DREDGE_OK && !is_campaign) {
        add(&all, &survey, 0);
    }
    all.n_runs = (long long)study.design.n_points * study.n_regimes * study.replication.max;
    if (status == DREDGE_OK && file != NULL) {
        status = compare_study(path, &study, file, overrides);
    }
    if (status == DREDGE_OK && as_json) {
        status = print_json(&study, is_campaign ? &campaign : NULL, &survey, &all);
    } else if (status == DREDGE_OK) {
        print_text(path, &study, is_campaign ? &campaign : NULL, &survey, &all);
    }
    campaign_free(&campaign);
    study_free(&study);
    return status;
}

int cmd_status(int argc, char **argv)
{
    const char *path = NULL, *file = NULL, *replicates = NULL, *seed = NULL;
    int json = 0, done = 0;
    struct overrides overrides;
    const struct query_option options[] = {{"--study", &file, NULL},
                                           {"--replicates", &replicates, NULL},
                                           {"--seed", &seed, NULL},
                                           {"--json", NULL, &json}};
    dredge_status status = arguments_take_sets(&argc, argv, &overrides);
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, 4, options, 1, &path, help, &done);
    }
    if (status == DREDGE_OK && !done) {
        status = arguments_add_short(&overrides, replicates, seed);
    }
    if (status == DREDGE_OK && !done && file == NULL && overrides.n > 0) {
        status = status_fail(DREDGE_USAGE, "--set, --replicates and --seed are for --study");
    }
    if (status == DREDGE_OK && !done) {
        status = look(path, file, &overrides, json);
    }
    return arguments_exit("status", status);
}
