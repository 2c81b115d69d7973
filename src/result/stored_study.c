/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/stored_study.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/files.h"
#include "base/numbers.h"
#include "model/outcomes.h"
#include "study/roster.h"

dredge_status stored_study_parse(const char *file, const char *text, const char *overrides, struct study *study)
{
    size_t n_bytes = strlen(overrides);
    char *lines = files_text("%s", overrides);
    const char **list = malloc((n_bytes / 2 + 1) * sizeof *list);
    int n = 0;
    dredge_status status = DREDGE_OK;
    if (lines == NULL || list == NULL) {
        status = status_no_memory((n_bytes / 2 + 1) * sizeof *list);
        goto out;
    }
    for (char *line = lines; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        char *next = line[length] == '\n' ? line + length + 1 : line + length;
        line[length] = '\0';
        if (length > 0) {
            list[n++] = line;
        }
        line = next;
    }
    status = study_parse(file, text, strlen(text), n, list, study);

out:
    free(list);
    free(lines);
    return status;
}

/* The sentence so far. After a few changes the rest is only counted. */
struct changes {
    char *sentence;
    int n;
};

enum { MOST_CHANGES = 4 };

static void add(struct changes *changes, const char *format, ...) STATUS_PRINTF(2, 3);

static void add(struct changes *changes, const char *format, ...)
{
    size_t length = strlen(changes->sentence);
    if (changes->n++ >= MOST_CHANGES || length + 3 > STORED_STUDY_BYTES) {
        return;
    }
    if (length > 0) {
        memcpy(changes->sentence + length, "; ", 3);
        length += 2;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(changes->sentence + length, STORED_STUDY_BYTES - length, format, arguments);
    va_end(arguments);
}

static void add_number(struct changes *changes, const char *key, double was, double is)
{
    if (!numbers_equal(was, is)) {
        add(changes, "%s was %.10g, is %.10g", key, was, is);
    }
}

static void compare_replication(struct changes *changes, const struct study *was_study, const struct study *is_study)
{
    const struct replication *was = &was_study->replication, *is = &is_study->replication;
    int is_fixed = was->outcome < 0 && is->outcome < 0;
    if (is_fixed) {
        add_number(changes, "replicates", was->max, is->max);
        return;
    }
    add_number(changes, "replicates.min", was->min, is->min);
    add_number(changes, "replicates.max", was->max, is->max);
    if (was->outcome != is->outcome) {
        add(changes, "replicates.until.outcome was %s, is %s",
            was->outcome < 0 ? "absent" : study_outcome_name(was_study, was->outcome),
            is->outcome < 0 ? "absent" : study_outcome_name(is_study, is->outcome));
        return;
    }
    add_number(changes, "replicates.until.half_width", was->half_width, is->half_width);
    add_number(changes, "replicates.until.confidence", was->confidence, is->confidence);
}

static void compare_regime(struct changes *changes, const struct regime *was, const struct regime *is)
{
    if (was->n_phases != is->n_phases) {
        add(changes, "regime %s had %d phase%s, has %d", is->name, was->n_phases, was->n_phases == 1 ? "" : "s",
            is->n_phases);
        return;
    }
    for (int phase = 0; phase < was->n_phases; phase++) {
        char key[REGIME_NAME_BYTES + 64];
        if (was->phase[phase].from != is->phase[phase].from) {
            add(changes, "phase %d of regime %s began in month %d, begins in month %d", phase + 1, is->name,
                was->phase[phase].from, is->phase[phase].from);
        }
        for (int index = 0; index < n_steering; index++) {
            (void)snprintf(key, sizeof key, "regimes.%s.%s", is->name, steering_infos[index].key);
            add_number(changes, key, steering_get(&was->phase[phase].steering, index),
                       steering_get(&is->phase[phase].steering, index));
        }
    }
}

static void compare_regimes(struct changes *changes, const struct study *was, const struct study *is)
{
    if (was->n_regimes != is->n_regimes) {
        add(changes, "the number of regimes was %d, is %d", was->n_regimes, is->n_regimes);
        return;
    }
    for (int regime = 0; regime < was->n_regimes; regime++) {
        if (strcmp(was->regimes[regime].name, is->regimes[regime].name) != 0) {
            add(changes, "regime %d was %s, is %s", regime + 1, was->regimes[regime].name, is->regimes[regime].name);
        } else {
            compare_regime(changes, &was->regimes[regime], &is->regimes[regime]);
        }
    }
}

static void compare_designs(struct changes *changes, const struct design *was, const struct design *is)
{
    if (was->method != is->method) {
        add(changes, "design.method differs");
    } else if (was->n_factors != is->n_factors) {
        add(changes, "design.factors were %d, are %d", was->n_factors, is->n_factors);
    } else if (was->n_points != is->n_points) {
        add(changes, "design points were %d, are %d", was->n_points, is->n_points);
    } else {
        for (int factor = 0; factor < was->n_factors; factor++) {
            size_t n_factors = (size_t)was->n_factors, at = (size_t)factor, end = (size_t)was->n_points * n_factors;
            if (strcmp(was->factors[factor].key, is->factors[factor].key) != 0) {
                add(changes, "design factor %d was %s, is %s", factor + 1, was->factors[factor].key,
                    is->factors[factor].key);
                continue;
            }
            while (at < end && numbers_equal(was->values[at], is->values[at])) {
                at += n_factors;
            }
            if (at < end) {
                add(changes, "design.factors.%s of design point %zu was %.10g, is %.10g", was->factors[factor].key,
                    at / n_factors, was->values[at], is->values[at]);
            }
        }
    }
}

static int same_roster(const struct roster *was, const struct roster *is)
{
    char hex[2][33];
    struct digest sums[2];
    const struct roster *both[2] = {was, is};
    for (int k = 0; k < 2; k++) {
        digest_begin(&sums[k]);
        roster_digest(both[k], &sums[k]);
        digest_hex(&sums[k], hex[k]);
    }
    return strcmp(hex[0], hex[1]) == 0;
}

static int same_acts(int n_acts, const struct act *was, const struct act *is)
{
    for (int k = 0; k < n_acts; k++) {
        if (was[k].month != is[k].month || was[k].kind != is[k].kind || was[k].what != is[k].what ||
            !numbers_equal(was[k].value, is[k].value)) {
            return 0;
        }
    }
    return 1;
}

static void compare_derived(struct changes *changes, const struct study *was, const struct study *is)
{
    int same = was->n_derived == is->n_derived;
    for (int own = 0; same && own < is->n_derived; own++) {
        same = derived_are_same(&was->derived[own], &is->derived[own]);
    }
    if (!same) {
        add(changes, "outcomes that the study derives, or its costs, differ");
    }
}

void stored_study_changes(const struct study *was, const struct study *is, char sentence[STORED_STUDY_BYTES])
{
    static const char *const trajectories[] = {"summary", "runs", "none"};
    struct changes changes = {sentence, 0};
    sentence[0] = '\0';
    if (was->seed != is->seed) {
        add(&changes, "seed was %" PRIu64 ", is %" PRIu64, was->seed, is->seed);
    }
    compare_replication(&changes, was, is);
    for (int index = 0; index < n_parameters; index++) {
        add_number(&changes, parameter_infos[index].key, parameter_get(&was->parameters, index),
                   parameter_get(&is->parameters, index));
    }
    compare_regimes(&changes, was, is);
    compare_designs(&changes, &was->design, &is->design);
    if (!same_roster(&was->roster, &is->roster)) {
        add(&changes, "members or ties differ");
    }
    if (was->n_acts != is->n_acts || !same_acts(is->n_acts, was->acts, is->acts)) {
        add(&changes, "events differ");
    }
    compare_derived(&changes, was, is);
    if (was->trajectories != is->trajectories) {
        add(&changes, "output.trajectories was %s, is %s", trajectories[was->trajectories],
            trajectories[is->trajectories]);
    }
    add_number(&changes, "output.every", was->every, is->every);
    add_number(&changes, "output.by_sector", was->by_sector, is->by_sector);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        if (was->organisations_follow[sector] != is->organisations_follow[sector]) {
            add(&changes, "programme.organisations.%s is given in one and left to its default in the other",
                sector_names[sector]);
        }
    }
    if (changes.n > MOST_CHANGES) {
        size_t length = strlen(sentence);
        (void)snprintf(sentence + length, STORED_STUDY_BYTES - length, "; and %d more", changes.n - MOST_CHANGES);
    }
}

void stored_study_compare(const char *file, const char *text, const char *overrides, const struct study *is,
                          char sentence[STORED_STUDY_BYTES])
{
    struct study was = {0};
    if (stored_study_parse(file, text, overrides, &was) == DREDGE_OK) {
        stored_study_changes(&was, is, sentence);
    } else {
        (void)snprintf(sentence, STORED_STUDY_BYTES, "the study that is kept there cannot be read by this dredge");
        status_clear();
    }
    if (sentence[0] == '\0') {
        (void)snprintf(sentence, STORED_STUDY_BYTES, "another version of dredge wrote it");
    }
    study_free(&was);
}
