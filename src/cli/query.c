/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/query.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "cli/table.h"
#include "store/store.h"

#include "study/scalar.h"
#include "study/suggest.h"

/* The option that `word` gives, up to its '='. */
static const struct query_option *find_option(const char *word, int n_options, const struct query_option *options)
{
    size_t length = strcspn(word, "=");
    for (int i = 0; i < n_options; i++) {
        if (strlen(options[i].name) == length && strncmp(options[i].name, word, length) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

static dredge_status refuse_option(const char *word, int n_options, const struct query_option *options)
{
    struct suggestion suggestion;
    suggest_begin(&suggestion, word);
    for (int i = 0; i < n_options; i++) {
        suggest_try(&suggestion, options[i].name);
    }
    const char *best = suggest_best(&suggestion);
    return status_fail(DREDGE_USAGE, best ? "unknown option %s (did you mean %s?)" : "unknown option %s", word, best);
}

static dredge_status parse(int argc, char **argv, int n_options, const struct query_option *options, int most,
                           const char **files, const char *help, int *n_files, int *done)
{
    int n = 0;
    int only_files = 0;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (only_files || word[0] != '-' || word[1] == 0) {
            if (n == most) {
                return status_fail(DREDGE_USAGE, "\"%s\" is one file too many", word);
            }
            files[n++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            only_files = 1;
            continue;
        }
        if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            out_text(help);
            *done = 1;
            return DREDGE_OK;
        }
        const struct query_option *option = find_option(word, n_options, options);
        const char *value = strchr(word, '=');
        if (option == NULL) {
            return refuse_option(word, n_options, options);
        }
        if (option->value == NULL && value) {
            return status_fail(DREDGE_USAGE, "%s takes no value", option->name);
        }
        if (option->value && value == NULL && i + 1 == argc) {
            return status_fail(DREDGE_USAGE, "%s needs a value", option->name);
        }
        if (option->value) {
            *option->value = value ? value + 1 : argv[++i];
        } else {
            *option->flag = 1;
        }
    }
    *n_files = n;
    return n > 0 || most == 0 ? DREDGE_OK
                              : status_fail(DREDGE_USAGE, "a file is missing; see dredge %s --help", argv[0]);
}

dredge_status query_parse_files(int argc, char **argv, int n_options, const struct query_option *options,
                                const char ***files, const char *help, int *n_files, int *done)
{
    *files = calloc((size_t)argc, sizeof **files);
    return *files != NULL ? parse(argc, argv, n_options, options, argc, *files, help, n_files, done)
                          : status_no_memory((size_t)argc * sizeof **files);
}

dredge_status query_parse(int argc, char **argv, int n_options, const struct query_option *options, int n_files,
                          const char **files, const char *help, int *done)
{
    int n = 0;
    dredge_status status = parse(argc, argv, n_options, options, n_files, files, help, &n, done);
    return status == DREDGE_OK && !*done && n < n_files
               ? status_fail(DREDGE_USAGE, "a file is missing; see dredge %s --help", argv[0])
               : status;
}

int query_exit(const char *command, dredge_status status)
{
    if (status != DREDGE_OK) {
        const char *sentence = status_message();
        out_tell("dredge %s: %s\n", command, *sentence ? sentence : status_name(status));
    }
    return status_exit(status);
}

dredge_status query_regime(const struct results_info *info, const char *name, int *index)
{
    if (name == NULL) {
        return DREDGE_OK;
    }
    *index = comparison_regime(info, name);
    if (*index >= 0) {
        return DREDGE_OK;
    }
    char known[512] = "";
    size_t used = 0;
    for (int r = 0; r < info->n_regimes && used < sizeof known; r++) {
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", r > 0 ? ", " : "", info->regimes[r]);
    }
    return status_fail(DREDGE_USAGE, "no regime \"%s\" in this file; it has %s", name, known);
}

/* Who has outcomes, and the name of each. */
typedef const char *name_of_outcome(const void *owner, int outcome);

static const char *name_in_results(const void *owner, int outcome)
{
    const struct results_info *info = owner;
    return info->outcomes[outcome].name;
}

static const char *name_in_study(const void *owner, int outcome)
{
    return study_outcome_name(owner, outcome);
}

static dredge_status find_outcome(const void *owner, int n_outcomes, name_of_outcome *name_of, const char *name,
                                  int *index)
{
    struct suggestion suggestion;
    if (name == NULL) {
        return DREDGE_OK;
    }
    suggest_begin(&suggestion, name);
    for (int outcome = 0; outcome < n_outcomes; outcome++) {
        if (strcmp(name_of(owner, outcome), name) == 0) {
            *index = outcome;
            return DREDGE_OK;
        }
        suggest_try(&suggestion, name_of(owner, outcome));
    }
    const char *best = suggest_best(&suggestion);
    if (best) {
        return status_fail(DREDGE_USAGE, "no outcome \"%s\" (did you mean %s?)", name, best);
    }
    return status_fail(DREDGE_USAGE, "no outcome \"%s\"; dredge show outcomes lists them", name);
}

dredge_status query_outcome(const struct results_info *info, const char *name, int *index)
{
    return find_outcome(info, info->n_outcomes, name_in_results, name, index);
}

dredge_status query_study_outcome(const struct study *study, const char *name, int *index)
{
    return find_outcome(study, study_n_outcomes(study), name_in_study, name, index);
}

dredge_status query_number(const char *option, const char *text, double *number)
{
    const char *mistake = text ? scalar_number(text, number) : NULL;
    return mistake ? status_fail(DREDGE_USAGE, "%s %s: %s", option, text, mistake) : DREDGE_OK;
}

dredge_status query_share(const char *option, const char *text, double *share)
{
    dredge_status status = query_number(option, text, share);
    return status != DREDGE_OK || (*share >= 0 && *share <= 1)
               ? status
               : status_fail(DREDGE_USAGE, "%s %s: must be between 0 and 1", option, text);
}

/* "A-B" where both are regimes; names may themselves hold a '-'. */
static dredge_status read_difference(const struct results_info *info, const char *text, struct target *target)
{
    for (const char *dash = strchr(text, '-'); dash; dash = strchr(dash + 1, '-')) {
        char first[REGIME_NAME_BYTES];
        size_t length = (size_t)(dash - text);
        if (length >= sizeof first) {
            break;
        }
        memcpy(first, text, length);
        first[length] = 0;
        int regime = comparison_regime(info, first);
        int against = comparison_regime(info, dash + 1);
        if (regime >= 0 && regime == against) {
            return status_fail(DREDGE_USAGE, "--difference %s: %s against itself is 0 everywhere; name two regimes",
                               text, first);
        }
        if (regime >= 0 && against >= 0) {
            target->regime = regime;
            target->against = against;
            return DREDGE_OK;
        }
    }
    if (info->n_regimes < 2) {
        return status_fail(DREDGE_USAGE, "--difference %s: this file has one regime, %s", text, info->regimes[0]);
    }
    char last[2 * REGIME_NAME_BYTES + 2];
    (void)snprintf(last, sizeof last, "%s-%s", info->regimes[info->n_regimes - 1], info->regimes[0]);
    return status_fail(DREDGE_USAGE, "--difference %s: must be two regimes of this file, such as %s", text, last);
}

/* Does the file have what this program's table has? */
static dredge_status check_shared(const struct results_info *info, const char *name)
{
    if (catalogue_outcome(&info->catalogue, name) < 0 && outcome_find(name) >= 0) {
        return status_fail(DREDGE_USAGE, "the file holds no outcome \"%s\": the program that made it had none", name);
    }
    return DREDGE_OK;
}

dredge_status query_target(const struct results_info *info, const char *outcome, const char *regime,
                           const char *difference, struct query_target *target)
{
    if (regime && difference) {
        return status_fail(DREDGE_USAGE, "--regime and --difference exclude each other");
    }
    struct target *own = &target->target;
    *own = (struct target){.outcome = OUTCOME_structural_share, .regime = info->n_regimes - 1, .against = -1};
    dredge_status status = check_shared(info, outcome != NULL ? outcome : outcome_infos[own->outcome].name);
    if (status == DREDGE_OK) {
        status = query_outcome(info, outcome, &own->outcome);
    }
    if (status == DREDGE_OK) {
        status = query_regime(info, regime, &own->regime);
    }
    if (status == DREDGE_OK && difference != NULL) {
        status = read_difference(info, difference, own);
    } else if (regime == NULL && info->n_regimes > 1) {
        own->against = 0;
    }
    const char *against = own->against >= 0 ? info->regimes[own->against] : "";
    if (status == DREDGE_OK) {
        (void)snprintf(target->name, sizeof target->name, "%s: %s%s%s", info->outcomes[own->outcome].name,
                       info->regimes[own->regime], own->against >= 0 ? " minus " : "", against);
    }
    return status;
}

static void stopping_lines(const struct results_info *info, const struct precision *precision, size_t n_bytes,
                           char *lines)
{
    const struct replication *rule = &precision->rule;
    if (rule->outcome < 0 || precision->most == 0) {
        return;
    }
    char numbers[3][TABLE_NUMBER_BYTES];
    char ends[3 * TABLE_NUMBER_BYTES];
    const char *most = table_count(precision->most, numbers[0]);
    (void)snprintf(ends, sizeof ends, "%s to %s", table_count(precision->fewest, numbers[1]), most);
    const char *replicates = precision->fewest == precision->most ? most : ends;
    int used =
        snprintf(lines, n_bytes, "%s replicates a point were run to know %s to %s%g (%g%% confidence).\n", replicates,
                 info->outcomes[rule->outcome].name, table_symbol("±", "+-"), rule->half_width, 100 * rule->confidence);
    if (precision->n_not_reached > 0 && (size_t)used < n_bytes) {
        (void)snprintf(lines + used, n_bytes - (size_t)used,
                       "At %s point%s %s replicates, the most that the study allows, were not enough for that.\n",
                       table_count(precision->n_not_reached, numbers[1]), precision->n_not_reached == 1 ? "" : "s",
                       table_count(rule->max, numbers[2]));
    }
}

void query_progress(const struct results_info *info, const struct precision *precision, char lines[QUERY_LINES_BYTES])
{
    long long planned = info->n_done + info->n_failed + precision->n_missing;
    int used = 0;
    char numbers[5][TABLE_NUMBER_BYTES];
    const char *done = table_count(info->n_done, numbers[0]);
    const char *failed = table_count(info->n_failed, numbers[1]);
    const char *all = table_count(planned, numbers[2]);
    lines[0] = '\0';
    if (precision->n_open > 0) { /* how many it takes is not known before */
        used =
            snprintf(lines, QUERY_LINES_BYTES,
                     "Unfinished: %s runs done, %s failed; at %s of %s points the stopping rule asks for more.\n", done,
                     failed, table_count(precision->n_open, numbers[3]), table_count(info->n_points, numbers[4]));
    } else if (precision->n_missing > 0) {
        used = snprintf(lines, QUERY_LINES_BYTES, "Unfinished: %s of %s runs done (%.0f%%), %s failed.\n", done, all,
                        100.0 * (double)info->n_done / (double)planned, failed);
    } else if (info->n_failed > 0) {
        used = snprintf(lines, QUERY_LINES_BYTES, "%s of %s runs failed.\n", failed, all);
    }
    stopping_lines(info, precision, QUERY_LINES_BYTES - (size_t)used, lines + used);
}

dredge_status query_print_progress(struct results *results)
{
    struct precision precision;
    char lines[QUERY_LINES_BYTES];
    dredge_status status = precision_of(results, &precision);
    if (status == DREDGE_OK) {
        query_progress(results_info(results), &precision, lines);
        out_text(lines);
    }
    return status;
}

dredge_status query_failed_runs(struct results *results)
{
    const struct results_info *info = results_info(results);
    char message[PARCEL_MESSAGE_BYTES] = "";
    dredge_status status = DREDGE_OK;
    int point = 0;
    for (; point < info->n_points && info->n_failed > 0 && message[0] == '\0' && status == DREDGE_OK; point++) {
        status = results_message(results, point, message);
    }
    if (status == DREDGE_OK && info->n_failed > 0) {
        char numbers[2][TABLE_NUMBER_BYTES];
        status = status_fail(DREDGE_FAILURE, "%s of %s runs failed, the first at point %d: %s",
                             table_count(info->n_failed, numbers[0]),
                             table_count(info->n_done + info->n_failed, numbers[1]), point - 1, message);
    }
    return status;
}

dredge_status query_failed_in(const char *path)
{
    struct results *results = NULL;
    dredge_status status = results_open(&results, path);
    if (status == DREDGE_OK) {
        status = query_failed_runs(results);
    }
    results_close(results);
    return status;
}

void query_csv_text(const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        out_text(text);
        return;
    }
    out_text("\"");
    for (const char *quote = strchr(text, '"'); quote != NULL; quote = strchr(text, '"')) {
        out_print("%.*s\"\"", (int)(quote - text), text);
        text = quote + 1;
    }
    out_print("%s\"", text);
}

void query_csv_number(double number)
{
    if (!isnan(number)) {
        out_print("%.10g", number);
    }
}
