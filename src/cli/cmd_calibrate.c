/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/files.h"
#include "base/json.h"
#include "base/output.h"
#include "cli/arguments.h"
#include "cli/calibrate_command.h"
#include "cli/calibrate_forms.h"
#include "cli/commands.h"
#include "cli/interruption.h"
#include "cli/out.h"
#include "cli/query.h"
#include "search/calibrate_state.h"
#include "store/file/provenance.h"
#include "store/hold.h"

static const char help[] =
    "dredge calibrate STUDY.yaml [-o FILE.h5] [--draws N] [--particles N] [--replicates N] [--set KEY=VALUE]...\n"
    "                 [--seed N] [--threads N] [--resume] [--force] [--quiet] [--json] [--self-test N]\n"
    "\n"
    "Which values of the priors' keys, and which theories, agree with the targets of the study's section "
    "`calibration`?\n"
    "Approximate Bayesian computation by sequential Monte Carlo: particles from the prior, moved towards the targets\n"
    "while the tolerance falls until it is each target's own error. The posterior goes to a file with a variable for "
    "each\n"
    "key, weights and theories. STUDY.yaml may be -: standard input.\n"
    "\n"
    "  -o FILE.h5        the posterior; results/<study>.posterior.h5 when not given\n"
    "  --draws N         most settings that are tried, 20000 when not given; two more for each particle tell its "
    "figures\n"
    "  --particles N     per generation, 1024 when not given; 100 for each key are enough\n"
    "  --replicates N    collaborations of each regime for each setting, 24 when not given\n"
    "  --self-test N     instead: N data sets drawn with known keys; are the posteriors right? Status 1 when they are "
    "not\n"
    "  --set KEY=VALUE   replace a value of the study\n"
    "  --seed N, --threads N   as in run\n"
    "  --resume          go on after an interruption, from the last whole generation\n"
    "  --force           replace an existing posterior, and forget what an interrupted calibration has found\n"
    "  --quiet           no progress\n"
    "  --json            one JSON document\n";

struct calibrate {
    const char *file, *output;
    int quiet, json, resume, force, done, n_sets;
    struct overrides overrides;
    struct calibrate_options options;
    struct processes members; /* of the crew */
    const struct crew *crew;  /* NULL: one process */
};

static void show_progress(void *context, double tolerance, double share)
{
    (void)context;
    out_draw("tolerance %.2f, %3.0f%% of the draws", tolerance, 100 * share);
}

static dredge_status read_words(int argc, char **argv, struct calibrate *own)
{
    const char *draws = NULL, *particles = NULL, *replicates = NULL, *sets = NULL, *seed = NULL, *threads = NULL;
    const struct query_option options[] = {
        {"-o", &own->output, NULL},        {"--output", &own->output, NULL},    {"--draws", &draws, NULL},
        {"--particles", &particles, NULL}, {"--replicates", &replicates, NULL}, {"--self-test", &sets, NULL},
        {"--seed", &seed, NULL},           {"--threads", &threads, NULL},       {"--resume", NULL, &own->resume},
        {"--force", NULL, &own->force},    {"--quiet", NULL, &own->quiet},      {"--json", NULL, &own->json}};
    struct calibrate_options *how = &own->options;
    long long numbers[5] = {how->n_draws, how->n_particles, how->n_replicates, 0, 0};
    dredge_status status = arguments_take_sets(&argc, argv, &own->overrides);
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, 12, options, 1, &own->file, help, &own->done);
    }
    const struct {
        const char *name, *text;
        long long low, high;
    } whole[5] = {{"--draws", draws, 32, 100000000},
                  {"--particles", particles, 16, 100000},
                  {"--replicates", replicates, 4, 100000},
                  {"--self-test", sets, 8, 100000},
                  {"--threads", threads, 1, 4096}};
    for (int i = 0; status == DREDGE_OK && !own->done && i < 5; i++) {
        status = arguments_whole(whole[i].name, whole[i].text, whole[i].low, whole[i].high, &numbers[i]);
    }
    how->n_draws = numbers[0];
    how->n_particles = (int)numbers[1];
    how->n_replicates = (int)numbers[2];
    own->n_sets = (int)numbers[3];
    how->n_threads = (int)numbers[4];
    if (status == DREDGE_OK && !own->done && how->n_draws < 2 * (long long)how->n_particles) {
        status = status_fail(DREDGE_USAGE,
                             "--draws %lld: must be at least twice --particles %d, which are drawn from the prior and "
                             "moved",
                             (long long)how->n_draws, how->n_particles);
    }
    if (status == DREDGE_OK && !own->done && own->resume && own->force) {
        status = status_fail(DREDGE_USAGE, "--resume and --force exclude each other");
    }
    if (status == DREDGE_OK && !own->done && own->n_sets > 0 && (own->output != NULL || own->resume || own->force)) {
        status =
            status_fail(DREDGE_USAGE, "--self-test keeps no posterior: -o, --resume and --force do not go with it");
    }
    return status == DREDGE_OK && !own->done ? arguments_add_short(&own->overrides, NULL, seed) : status;
}

/* results/NAME.posterior.h5 for path/NAME.yaml; the caller frees it. */
static char *default_output(const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    int length = dot != NULL && dot > name ? (int)(dot - name) : (int)strlen(name);
    return strcmp(file, "-") == 0 ? files_text("results/study.posterior.h5")
                                  : files_text("results/%.*s.posterior.h5", length, name);
}

static dredge_status test(struct calibrate *own, const struct study *study, int *passes)
{
    struct self_test result = {0};
    dredge_status status = self_test_run(study, own->n_sets, &own->options, &result);
    if (own->options.progress != NULL) {
        out_erase();
    }
    if (status == DREDGE_OK) {
        status = crew_is_first(own->crew) ? calibrate_print_test(study, &result, own->json) : DREDGE_OK;
        *passes = calibrate_test_passes(&result);
    }
    self_test_free(&result);
    return status;
}

/* The file and the table, by the first process. */
static dredge_status conclude(const struct calibrate *own, const struct study *study, const char *output,
                              const char *state, const char *provenance, const struct posterior *posterior)
{
    dredge_status status = posterior_write(output, study, posterior, provenance);
    if (status == DREDGE_OK) {
        status = own->json ? calibrate_print_json(study, posterior) : calibrate_print_table(study, posterior);
    }
    if (status == DREDGE_OK) {
        status = files_remove(state);
    }
    if (status == DREDGE_OK && !own->json) {
        out_print("\nPosterior: %s\n", output);
    }
    return status;
}

static const struct output_kind output_state = {"what dredge calibrate keeps between generations",
                                                CALIBRATE_STATE_BEGINS, NULL};

/* What an earlier calibration has left goes only when it is said so. */
static dredge_status clear_state(const char *state, int force)
{
    const struct output_options how = {.kind = &output_state, .force = force};
    if (!files_exist(state)) {
        return DREDGE_OK;
    }
    if (!force) {
        return status_fail(DREDGE_FILE,
                           "%s: what an interrupted calibration has found stands here; go on with --resume, or begin "
                           "again with --force",
                           state);
    }
    dredge_status status = output_check(state, &how);
    return status == DREDGE_OK ? files_remove(state) : status;
}

static void warn(void *context, const char *sentence)
{
    (void)context;
    out_tell("dredge calibrate: %s\n", sentence);
}

/* May the output be written, by nobody else meanwhile, and is there nothing left of an earlier calibration that is not to
 * go on? What goes on replaces what it was to replace; `*is_finished`: it has come to its end before. */
static dredge_status prepare(const struct calibrate *own, const struct study *study, const char *output,
                             const char *state, struct hold *hold, int *is_finished)
{
    const struct output_options how = {
        .kind = &output_posterior, .force = own->force || own->resume, .n_inputs = 1, .inputs = &own->file};
    dredge_status status = output_check(output, &how);
    if (status == DREDGE_OK) {
        status = hold_take(hold, output, warn, NULL);
    }
    if (status == DREDGE_OK && own->resume && files_exist(output) && !files_exist(state)) {
        *is_finished = 1;
        return posterior_is_of(output, study, &own->options);
    }
    return status == DREDGE_OK && !own->resume ? clear_state(state, own->force) : status;
}

/* What one process found out, all know. */
static int share(const struct crew *crew, int is_so)
{
    int64_t n = is_so;
    if (crew != NULL) {
        crew->all_sum(crew->context, 1, &n);
    }
    return n > 0;
}

/* As after the end of a calibration; the numbers are in the file. */
static dredge_status print_finished(const struct calibrate *own, const char *output)
{
    struct json json = {0};
    if (!own->json) {
        out_print("Nothing is left to do.\nPosterior: %s\n", output);
        return DREDGE_OK;
    }
    json_begin_object(&json);
    json_put_string(&json, "posterior", output);
    json_end(&json);
    return out_json(&json);
}

static dredge_status calibrate(struct calibrate *own, const struct study *study, const char *output,
                               const char *provenance)
{
    struct posterior posterior = {0};
    struct hold hold = {.lock = {0}};
    char *state = files_text("%s.particles", output);
    int is_finished = 0;
    dredge_status status = state != NULL ? DREDGE_OK : status_no_memory(1);
    if (status == DREDGE_OK && crew_is_first(own->crew)) {
        status = prepare(own, study, output, state, &hold, &is_finished);
    }
    status = processes_agree(own->options.crew, status);
    is_finished = status == DREDGE_OK && share(own->crew, is_finished);
    own->options.state = state;
    if (status == DREDGE_OK && is_finished) {
        status = crew_is_first(own->crew) ? print_finished(own, output) : DREDGE_OK;
    } else if (status == DREDGE_OK) {
        status = calibrate_run(study, study->calibration, 0, &own->options, &posterior);
    }
    if (own->options.progress != NULL) {
        out_erase();
    }
    if (status == DREDGE_INTERRUPTED && crew_is_first(own->crew) && files_exist(state)) {
        status_clear();
        status =
            status_fail(DREDGE_INTERRUPTED,
                        "interrupted; what was found is kept in %s. The same command with --resume goes on", state);
    }
    if (status == DREDGE_OK && !is_finished && crew_is_first(own->crew)) {
        status = conclude(own, study, output, state, provenance, &posterior);
    }
    posterior_free(&posterior);
    hold_drop(&hold);
    free(state);
    return status;
}

/* The exit status that all processes come to; one of those that know tells why. */
static int exit_of(const struct calibrate *own, const char *command, dredge_status status, int passes)
{
    int is_silent = status != DREDGE_OK && status != DREDGE_INTERRUPTED && *status_message() == '\0';
    if (own->crew != NULL) {
        int speaks = 0;
        status = own->crew->agree(own->crew->context, is_silent ? DREDGE_OK : status, &speaks);
        if (status != DREDGE_OK && !speaks) {
            status_clear();
            return status_exit(status);
        }
    }
    int code = arguments_exit(command, status);
    return code == 0 && !passes ? 1 : code;
}

/* Ranks that would find different things would wait for each other in vain. */
static dredge_status match_ranks(const struct calibrate *own, const struct study *study)
{
    struct digest digest;
    char hex[33];
    calibrate_identity(study, &own->options, hex);
    digest_begin(&digest);
    digest_text(&digest, hex);
    digest_whole(&digest, own->n_sets);
    digest_hex(&digest, hex);
    return processes_match(own->options.crew, hex, DREDGE_USAGE,
                           "another rank reads another study, or other options, than the first one; give all the same "
                           "file and options");
}

/* All that is done once the words are read. */
static dredge_status calibrate_study(struct calibrate *own, int argc, char **argv, int *passes)
{
    struct study study = {0};
    char *provenance = NULL;
    char *owned = NULL;
    dredge_status status = own->crew != NULL && strcmp(own->file, "-") == 0
                               ? status_fail(DREDGE_USAGE, "ranks cannot all read the study from standard input: give "
                                                           "a file")
                               : arguments_study(own->file, &own->overrides, &study);
    if (status == DREDGE_OK && study.calibration == NULL) {
        status = status_fail(DREDGE_STUDY,
                             "%s: no section `calibration`: add priors and targets, for example `calibration: {priors: "
                             "{model.rest: {low: 0.6, high: 0.8}}, targets: [{name: alive, outcome: survival, value: "
                             "0.9, error: 0.05}]}`",
                             own->file);
    }
    status = processes_agree(own->options.crew, status);
    if (status == DREDGE_OK) {
        status = match_ranks(own, &study);
    }
    if (status == DREDGE_OK && own->n_sets > 0) {
        status = test(own, &study, passes);
    } else if (status == DREDGE_OK) {
        owned = own->output == NULL ? default_output(own->file) : NULL;
        status = provenance_make(&study, argc, argv, &provenance);
        if (status == DREDGE_OK) {
            status = calibrate(own, &study, own->output != NULL ? own->output : owned, provenance);
        }
    }
    free(provenance);
    free(owned);
    study_free(&study);
    return status;
}

int calibrate_command(int argc, char **argv, const struct crew *crew)
{
    struct calibrate own = {.options = calibrate_defaults(), .crew = crew};
    const char *command = argv[0];
    int passes = 1;
    int n_words = argc;
    dredge_status status = read_words(argc, argv, &own);
    if (crew != NULL) {
        own.members = (struct processes){crew->rank, crew->n_ranks, crew->all_sum, crew->context};
        own.options.crew = &own.members;
    }
    status = own.done ? status : processes_agree(own.options.crew, status);
    if (status != DREDGE_OK || own.done) {
        return own.done ? status_exit(status) : exit_of(&own, command, status, passes);
    }
    own.options.stop = interruption_watch();
    own.options.progress = !own.quiet && crew_is_first(own.crew) && out_has_terminal() ? show_progress : NULL;
    status = calibrate_study(&own, n_words, argv, &passes);
    return exit_of(&own, command, status, passes);
}

int cmd_calibrate(int argc, char **argv)
{
    return calibrate_command(argc, argv, NULL);
}
