/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/interruption.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/tune_forms.h"
#include "cli/tune_table.h"

static const char help[] =
    "dredge tune STUDY.yaml [--maximise OUTCOME | --minimise OUTCOME] [--subject-to \"OUTCOME<=X\"]...\n"
    "            [--vary KEYS] [--from REGIME] [--candidates N] [--generations N] [--validate N]\n"
    "            [--robust [--by mean|worst|regret] [--worlds N]]\n"
    "            [--set KEY=VALUE]... [--seed N] [--threads N] [--quiet] [--json | --csv]\n"
    "\n"
    "Searches the space of regimes for better steering: successive halving over a Sobol sample, then CMA-ES, with "
    "common\n"
    "random numbers. The winner and the trade-off front are run again with fresh luck, and the optimism of the search "
    "is\n"
    "told. A design in the study is left aside, but with --robust. STUDY.yaml may be -: standard input.\n"
    "\n"
    "  --maximise OUTCOME      structural_share when not given; dredge show outcomes lists them, and the\n"
    "                          study may have its own\n"
    "  --minimise OUTCOME      the other way round\n"
    "  --subject-to BOUND      \"symptom_burden<=0.5\" or \"survival>=0.95\", on the mean; as often as you like\n"
    "  --vary KEYS             only these steering parameters: base,depth,kpi_weight; all eight when not given\n"
    "  --from REGIME           take the other parameters from this regime of the study; its last one when not given\n"
    "  --candidates N          of the first round, 256 when not given\n"
    "  --generations N         of CMA-ES, 20 when not given\n"
    "  --validate N            fresh replicates of the finalists, 500 when not given\n"
    "  --robust                search for what does well in several worlds: the points of the study's design, such as "
    "a\n"
    "                          posterior or theories\n"
    "  --by CRITERION          mean (over worlds), worst (of them), or regret (the largest, among finalists); mean "
    "when "
    "not\n"
    "                          given\n"
    "  --worlds N              so many points at most, evenly taken; 16 when not given\n"
    "  --set KEY=VALUE         replace a value of the study\n"
    "  --seed N, --threads N   as in run\n"
    "  --quiet                 no progress\n"
    "  --json, --csv           for other programs\n";

struct tune {
    const char *file, *maximise, *minimise, *vary, *from, *by;
    const char *bounds[TUNER_MAX_CONSTRAINTS]; /* as given */
    int quiet, json, csv, robust, done, n_bounds;
    struct overrides overrides;
    struct tuner_options options;
};

static void tune_progress(void *context, const char *stage, double share)
{
    (void)context;
    out_draw("%s %3.0f%%", stage, 100 * share);
}

/* "symptom_burden<=0.5" */
static dredge_status tune_constraint(const struct study *study, const char *text, struct tuner_options *options)
{
    char name[64];
    const char *sign = strpbrk(text, "<>");
    size_t length = sign ? (size_t)(sign - text) : 0;
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (!sign || length == 0 || length >= sizeof name || sign[1] != '=') {
        return status_fail(DREDGE_USAGE, "--subject-to \"%s\": must look like symptom_burden<=0.5 or survival>=0.95",
                           text);
    }
    struct constraint *own = &options->constraints[options->n_constraints++];
    memcpy(name, text, length);
    name[length] = 0;
    own->upper = *sign == '<';
    dredge_status status = query_study_outcome(study, name, &own->outcome);
    return status == DREDGE_OK ? query_number("--subject-to", sign + 2 + strspn(sign + 2, " "), &own->bound) : status;
}

/* Takes every "--subject-to BOUND" out of argv. */
static dredge_status tune_take_bounds(int *argc, char **argv, struct tune *tune)
{
    static const char option[] = "--subject-to";
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        size_t n = sizeof option - 1;
        const char *value = NULL;
        if (strncmp(argv[i], option, n) == 0 && argv[i][n] == '=') {
            value = argv[i] + n + 1;
        } else if (strcmp(argv[i], option) == 0) {
            if (i + 1 == *argc) {
                return status_fail(DREDGE_USAGE, "%s needs a value", option);
            }
            value = argv[++i];
        } else {
            argv[kept++] = argv[i];
            continue;
        }
        if (tune->n_bounds == TUNER_MAX_CONSTRAINTS) {
            return status_fail(DREDGE_USAGE, "%s: at most %d bounds", option, (int)TUNER_MAX_CONSTRAINTS);
        }
        tune->bounds[tune->n_bounds++] = value;
    }
    *argc = kept;
    return DREDGE_OK;
}

/* --robust with --by and --worlds, which need it. */
static dredge_status tune_robust(const struct tune *tune, const char *worlds, struct tuner_options *options)
{
    static const char *const names[] = {"mean", "worst", "regret"};
    long long n = 16;
    int found = tune->by == NULL ? TUNER_MEAN : -1;
    for (int i = 0; tune->by != NULL && i < 3; i++) {
        found = strcmp(tune->by, names[i]) == 0 ? i : found;
    }
    if (!tune->robust && (tune->by != NULL || worlds != NULL)) {
        return status_fail(DREDGE_USAGE, "%s needs --robust", tune->by != NULL ? "--by" : "--worlds");
    }
    if (found < 0) {
        return status_fail(DREDGE_USAGE, "--by %s: must be mean, worst or regret", tune->by);
    }
    dredge_status status = arguments_whole("--worlds", worlds, 2, 10000, &n);
    options->n_worlds = tune->robust ? (int)n : 1;
    options->criterion = (enum tuner_criterion)found;
    return status;
}

static dredge_status tune_words(int argc, char **argv, struct tune *tune)
{
    const char *candidates = NULL, *generations = NULL, *validate = NULL, *seed = NULL, *threads = NULL;
    const char *worlds = NULL;
    const struct query_option options[] = {{"--robust", NULL, &tune->robust},
                                           {"--by", &tune->by, NULL},
                                           {"--worlds", &worlds, NULL},
                                           {"--maximise", &tune->maximise, NULL},
                                           {"--maximize", &tune->maximise, NULL},
                                           {"--minimise", &tune->minimise, NULL},
                                           {"--minimize", &tune->minimise, NULL},
                                           {"--vary", &tune->vary, NULL},
                                           {"--from", &tune->from, NULL},
                                           {"--candidates", &candidates, NULL},
                                           {"--generations", &generations, NULL},
                                           {"--validate", &validate, NULL},
                                           {"--seed", &seed, NULL},
                                           {"--threads", &threads, NULL},
                                           {"--quiet", NULL, &tune->quiet},
                                           {"--json", NULL, &tune->json},
                                           {"--csv", NULL, &tune->csv}};
    struct tuner_options *own = &tune->options;
    long long numbers[4] = {own->n_candidates, own->n_generations, own->n_validate, 0};
    dredge_status status = arguments_take_sets(&argc, argv, &tune->overrides);
    if (status == DREDGE_OK) {
        status = tune_take_bounds(&argc, argv, tune);
    }
    if (status == DREDGE_OK) {
        status = query_parse(argc, argv, 17, options, 1, &tune->file, help, &tune->done);
    }
    if (status != DREDGE_OK || tune->done) {
        return status;
    }
    if ((tune->maximise && tune->minimise) || (tune->json && tune->csv)) {
        return status_fail(DREDGE_USAGE, tune->json && tune->csv ? "--json and --csv exclude each other"
                                                                 : "--maximise and --minimise exclude each other");
    }
    own->maximise = !tune->minimise;
    const struct {
        const char *name, *text;
        long long low, high;
    } whole[4] = {{"--candidates", candidates, 16, 4096},
                  {"--generations", generations, 0, 1000},
                  {"--validate", validate, 2, 100000},
                  {"--threads", threads, 1, 4096}};
    for (int i = 0; status == DREDGE_OK && i < 4; i++) {
        status = arguments_whole(whole[i].name, whole[i].text, whole[i].low, whole[i].high, &numbers[i]);
    }
    own->n_candidates = (int)numbers[0];
    own->n_generations = (int)numbers[1];
    own->n_validate = (int)numbers[2];
    own->n_threads = (int)numbers[3];
    if (status == DREDGE_OK) {
        status = tune_robust(tune, worlds, own);
    }
    return status == DREDGE_OK ? arguments_add_short(&tune->overrides, NULL, seed) : status;
}

/* The objective and the bounds, whose outcomes may be the study's own. */
static dredge_status tune_outcomes(const struct tune *tune, const struct study *study, struct tuner_options *options)
{
    const char *objective = tune->minimise != NULL ? tune->minimise : tune->maximise;
    dredge_status status = query_study_outcome(study, objective, &options->outcome);
    for (int i = 0; status == DREDGE_OK && i < tune->n_bounds; i++) {
        status = tune_constraint(study, tune->bounds[i], options);
    }
    return status;
}

/* The steering that parameters outside the search come from. */
static dredge_status tune_from(const struct study *study, const char *name, struct steering *rest)
{
    int found = name != NULL ? study_regime(study, name) : study->n_regimes - 1;
    if (found < 0) {
        return status_fail(DREDGE_USAGE, "--from %s: the study has no such regime", name);
    }
    *rest = study->regimes[found].phase[0].steering;
    return DREDGE_OK;
}

static dredge_status tune_search(struct tune *tune, const struct study *study)
{
    struct space space;
    struct steering rest;
    struct tuned tuned = {0};
    dredge_status status = tune_outcomes(tune, study, &tune->options);
    if (status == DREDGE_OK) {
        status = tune_from(study, tune->from, &rest);
    }
    if (status == DREDGE_OK) {
        status = space_init(&space, &rest, tune->vary);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    int shown = !tune->quiet && out_has_terminal();
    tune->options.progress = shown ? tune_progress : NULL;
    status = tuner_run(study, &space, &tune->options, &tuned);
    if (shown) {
        out_erase();
    }
    if (status == DREDGE_OK && tune->csv) {
        tune_print_csv(&tuned, &tune->options);
    } else if (status == DREDGE_OK) {
        status = tune->json ? tune_print_json(&tuned, &tune->options) : tune_print_table(&tuned, &tune->options);
    }
    tuner_free(&tuned);
    return status;
}

int cmd_tune(int argc, char **argv)
{
    struct tune tune = {.options = tuner_defaults()};
    struct study study = {0};
    const char *command = argv[0];
    dredge_status status = tune_words(argc, argv, &tune);
    if (status != DREDGE_OK || tune.done) {
        return query_exit(command, status);
    }
    tune.options.stop = interruption_watch();
    status = arguments_study(tune.file, &tune.overrides, &study);
    if (status == DREDGE_OK) {
        status = tune_search(&tune, &study);
    }
    study_free(&study);
    return arguments_exit(command, status);
}
