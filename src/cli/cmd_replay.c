/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "build_info.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/replay_people.h"
#include "store/store.h"
#include "run/replay.h"

static const char help[] =
    "dredge replay FILE.h5 --point P --regime NAME --replicate K [--json | --csv] [--persons F.csv] [--ties F.csv]\n"
    "              [--network F.csv] [--graphml F.graphml] [--force]\n"
    "\n"
    "Runs one run of a results file again, prints its trajectory, and checks that its outcomes "
    "are the same bits as in\n"
    "the file. Points and replicates are counted from 0, months from 1.\n"
    "\n"
    "  --point P        design point (0 when not given)\n"
    "  --regime NAME    regime; the first when not given\n"
    "  --replicate K    replicate (0 when not given)\n"
    "  --json, --csv    every series in every month, in place of the short table\n"
    "  --persons F.csv  who sits, by month (0 is the start): energy, frame, and how many shortest paths of trust go "
    "over them\n"
    "  --ties F.csv     trust and tension between every two of them, by month\n"
    "  --network F.csv  by month: density of trust, modularity by sector, and the seat that brokers most\n"
    "  --graphml FILE   the people and their ties as a graph, for Gephi, igraph or networkx; the last month, or\n"
    "  --month M        this one; of a programme the first collaboration\n"
    "  --threshold T    trust from which two people at the table are linked in the network (0.5 when not given)\n"
    "  --force          replace such files\n"
    "\n"
    "Exit status 1 when the run differs from the file; names both models when they are not the same.\n";

struct replay {
    const struct results_info *info;
    struct study study;
    struct parcel parcel;
    int point, regime, replicate;
    char digest[33], filed[33];
};

static double outcome_of(const struct replay *replay, int outcome)
{
    return replay->parcel
        .outcomes[(size_t)study_outcome_column(outcome) * (size_t)replay->parcel.n_regimes + (size_t)replay->regime];
}

static const float *series_of(const struct replay *replay, int series)
{
    size_t row = (size_t)series * (size_t)replay->parcel.n_regimes + (size_t)replay->regime;
    return replay->parcel.runs + row * (size_t)replay->parcel.n_samples;
}

/* Month of a sample, counted from 1. */
static int month_of(const struct replay *replay, int sample)
{
    return (sample + 1) * replay->study.every;
}

static dredge_status digest_of(int n_outcomes, const double *outcomes, char hex[33])
{
    struct digest *digest = digest_new();
    if (digest == NULL) {
        return status_no_memory(64);
    }
    digest_reals(digest, (size_t)n_outcomes, outcomes);
    digest_hex(digest, hex);
    digest_free(digest);
    return DREDGE_OK;
}

/* Digests of the outcomes as run again and as filed. */
static dredge_status take_digests(struct results *results, struct replay *replay)
{
    int n_outcomes = study_n_outcomes(&replay->study);
    size_t n_values = (size_t)replay->info->n_regimes * (size_t)replay->info->n_replicates;
    size_t n_numbers = n_values + 2 * (size_t)n_outcomes;
    double *values = malloc(n_numbers * sizeof *values);
    if (values == NULL) {
        return status_no_memory(n_numbers * sizeof *values);
    }
    double *again = values + n_values, *filed = again + n_outcomes;
    dredge_status status = DREDGE_OK;
    for (int outcome = 0; outcome < n_outcomes && status == DREDGE_OK; outcome++) {
        const char *name = study_outcome_name(&replay->study, outcome);
        status = results_outcome_named(results, name, replay->point, 1, values);
        again[outcome] = outcome_of(replay, outcome);
        size_t place = (size_t)replay->regime * (size_t)replay->info->n_replicates + (size_t)replay->replicate;
        filed[outcome] = status == DREDGE_OK ? values[place] : 0;
    }
    if (status == DREDGE_OK) {
        status = digest_of(n_outcomes, again, replay->digest);
    }
    if (status == DREDGE_OK) {
        status = digest_of(n_outcomes, filed, replay->filed);
    }
    free(values);
    return status;
}

static void print_table(const struct replay *replay)
{
    static const int shown[] = {SERIES_structural_share, SERIES_quick_results, SERIES_symptom, SERIES_trust,
                                SERIES_momentum,         SERIES_latent,        SERIES_open,    SERIES_process_share,
                                SERIES_pressure,         SERIES_inclusion};
    static const char *const heads[] = {"struct", "quick", "sympt",   "trust", "moment",
                                        "latent", "open",  "process", "press", "inclus"};
    enum { N_SHOWN = sizeof shown / sizeof shown[0] };
    out_print("month");
    for (int k = 0; k < N_SHOWN; k++) {
        out_print(" %7s", heads[k]);
    }
    out_print("\n");
    for (int sample = 0; sample < replay->parcel.n_samples; sample++) {
        out_print("%5d", month_of(replay, sample));
        for (int k = 0; k < N_SHOWN; k++) {
            out_print(" %7.3f", (double)series_of(replay, shown[k])[sample]);
        }
        out_print("\n");
    }
    out_print("\n");
    for (int outcome = 0; outcome < study_n_outcomes(&replay->study); outcome++) {
        out_print("%-26s %.10g\n", study_outcome_info(&replay->study, outcome).long_name, outcome_of(replay, outcome));
    }
}

static void print_csv(const struct replay *replay)
{
    out_print("month");
    for (int series = 0; series < N_SERIES; series++) {
        out_print(",%s", series_infos[series].name);
    }
    out_print("\n");
    for (int sample = 0; sample < replay->parcel.n_samples; sample++) {
        out_print("%d", month_of(replay, sample));
        for (int series = 0; series < N_SERIES; series++) {
            out_print(",");
            query_csv_number((double)series_of(replay, series)[sample]);
        }
        out_print("\n");
    }
}

static dredge_status print_json(const struct replay *replay)
{
    struct json json = {0};
    json_begin_object(&json);
    json_put_whole(&json, "point", replay->point);
    json_put_string(&json, "regime", replay->info->regimes[replay->regime]);
    json_put_whole(&json, "replicate", replay->replicate);
    json_put_string(&json, "digest", replay->digest);
    json_key(&json, "same");
    json_boolean(&json, strcmp(replay->digest, replay->filed) == 0);
    json_key(&json, "outcomes");
    json_begin_object(&json);
    for (int outcome = 0; outcome < study_n_outcomes(&replay->study); outcome++) {
        json_put_number(&json, study_outcome_name(&replay->study, outcome), outcome_of(replay, outcome));
    }
    json_end(&json);
    json_key(&json, "month");
    json_begin_array(&json);
    for (int sample = 0; sample < replay->parcel.n_samples; sample++) {
        json_whole(&json, month_of(replay, sample));
    }
    json_end(&json);
    json_key(&json, "series");
    json_begin_object(&json);
    for (int series = 0; series < N_SERIES; series++) {
        json_key(&json, series_infos[series].name);
        json_begin_array(&json);
        for (int sample = 0; sample < replay->parcel.n_samples; sample++) {
            json_float(&json, series_of(replay, series)[sample]);
        }
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return out_json(&json);
}

static dredge_status find_run(struct results *results, struct replay *replay, const char *point, const char *regime,
                              const char *replicate)
{
    replay->info = results_info(results);
    long long number = 0;
    long long which = 0;
    dredge_status status = arguments_whole("--point", point, 0, replay->info->n_points - 1, &which);
    if (status == DREDGE_OK) {
        status = results_study(results, &replay->study);
    }
    if (status == DREDGE_OK) {
        int in_file = replay->info->n_replicates, in_study = replay->study.replication.max;
        status = arguments_whole("--replicate", replicate, 0, (in_file > in_study ? in_file : in_study) - 1, &number);
    }
    if (status == DREDGE_OK) {
        status = query_regime(replay->info, regime, &replay->regime);
    }
    replay->point = (int)which;
    replay->replicate = (int)number;
    return status;
}

/* Was the run left out, by a stopping rule, a shard or an interruption? */
static dredge_status check_was_run(struct results *results, const struct replay *replay)
{
    size_t n = (size_t)replay->info->n_regimes * (size_t)replay->info->n_replicates;
    uint8_t *statuses = malloc(n);
    if (statuses == NULL) {
        return status_no_memory(n);
    }
    dredge_status status = results_status(results, replay->point, 1, statuses);
    int is_beyond = replay->replicate >= replay->info->n_replicates;
    size_t place = (size_t)replay->regime * (size_t)replay->info->n_replicates + (size_t)replay->replicate;
    if (status == DREDGE_OK && (is_beyond || statuses[place] == RUN_NOT_RUN)) {
        status = status_fail(DREDGE_USAGE,
                             "replicate %d of point %d under %s was not run: a stopping rule, a shard or an "
                             "interruption left it out",
                             replay->replicate, replay->point, replay->info->regimes[replay->regime]);
    }
    free(statuses);
    return status;
}

static dredge_status run_again(struct results *results, struct replay *replay)
{
    dredge_status status = check_was_run(results, replay);
    if (status != DREDGE_OK) {
        return status;
    }
    status = replay_run(&replay->study, replay->point, replay->replicate, &replay->parcel);
    if (status == DREDGE_OK && replay->parcel.status[replay->regime] != RUN_DONE) {
        return status_fail(DREDGE_FAILURE, "this run fails: %s", replay->parcel.message);
    }
    return status == DREDGE_OK ? take_digests(results, replay) : status;
}

/* Another model may well give another run: then both are named. */
static dredge_status fail_as_different(const struct replay *own)
{
    const char *model = own->info->model_stamp;
    if (strcmp(model, DREDGE_MODEL_STAMP) == 0) {
        return status_fail(DREDGE_FAILURE, "the run differs from the file: outcomes %s here, %s there", own->digest,
                           own->filed);
    }
    return status_fail(DREDGE_FAILURE,
                       "the run differs from the file: outcomes %s here, %s there; the file's runs were made by %s%s, "
                       "this is model %s (dredge --version)",
                       own->digest, own->filed, model[0] != '\0' ? "model " : "a model that it does not name", model,
                       DREDGE_MODEL_STAMP);
}

static dredge_status replay(struct results *results, struct replay *own, int json, int csv)
{
    dredge_status status = run_again(results, own);
    if (status != DREDGE_OK) {
        return status;
    }
    if (json) {
        status = print_json(own);
    } else if (csv) {
        print_csv(own);
    } else {
        print_table(own);
        out_print("\ndigest of the outcomes %s\n", own->digest);
    }
    if (status == DREDGE_OK && strcmp(own->digest, own->filed) != 0) {
        return fail_as_different(own);
    }
    if (!json && !csv) {
        out_print("the same bits as in the file\n");
    }
    return status;
}

static dredge_status read_people(struct people *people, const char *month, const char *threshold)
{
    long long number = people->month;
    dredge_status status = month == NULL ? DREDGE_OK : arguments_whole("--month", month, 0, 24000, &number);
    people->month = (int)number;
    if (status == DREDGE_OK) {
        status = query_share("--threshold", threshold, &people->threshold);
    }
    return status == DREDGE_OK ? people_check(people) : status;
}

int cmd_replay(int argc, char **argv)
{
    const char *file = NULL, *point = NULL, *regime = NULL, *replicate = NULL, *month = NULL, *threshold = NULL;
    struct people people = {.threshold = 0.5, .month = -1};
    int json = 0;
    int csv = 0;
    int done = 0;
    const struct query_option options[] = {{"--point", &point, NULL},
                                           {"--regime", &regime, NULL},
                                           {"--replicate", &replicate, NULL},
                                           {"--json", NULL, &json},
                                           {"--csv", NULL, &csv},
                                           {"--persons", &people.persons, NULL},
                                           {"--ties", &people.ties, NULL},
                                           {"--network", &people.network, NULL},
                                           {"--graphml", &people.graph, NULL},
                                           {"--month", &month, NULL},
                                           {"--threshold", &threshold, NULL},
                                           {"--force", NULL, &people.force}};
    struct results *results = NULL;
    struct replay own = {.regime = 0};
    dredge_status status = query_parse(argc, argv, sizeof options / sizeof options[0], options, 1, &file, help, &done);
    people.input = file;
    if (status == DREDGE_OK && !done) {
        status = read_people(&people, month, threshold);
    }
    if (status == DREDGE_OK && !done) {
        status = results_open(&results, file);
    }
    if (status == DREDGE_OK && !done) {
        status = find_run(results, &own, point, regime, replicate);
    }
    if (status == DREDGE_OK && !done) {
        status = replay(results, &own, json, csv);
    }
    if (status == DREDGE_OK && !done && people_asked(&people)) {
        const struct watched run = {own.point, own.regime, own.replicate};
        status = people_write(&people, &own.study, &run);
    }
    parcel_free(&own.parcel);
    study_free(&own.study);
    results_close(results);
    return arguments_exit("replay", status);
}
