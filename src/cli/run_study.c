/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "cli/arguments.h"
#include "cli/compare_table.h"
#include "cli/interruption.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/query.h"
#include "cli/run_in_memory.h"
#include "cli/table.h"
#include "engine/kernel.h"
#include "engine/lanes.h"
#include "store/file/provenance.h"
#include "store/store.h"
#include "store/survey.h"
#include "run/runner.h"
#include "run/store_sink.h"

static const char help[] =
    "dredge run STUDY.yaml [-o FILE.h5] [--set KEY=VALUE]... [--replicates N] [--seed N]\n"
    "           [--threads N] [--shard I/N] [--checkpoint-every MONTHS] [--resume] [--force]\n"
    "           [--extend OLD.h5] [--no-file] [--quiet] [--json]\n"
    "\n"
    "Runs a study: every design point, under every regime, as often as it asks for. Writes the results to FILE.h5\n"
    "(results/STUDY.h5 when not given) and prints the comparison of the regimes. STUDY.yaml may be -: standard input.\n"
    "\n"
    "  -o FILE.h5        where the results go\n"
    "  --set KEY=VALUE   replace a value of the study: --set funder.target=2 (as often as you like)\n"
    "  --replicates N    runs per design point and regime\n"
    "  --seed N          another seed: other luck, the same study\n"
    "  --threads N       threads; OMP_NUM_THREADS or all cores when not given. Results do not depend on it\n"
    "  --shard I/N       only part I of N (1 <= I <= N); `dredge merge` joins the parts\n"
    "  --checkpoint-every MONTHS\n"
    "                    save every world of a programme so often, for runs that take hours: --resume goes on from "
    "the\n"
    "                    last one. Its worlds then run one after the other. Studies of single collaborations, whose\n"
    "                    runs are short, are saved as they go anyway: it changes nothing there\n"
    "  --resume          go on where an interrupted run of the same study stopped\n"
    "  --extend OLD.h5   take over the runs of a file whose study asked for less: fewer replicates, less precision, "
    "fewer\n"
    "                    design points or regimes. Only what is missing is run; the new file is the same as one made "
    "from\n"
    "                    scratch. Design points stay: Sobol goes on, a Latin hypercube doubles, grids and lists get "
    "more\n"
    "  --force           replace an existing results file\n"
    "  --no-file         print the comparison and keep nothing\n"
    "  --quiet           no progress bar and no table\n"
    "  --json            print the comparison as one JSON document\n";

struct run {
    const struct crew *crew; /* NULL: one process */
    const char *file, *output;
    char *output_owned;
    int quiet, json, no_file;
    struct overrides overrides;
    struct store_options store;
    struct runner_options runner;
    struct checkpoint_keeper keeper;
    struct progress progress;
};

static void warn(void *context, const char *sentence)
{
    (void)context;
    out_tell("dredge run: %s\n", sentence);
}

/* ---- the command ---- */

/* What only makes sense where something is kept. */
static dredge_status check_no_file(const struct run *run)
{
    if (run->output != NULL || run->store.resume || run->store.force || run->store.extends != NULL ||
        run->store.n_shards > 1 || run->runner.checkpoint_every > 0 || run->crew != NULL) {
        return status_fail(DREDGE_USAGE,
                           "--no-file keeps nothing: -o, --resume, --extend, --force, --shard, --checkpoint-every and "
                           "ranks do not go with it");
    }
    return DREDGE_OK;
}

static dredge_status read_words(int argc, char **argv, struct run *run, int *done)
{
    const char *threads = NULL, *shard = NULL, *replicates = NULL, *seed = NULL, *every = NULL;
    const struct query_option options[] = {
        {"-o", &run->output, NULL},
        {"--output", &run->output, NULL},
        {"--replicates", &replicates, NULL},
        {"--seed", &seed, NULL},
        {"--threads", &threads, NULL},
        {"--shard", &shard, NULL},
        {"--checkpoint-every", &every, NULL},
        {"--resume", NULL, &run->store.resume},
        {"--force", NULL, &run->store.force},
        {"--quiet", NULL, &run->quiet},
        {"--json", NULL, &run->json},
        {"--no-file", NULL, &run->no_file},
        {"--extend", &run->store.extends, NULL},
    };
    enum { N_OPTIONS = sizeof options / sizeof options[0] };
    long long n_threads = 0, n_months = 0;
    run->store.n_shards = 1;
    dredge_status status = arguments_take_sets(&argc, argv, &run->overrides);
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, N_OPTIONS, options, 1, &run->file, help, done);
    }
    if (status != DREDGE_OK || *done) {
        return status;
    }
    status = progress_check();
    if (status == DREDGE_OK) {
        status = arguments_add_short(&run->overrides, replicates, seed);
    }
    if (status == DREDGE_OK) {
        status = arguments_whole("--threads", threads, 1, 4096, &n_threads);
    }
    if (status == DREDGE_OK) {
        status = arguments_whole("--checkpoint-every", every, 1, 24000, &n_months);
    }
    if (status == DREDGE_OK) {
        status = arguments_shard(shard, &run->store.shard, &run->store.n_shards);
    }
    run->runner.n_threads = run->store.n_threads = (int)n_threads;
    run->runner.checkpoint_every = (int)n_months;
    run->runner.shard = run->store.shard;
    run->runner.n_shards = run->store.n_shards;
    if (status == DREDGE_OK && run->no_file) {
        return check_no_file(run);
    }
    if (status == DREDGE_OK && run->store.extends != NULL && run->store.n_shards > 1) {
        return status_fail(DREDGE_USAGE,
                           "--extend and --shard exclude each other: the runs of the old file would stand in "
                           "every shard; ranks and threads share the work of an extension");
    }
    if (status == DREDGE_OK && run->output == NULL) {
        run->output_owned = arguments_default_output(run->file);
        run->output = run->output_owned;
        status = run->output == NULL ? status_no_memory(strlen(run->file)) : DREDGE_OK;
    }
    return status;
}

/* ---- crews ---- */

/* What all members of the crew agree on. A member that fails alone tells why; the others end with it. */
static dredge_status agree(const struct run *run, dredge_status own)
{
    if (run->crew == NULL) {
        return own;
    }
    int speaks = 0;
    dredge_status worst = run->crew->agree(run->crew->context, own, &speaks);
    if (worst != DREDGE_OK && !speaks) {
        status_clear();
    }
    return worst;
}

/* Large worlds are stepped by all members together; otherwise each takes chunks. */
static void join_crew(struct run *run, const struct study *study)
{
    const struct crew *crew = run->crew;
    if (crew == NULL) {
        return;
    }
    if (study->parameters.collaborations >= LANES * crew->n_ranks) {
        run->runner.part = crew->rank;
        run->runner.n_parts = crew->n_ranks;
        run->runner.all_sum = crew->all_sum;
        run->runner.all_sum_context = crew->context;
    } else {
        run->runner.next = crew->next;
        run->runner.next_context = crew->context;
    }
}

/* The members that step a world with the first one leave the storing to it. */
static dredge_status leave_to_first(void *context, int n_parcels, struct parcel *parcels)
{
    (void)context;
    (void)n_parcels;
    (void)parcels;
    return DREDGE_OK;
}

/* The other members find the output that the first one has prepared and signed. What they step together they also save
 * together. */
static dredge_status join_store(struct run *run, const struct study *study, struct store **store)
{
    int is_first = crew_is_first(run->crew);
    int64_t of_first[2] = {run->store.sign, is_first ? run->runner.checkpoint_every : 0};
    run->crew->all_sum(run->crew->context, 2, of_first);
    run->store.sign = of_first[0];
    if (run->runner.checkpoint_every != of_first[1]) {
        return status_fail(DREDGE_USAGE, "--checkpoint-every: must be the same for all ranks");
    }
    return is_first ? DREDGE_OK : store_begin(store, run->output, study, &run->store, warn, NULL);
}

static dredge_status begin_store(struct run *run, const struct study *study, struct store **store)
{
    dredge_status status = DREDGE_OK;
    run->store.rank = run->crew == NULL ? 0 : run->crew->rank;
    if (crew_is_first(run->crew)) {
        status = store_begin(store, run->output, study, &run->store, warn, NULL);
    }
    if (status == DREDGE_OK && run->crew != NULL && crew_is_first(run->crew)) {
        status = store_sign(*store, &run->store.sign);
    }
    status = agree(run, status);
    return status == DREDGE_OK && run->crew != NULL ? agree(run, join_store(run, study, store)) : status;
}

/* Counts what is on disk, as `dredge status` does: runs that were under way are lost. */
static dredge_status tell_interrupted(const struct run *run, const struct study *study, long long n_runs)
{
    struct study stored = {0};
    struct survey survey;
    dredge_status status = survey_output(run->output, &stored, &survey);
    if (status == DREDGE_OK) {
        int saves_worlds = run->runner.checkpoint_every > 0 && study->parameters.collaborations > 1;
        char numbers[2][TABLE_NUMBER_BYTES];
        char *folder = survey_parts_word(run->output);
        out_tell("dredge run: interrupted; what was finished is saved (%s of %s runs%s). The same command with "
                 "--resume goes on.\n"
                 "What is there can be read: dredge merge SOME.h5 %s\n",
                 table_count(survey.n_done + survey.n_failed, numbers[0]), table_count(n_runs, numbers[1]),
                 saves_worlds ? ", and the world under way" : "", folder != NULL ? folder : run->output);
        free(folder);
    }
    study_free(&stored);
    return status;
}

/* Remembers the last progress for the sentence above, and shows it. */
struct watch {
    struct progress *progress;
    struct runner_progress last;
};

static void watch_progress(void *context, const struct runner_progress *runs)
{
    struct watch *watch = context;
    watch->last = *runs;
    progress_show(watch->progress, runs);
}

static dredge_status run_into(struct run *run, const struct study *study, struct store *store)
{
    struct watch watch = {&run->progress, {0, runner_runs(study)}};
    struct runner_sink sink = store_sink(store);
    run->keeper = store_sink_keeper(store);
    join_crew(run, study);
    if (run->runner.n_parts > 1 && !crew_is_first(run->crew)) {
        sink.append = leave_to_first;
    }
    run->runner.keeper = &run->keeper;
    run->runner.progress = watch_progress;
    run->runner.progress_context = &watch;
    progress_begin(&run->progress, run->quiet || run->json || !crew_is_first(run->crew));
    dredge_status status = runner_run(study, &run->runner, &sink);
    progress_end(&run->progress);
    if (status != DREDGE_OK && status != DREDGE_INTERRUPTED && run->runner.n_parts > 1) {
        run->crew->abandon(run->crew->context, arguments_exit("run", status)); /* the others wait for its sums */
    }
    status = agree(run, status); /* now all members have saved theirs */
    if (status == DREDGE_OK && crew_is_first(run->crew)) {
        status = store_finish(store);
    } else if (status == DREDGE_INTERRUPTED && crew_is_first(run->crew)) {
        dredge_status told = tell_interrupted(run, study, watch.last.n_runs);
        status = told == DREDGE_OK ? status : told;
    }
    return agree(run, status);
}

static dredge_status report(const struct run *run)
{
    if (run->json) {
        return compare_print(run->output, NULL, COMPARISON_AT_LEAST, COMPARE_JSON, LANGUAGE_EN);
    }
    if (run->quiet) {
        return DREDGE_OK;
    }
    dredge_status status = compare_print(run->output, NULL, COMPARISON_AT_LEAST, COMPARE_TABLE, LANGUAGE_EN);
    if (status == DREDGE_OK) {
        out_print("\nResults: %s\n", run->output);
    }
    return status;
}

static dredge_status report_shard(const struct run *run)
{
    if (!run->quiet && !run->json) {
        out_print("Shard %d of %d is done. When all are: dredge merge OUT.h5 PART.h5...\n", run->store.shard + 1,
                  run->store.n_shards);
    }
    return DREDGE_OK;
}

/* Before anything is read or run. What is there and not to be replaced, the store looks at. */
static dredge_status check_output(const struct run *run)
{
    const char *const inputs[] = {run->file, run->store.extends};
    const struct output_options how = {.kind = &output_results,
                                       .force = run->store.force,
                                       .goes_on = !run->store.force,
                                       .n_inputs = run->store.extends != NULL ? 2 : 1,
                                       .inputs = inputs};
    return crew_is_first(run->crew) ? output_check(run->output, &how) : DREDGE_OK;
}

static dredge_status run_without_file(struct run *run)
{
    struct study study = {0};
    dredge_status status = arguments_study(run->file, &run->overrides, &study);
    if (status == DREDGE_OK) {
        status = run_in_memory(&study, &run->runner, run->quiet, run->json);
    }
    study_free(&study);
    return status;
}

static dredge_status run_study(struct run *run, int argc, char **argv)
{
    struct study study = {0};
    struct store *store = NULL;
    char *provenance = NULL;
    dredge_status status = kernel_check(1); /* before what --force replaces is gone */
    if (status == DREDGE_OK) {
        status = check_output(run);
    }
    if (status == DREDGE_OK) {
        status = arguments_study(run->file, &run->overrides, &study);
    }
    if (status == DREDGE_OK) {
        status = provenance_make(&study, argc, argv, &provenance);
    }
    status = agree(run, status);
    if (status == DREDGE_OK) {
        run->store.provenance = provenance;
        status = begin_store(run, &study, &store);
    }
    if (status == DREDGE_OK) {
        status = run_into(run, &study, store);
    }
    int may_fail = status == DREDGE_OK && store_may_hold_failures(store);
    store_end(store);
    if (status == DREDGE_OK && crew_is_first(run->crew)) {
        status = run->store.n_shards > 1 ? report_shard(run) : report(run);
        status = status == DREDGE_OK && may_fail ? query_failed_in(run->output) : status;
    }
    free(provenance);
    study_free(&study);
    return status;
}

/* The sentence, from the member that has one. */
static int exit_of(const struct run *run, dredge_status status)
{
    int silent = status == DREDGE_INTERRUPTED || (run->crew != NULL && status_message()[0] == '\0');
    return silent ? status_exit(status) : arguments_exit("run", status);
}

int run_study_command(int argc, char **argv, const struct crew *crew)
{
    struct run run = {.crew = crew};
    int done = 0;
    char **typed = malloc((size_t)argc * sizeof *typed); /* reading moves words about */
    if (typed == NULL) {
        return exit_of(&run, status_no_memory((size_t)argc * sizeof *typed));
    }
    memcpy(typed, argv, (size_t)argc * sizeof *typed);
    dredge_status status = read_words(argc, argv, &run, &done);
    if (status == DREDGE_OK && crew != NULL && run.store.n_shards > 1) {
        status = status_fail(DREDGE_USAGE, "--shard is for processes on their own; ranks share the work by themselves");
    }
    if (status == DREDGE_OK && !done && crew != NULL && strcmp(run.file, "-") == 0) {
        status = status_fail(DREDGE_USAGE, "ranks cannot all read the study from standard input: give a file");
    }
    status = done ? status : agree(&run, status);
    if (status == DREDGE_OK && !done) {
        run.runner.stop = interruption_watch();
        status = run.no_file ? run_without_file(&run) : run_study(&run, argc, typed);
    }
    free(typed);
    free(run.output_owned);
    return exit_of(&run, status);
}
