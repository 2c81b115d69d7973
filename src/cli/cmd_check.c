/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/json.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "engine/lanes.h"
#include "run/runner.h"

static const char help[] =
    "dredge check STUDY.yaml [--set KEY=VALUE]... [--replicates N] [--threads N] [--json]\n"
    "\n"
    "Reads a study, says every mistake in it, how many runs it asks for, and about how long they take on this machine\n"
    "and how large the results file gets. Nothing is written. STUDY.yaml may be -: standard input.\n";

struct plan_of_study {
    long long n_runs;
    double seconds, file_bytes;
};

/* Outcomes and trajectories as they are in memory; they compress to less. */
static double file_bytes(const struct study *study)
{
    double n_runs = (double)runner_runs(study);
    double bytes = n_runs * (N_OUTCOMES * sizeof(double) + 1);
    double samples = N_SERIES * (double)study_n_samples(study) * sizeof(float);
    if (study->trajectories == TRAJECTORIES_RUNS) {
        bytes += n_runs * samples;
    } else if (study->trajectories == TRAJECTORIES_SUMMARY) {
        bytes += (double)study->design.n_points * study->n_regimes * N_STATISTICS * samples;
    }
    return bytes;
}

static void print_duration(double seconds)
{
    if (seconds < 1) {
        out_print("under a second\n");
    } else if (seconds < 120) {
        out_print("about %.0f seconds\n", seconds);
    } else if (seconds < 7200) {
        out_print("about %.0f minutes\n", seconds / 60);
    } else {
        out_print("about %.1f hours\n", seconds / 3600);
    }
}

static void print_size(double bytes)
{
    if (bytes < 1e6) {
        out_print("at most %.0f kB\n", bytes / 1e3 + 1);
    } else if (bytes < 1e9) {
        out_print("at most %.1f MB\n", bytes / 1e6);
    } else {
        out_print("at most %.1f GB\n", bytes / 1e9);
    }
}

static void print_text(const struct study *study, const struct plan_of_study *plan)
{
    const struct replication *replication = &study->replication;
    out_print("%s\n", study->title);
    if (study->question[0] != '\0') {
        out_print("%s\n", study->question);
    }
    out_print("\nThe study is valid.\n");
    out_print("  design points  %d\n", study->design.n_points);
    out_print("  regimes        %d (", study->n_regimes);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        out_print("%s%s", regime > 0 ? ", " : "", study->regimes[regime].name);
    }
    out_print("); the first is the baseline\n");
    if (replication->outcome < 0) {
        out_print("  replicates     %d\n", replication->max);
    } else {
        out_print("  replicates     %d to %d, until %s is known to +-%g (%g%% confidence)\n", replication->min,
                  replication->max, outcome_infos[replication->outcome].name, replication->half_width,
                  100 * replication->confidence);
    }
    out_print("  runs           %s%lld\n", replication->outcome < 0 ? "" : "at most ", plan->n_runs);
    out_print("  time           ");
    print_duration(plan->seconds);
    out_print("  results file   ");
    print_size(plan->file_bytes);
    if (replication->max % LANES != 0 && study->design.n_points > 1 && study->parameters.collaborations == 1) {
        out_print("  hint           replicates in multiples of %d use the processor fully\n", (int)LANES);
    }
}

static dredge_status print_json(const struct study *study, const struct plan_of_study *plan)
{
    struct json json = {0};
    json_begin_object(&json);
    json_key(&json, "title");
    json_string(&json, study->title);
    json_key(&json, "points");
    json_whole(&json, study->design.n_points);
    json_key(&json, "regimes");
    json_begin_array(&json);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        json_string(&json, study->regimes[regime].name);
    }
    json_end(&json);
    json_key(&json, "replicates");
    json_whole(&json, study->replication.max);
    json_key(&json, "runs");
    json_whole(&json, plan->n_runs);
    json_key(&json, "seconds");
    json_number(&json, plan->seconds);
    json_key(&json, "file_bytes");
    json_number(&json, plan->file_bytes);
    json_end(&json);
    char *text;
    dredge_status status = json_finish(&json, &text);
    if (status == DREDGE_OK) {
        out_print("%s\n", text);
        free(text);
    }
    return status;
}

static dredge_status check(const char *file, const struct overrides *overrides, int n_threads, int as_json)
{
    struct study study = {0};
    struct plan_of_study plan;
    dredge_status status = arguments_study(file, overrides, &study);
    if (status == DREDGE_OK) {
        plan.n_runs = runner_runs(&study);
        plan.file_bytes = file_bytes(&study);
        status = runner_estimate(&study, n_threads, &plan.seconds);
    }
    if (status == DREDGE_OK && as_json) {
        status = print_json(&study, &plan);
    } else if (status == DREDGE_OK) {
        print_text(&study, &plan);
    }
    study_free(&study);
    return status;
}

int cmd_check(int argc, char **argv)
{
    const char *file = NULL, *replicates = NULL, *seed = NULL, *threads = NULL;
    int json = 0;
    int done = 0;
    long long n_threads = 0;
    struct overrides overrides;
    const struct query_option options[] = {{"--replicates", &replicates, NULL},
                                           {"--seed", &seed, NULL},
                                           {"--threads", &threads, NULL},
                                           {"--json", NULL, &json}};
    dredge_status status = arguments_take_sets(&argc, argv, &overrides);
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, 4, options, 1, &file, help, &done);
    }
    if (status == DREDGE_OK && !done) {
        status = arguments_add_short(&overrides, replicates, seed);
    }
    if (status == DREDGE_OK && !done) {
        status = arguments_whole("--threads", threads, 1, 4096, &n_threads);
    }
    if (status == DREDGE_OK && !done) {
        status = check(file, &overrides, (int)n_threads, json);
    }
    return arguments_exit("check", status);
}
