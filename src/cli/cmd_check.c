/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <time.h>

#include "base/json.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"
#include "engine/lanes.h"
#include "run/probe.h"

static const char help[] =
    "dredge check STUDY.yaml [--set KEY=VALUE]... [--replicates N] [--threads N] [--json]\n"
    "\n"
    "Reads a study, says every mistake in it, how many runs it asks for, and what they take on this machine when it "
    "has\n"
    "nothing else to do: time, memory, and the most that the results file can have. For that the cheapest, the "
    "dearest\n"
    "and some other design points are run for a second or two, and some of them written to a temporary folder (in\n"
    "TMPDIR or /tmp) that is removed. STUDY.yaml may be -: standard input.\n";

static const char *bytes_of(double n_bytes, char text[ARGUMENTS_DURATION_BYTES])
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    int unit = 0;
    double number = n_bytes / 1e3;
    for (; number >= 1000 && unit < 3; unit++) {
        number /= 1e3;
    }
    (void)snprintf(text, ARGUMENTS_DURATION_BYTES, "%.*f %s", number < 10 ? 1 : 0, number + (number < 10 ? 0.05 : 0.5),
                   units[unit]);
    return text;
}

static void print_probe(const struct study *study, const struct probe *probe)
{
    char text[4][ARGUMENTS_DURATION_BYTES];
    const char *most = study->replication.outcome < 0 ? "" : "at most ";
    char number[TABLE_NUMBER_BYTES];
    out_print("  runs           %s%s\n", most, table_count(probe->n_runs, number));
    out_print("  time           about %s (%s to %s) with %d thread%s on %d core%s; start-up %s of it\n",
              arguments_duration(probe->seconds, text[0]), arguments_duration(probe->low, text[1]),
              arguments_duration(probe->high, text[2]), probe->n_threads, probe->n_threads == 1 ? "" : "s",
              probe->n_cores, probe->n_cores == 1 ? "" : "s", arguments_duration(probe->startup_seconds, text[3]));
    if (study->design.n_points > 1) {
        out_print("  points         from %s (point %d) to %s (point %d) of one core\n",
                  arguments_duration(probe->cheapest_seconds, text[0]), probe->cheapest,
                  arguments_duration(probe->dearest_seconds, text[1]), probe->dearest);
    }
    out_print("  memory         about %s\n", bytes_of(probe->memory_bytes, text[0]));
    out_print("  results file   ");
    if (probe->file_bytes > 0) {
        out_print("about %s, ", bytes_of(probe->file_bytes, text[0]));
    }
    out_print("at most %s\n", bytes_of(probe->most_file_bytes, text[1]));
}

static void print_text(const struct study *study, const struct probe *probe)
{
    const struct replication *replication = &study->replication;
    out_print("%s\n", study->title);
    if (study->question[0] != '\0') {
        out_print("%s\n", study->question);
    }
    out_print("\nThe study is valid.\n");
    char number[TABLE_NUMBER_BYTES];
    out_print("  design points  %s\n", table_count(study->design.n_points, number));
    out_print("  regimes        %d (", study->n_regimes);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        out_print("%s%s", regime > 0 ? ", " : "", study->regimes[regime].name);
    }
    out_print("); the first is the baseline\n");
    if (replication->outcome < 0) {
        out_print("  replicates     %s\n", table_count(replication->max, number));
    } else {
        out_print("  replicates     %d to %d, until %s is known to +-%g (%g%% confidence)\n", replication->min,
                  replication->max, study_outcome_name(study, replication->outcome), replication->half_width,
                  100 * replication->confidence);
    }
    print_probe(study, probe);
    int points = study->design.n_points;
    if (study->design.method == DESIGN_SOBOL && (points & (points - 1)) != 0) {
        int power = 1;
        while (power < points / 2) {
            power *= 2;
        }
        out_print("  hint           a Sobol sequence is most even at a power of 2: %d or %d points\n", power,
                  2 * power);
    }
    if (replication->max % LANES != 0 && study->design.n_points > 1 && study->parameters.collaborations == 1) {
        out_print("  hint           replicates in multiples of %d use the processor fully\n", (int)LANES);
    }
}

static dredge_status print_json(const struct study *study, const struct probe *probe)
{
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "title", study->title);
    json_put_whole(&json, "points", study->design.n_points);
    json_key(&json, "regimes");
    json_begin_array(&json);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        json_string(&json, study->regimes[regime].name);
    }
    json_end(&json);
    json_put_whole(&json, "replicates", study->replication.max);
    json_put_whole(&json, "runs", probe->n_runs);
    json_put_whole(&json, "threads", probe->n_threads);
    json_put_whole(&json, "cores", probe->n_cores);
    const struct {
        const char *key;
        double number;
    } numbers[] = {{"seconds", probe->seconds},
                   {"seconds_low", probe->low},
                   {"seconds_high", probe->high},
                   {"startup_seconds", probe->startup_seconds},
                   {"processor_seconds", probe->processor_seconds},
                   {"cheapest_point_seconds", probe->cheapest_seconds},
                   {"dearest_point_seconds", probe->dearest_seconds},
                   {"memory_bytes", probe->memory_bytes},
                   {"likely_file_bytes", probe->file_bytes},
                   {"file_bytes", probe->most_file_bytes}};
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        json_put_number(&json, numbers[k].key, numbers[k].number);
    }
    json_end(&json);
    return out_json(&json);
}

static dredge_status check(const char *file, const struct overrides *overrides, int n_threads, int as_json)
{
    struct study study = {0};
    struct probe probe;
    double startup = (double)clock() / CLOCKS_PER_SEC;
    dredge_status status = arguments_study(file, overrides, &study);
    if (status == DREDGE_OK) {
        status = probe_study(&study, n_threads, startup, &probe);
    }
    if (status == DREDGE_OK && as_json) {
        status = print_json(&study, &probe);
    } else if (status == DREDGE_OK) {
        print_text(&study, &probe);
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
