/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/outcomes.h"
#include "study/combinations.h"
#include "study/design.h"
#include "study/events.h"
#include "study/parts.h"

/* Does the design vary a key that begins so? */
static int varies(const struct study *study, const char *start)
{
    for (int factor = 0; factor < study->design.n_factors; factor++) {
        if (strncmp(study->design.factors[factor].key, start, strlen(start)) == 0) {
            return 1;
        }
    }
    return 0;
}

/* ---- conflicts of parameters and regimes ---- */

/* What gave the parameter, or else another one of its section, or else the whole study. */
static const struct yaml_node *blame(const struct reader *reader, int parameter)
{
    if (reader->given[parameter] != NULL) {
        return reader->given[parameter];
    }
    const struct yaml_node *node = reader->root;
    const char *key = parameter_infos[parameter].key;
    size_t section = strcspn(key, ".") + 1;
    for (int other = 0; other < n_parameters; other++) {
        if (reader->given[other] != NULL && strncmp(parameter_infos[other].key, key, section) == 0) {
            node = reader->given[other];
        }
    }
    return node;
}

static void complain_parameter(struct reader *reader, int parameter, const char *sentence)
{
    const struct yaml_node *node = blame(reader, parameter);
    const char *key = parameter_infos[parameter].key;
    if (node == reader->given[parameter]) {
        reader_mistake(reader, node, key, "%s", sentence);
    } else {
        reader_mistake_about(reader, node, key, sentence);
    }
}

static void complain_regime(struct reader *reader, int regime, int phase, const char *sentence)
{
    const struct yaml_node *node = reader->regime_nodes[regime];
    const struct yaml_node *months = reader->given[parameter_find("months")];
    if (node == reader->root && months != NULL) { /* the default regimes */
        reader_mistake(reader, months, "months", "%s", sentence);
        return;
    }
    const struct yaml_node *phases = yaml_entry(node, "phases");
    if (phases != NULL && phases->kind == YAML_LIST && phase < phases->n_children) {
        node = phases->first;
        for (int number = 0; number < phase; number++) {
            node = node->next;
        }
    }
    char path[READER_PATH_BYTES];
    reader_path(path, "regimes", reader->study->regimes[regime].name);
    reader_mistake_about(reader, node, path, sentence);
}

/* Takes away the conflict that blames this parameter, without making another one. */
static void mend(struct parameters *parameters, int parameter)
{
    if (parameter == parameter_find("seats.inside.public")) {
        struct sector_parameters *own = &parameters->sector[SECTOR_PUBLIC];
        parameters->sits = 1;
        own->inside = 2;
        own->organisations = 0;
    } else {
        parameter_set(parameters, parameter, 0); /* as many organisations as seats; no coupling */
    }
}

/* All conflicts: after each, what it blames is mended in a copy, so that the next one shows. */
static void complain_parameters(struct reader *reader, const struct parameters *parameters)
{
    struct parameters mended = *parameters;
    char sentence[MISTAKE_BYTES];
    int parameter;
    while (parameters_conflict(&mended, sizeof sentence, sentence, &parameter)) {
        complain_parameter(reader, parameter, sentence);
        mend(&mended, parameter);
    }
}

static void complain_regimes(struct reader *reader, int months, const struct regime *regimes)
{
    char sentence[MISTAKE_BYTES];
    int phase;
    for (int regime = 0; regime < reader->study->n_regimes; regime++) {
        if (regimes[regime].name[0] != '\0' && /* nameless ones are complained about already */
            combinations_regime(&regimes[regime], months, sizeof sentence, sentence, &phase)) {
            complain_regime(reader, regime, phase, sentence);
        }
    }
}

static void complain_events(struct reader *reader, const struct parameters *parameters)
{
    const struct study *study = reader->study;
    const struct yaml_node *item = yaml_entry(reader->root, "events");
    item = item == NULL ? NULL : item->first;
    for (int event = 0; event < study->n_events && item != NULL; event++, item = item->next) {
        char sentence[MISTAKE_BYTES], path[READER_PATH_BYTES], own[READER_PATH_BYTES];
        (void)snprintf(own, sizeof own, "events.%s.", study->events[event].name);
        if (!varies(study, own) && events_impossible(study, event, NULL, parameters, sizeof sentence, sentence)) {
            reader_path(path, "events", study->events[event].name);
            reader_mistake_about(reader, item, path, sentence);
        }
    }
}

/* Members sit in one collaboration, and say themselves where. */
static void check_members(struct reader *reader)
{
    static const char *const sections[] = {"seats.", "programme."};
    const struct study *study = reader->study;
    for (int k = 0; k < 2 && study->roster.n_members > 0; k++) {
        for (int parameter = 0; parameter < n_parameters; parameter++) {
            const struct yaml_node *given = reader->given[parameter];
            const char *key = parameter_infos[parameter].key;
            if (given != NULL && strncmp(key, sections[k], strlen(sections[k])) == 0) {
                reader_mistake(reader, given, key, "members say who sits, in one collaboration: leave this out");
            }
        }
        if (varies(study, sections[k])) {
            const struct yaml_node *node = yaml_entry(reader->root, "design");
            reader_mistake_about(reader, node != NULL ? node : reader->root, "design.factors",
                                 "members say who sits, in one collaboration: seats and programme cannot vary");
        }
    }
}

/* ---- points that cannot run ---- */

/* Points of a design that cannot run, and why the first one cannot. */
struct impossible {
    int n, first;
    char list[48]; /* the first few, from 0 */
    char sentence[MISTAKE_BYTES];
};

static void add_impossible(struct impossible *impossible, int point)
{
    size_t used = strlen(impossible->list);
    impossible->first = impossible->n == 0 ? point : impossible->first;
    if (impossible->n < 4) {
        (void)snprintf(impossible->list + used, sizeof impossible->list - used, "%s%d", used > 0 ? ", " : "", point);
    } else if (impossible->n == 4) {
        (void)snprintf(impossible->list + used, sizeof impossible->list - used, ", ...");
    }
    impossible->n++;
}

/* "funder.target = 2, problem.causes = 1": the factors of a point, as many as fit. */
static void describe_point(const struct study *study, int point, size_t n_bytes, char *text)
{
    const struct design *design = &study->design;
    const double *values = design->values + (size_t)point * (size_t)design->n_factors;
    size_t used = 0;
    text[0] = '\0';
    for (int index = 0; index < design->n_factors && used < n_bytes; index++) {
        const struct factor *factor = &design->factors[index];
        used += (size_t)snprintf(text + used, n_bytes - used, "%s%s = %.6g", index > 0 ? ", " : "", factor->key,
                                 values[index]);
    }
    if (used >= n_bytes) {
        (void)snprintf(text + n_bytes - 4, 4, "...");
    }
}

dredge_status combinations_check_points(struct reader *reader)
{
    const struct study *study = reader->study;
    const struct yaml_node *node = yaml_entry(reader->root, "design");
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    }
    struct parameters parameters;
    struct impossible impossible = {.n = 0};
    char sentence[MISTAKE_BYTES], values[100];
    for (int point = 0; point < study->design.n_points; point++) {
        if (study_point(study, point, &parameters, regimes, sizeof sentence, sentence) != DREDGE_OK) {
            if (impossible.n == 0) {
                (void)snprintf(impossible.sentence, sizeof impossible.sentence, "%s", sentence);
            }
            add_impossible(&impossible, point);
        }
    }
    if (impossible.n > 0) {
        describe_point(study, impossible.first, sizeof values, values);
        (void)snprintf(sentence, sizeof sentence, "%d of %d points cannot run (%s); at point %d (%s) %.140s%s",
                       impossible.n, study->design.n_points, impossible.list, impossible.first, values,
                       impossible.sentence,
                       impossible.n < study->design.n_points ? "; `where` can leave points out" : "");
        reader_mistake_about(reader, node != NULL ? node : reader->root, "design", sentence);
    }
    free(regimes);
    return DREDGE_OK;
}

/* ---- the rest ---- */

static void check_runs(struct reader *reader)
{
    const struct study *study = reader->study;
    const struct design *design = &study->design;
    long long points = design_count(design->method, design->n_factors, design->factors, design->n_rows);
    double runs = (double)points * study->n_regimes * study->replication.max;
    if (runs > INT_MAX && points <= DESIGN_MAX_POINTS) {
        const struct yaml_node *node = yaml_entry(reader->root, "replicates");
        char sentence[MISTAKE_BYTES];
        (void)snprintf(sentence, sizeof sentence, "%lld points x %d regimes x %d replicates are %.0f runs: at most %d",
                       points, study->n_regimes, study->replication.max, runs, INT_MAX);
        reader_mistake_about(reader, node != NULL ? node : reader->root, "replicates", sentence);
    }
}

void combinations_check(struct reader *reader)
{
    const struct study *study = reader->study;
    const struct parameters *parameters = &study->parameters;
    const struct yaml_node *replicates = yaml_entry(reader->root, "replicates");
    const struct yaml_node *until = yaml_entry(replicates, "until");
    if (!varies(study, "programme.") && !varies(study, "seats.") && !varies(study, "government.") &&
        !varies(study, "problem.")) {
        complain_parameters(reader, parameters);
    }
    if (!varies(study, "months") && !varies(study, "regimes.")) {
        complain_regimes(reader, parameters->months, study->regimes);
    }
    if (!varies(study, "months") && !varies(study, "seats.") && !varies(study, "problem.")) {
        complain_events(reader, parameters);
    }
    check_members(reader);
    if (until != NULL && study->n_regimes < 2) {
        reader_mistake_about(reader, until, "replicates.until",
                             "watches differences between regimes, and the study has only one regime");
    }
    if (until != NULL && study->replication.outcome == OUTCOME_symptom_year3 && parameters->months < 36 &&
        !varies(study, "months")) {
        const struct yaml_node *outcome = yaml_entry(until, "outcome");
        reader_mistake(reader, outcome, "replicates.until.outcome", "needs 36 months, and the horizon is %d",
                       parameters->months);
    }
    int horizon = parameters->months + parameters->aftercare_months;
    const struct yaml_node *every = yaml_entry(yaml_entry(reader->root, "output"), "every");
    if (every != NULL && study->every > horizon && !varies(study, "months") && !varies(study, "aftercare_months")) {
        reader_mistake(reader, every, "output.every", "longer than all %d months with aftercare", horizon);
    }
    check_runs(reader);
}
