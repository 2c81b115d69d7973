/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/outcomes.h"
#include "model/theory.h"
#include "study/calibration.h"
#include "study/factor.h"
#include "study/keys.h"
#include "study/parts.h"

/* The section `calibration`. */

void calibration_free(struct calibration *calibration)
{
    if (calibration != NULL) {
        free(calibration->regimes);
        free(calibration->weights);
        free(calibration->priors);
        free(calibration->theories);
        free(calibration->targets);
        free(calibration);
    }
}

/* Room for as many items as the node has children, one at least. */
static dredge_status make_room(const struct yaml_node *node, size_t size, void *place)
{
    size_t n = (size_t)node->n_children + 1;
    void *memory = calloc(n, size);
    memcpy(place, &memory, sizeof memory);
    return memory != NULL ? DREDGE_OK : status_no_memory(n * size);
}

/* A regime of the study or a built-in one. */
static int find_regime(const struct study *study, const char *name, struct regime *regime)
{
    for (int r = 0; r < study->n_regimes; r++) {
        if (strcmp(study->regimes[r].name, name) == 0) {
            *regime = study->regimes[r];
            return 1;
        }
    }
    int index = regime_info_find(name);
    if (index >= 0) {
        regime_from_info(regime, index);
    }
    return index >= 0;
}

static dredge_status read_mixture(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.mixture";
    const struct reader_range range = {READER_REAL, 0, 1e9, "weight"};
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = make_room(node, sizeof *calibration->regimes, &calibration->regimes);
    if (status == DREDGE_OK) {
        status = make_room(node, sizeof *calibration->weights, &calibration->weights);
    }
    double sum = 0;
    for (const struct yaml_node *entry = node->first; status == DREDGE_OK && entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        int n = calibration->n_regimes;
        reader_path(own_path, path, entry->key);
        if (!find_regime(reader->study, entry->key, &calibration->regimes[n])) {
            reader_mistake_key(reader, entry, own_path, "no regime of the study, nor a built-in one, is called so");
        } else if (reader_number(reader, entry, own_path, &range, &calibration->weights[n])) {
            sum += calibration->weights[n];
            calibration->n_regimes++;
        }
    }
    for (int r = 0; r < calibration->n_regimes; r++) {
        calibration->weights[r] /= sum > 0 ? sum : 1;
    }
    if (status == DREDGE_OK && calibration->n_regimes > 0 && !(sum > 0)) {
        reader_mistake_about(reader, node, path, "at least one weight must be above 0");
    }
    return status;
}

/* Without a mixture all regimes of the study count alike. */
static dredge_status default_mixture(struct reader *reader, struct calibration *calibration)
{
    const struct study *study = reader->study;
    size_t n = (size_t)study->n_regimes;
    calibration->regimes = calloc(n + 1, sizeof *calibration->regimes);
    calibration->weights = calloc(n + 1, sizeof *calibration->weights);
    if (calibration->regimes == NULL || calibration->weights == NULL) {
        return status_no_memory((n + 1) * sizeof *calibration->regimes);
    }
    for (size_t r = 0; r < n; r++) {
        calibration->regimes[r] = study->regimes[r];
        calibration->weights[r] = 1.0 / (double)n;
    }
    calibration->n_regimes = (int)n;
    return DREDGE_OK;
}

static dredge_status read_priors(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.priors";
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = make_room(node, sizeof *calibration->priors, &calibration->priors);
    for (const struct yaml_node *entry = node->first; status == DREDGE_OK && entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        calibration->n_priors += read_prior(reader, entry, own_path, &calibration->priors[calibration->n_priors]);
    }
    return status;
}

static dredge_status read_theories(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.theories";
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = make_room(node, sizeof *calibration->theories, &calibration->theories);
    for (const struct yaml_node *item = node->first; status == DREDGE_OK && item != NULL; item = item->next) {
        int theory = reader_choice(reader, item, path, theory_names), is_there = 0;
        for (int k = 0; k < calibration->n_theories; k++) {
            is_there |= calibration->theories[k] == theory;
        }
        if (is_there) {
            reader_mistake(reader, item, path, "stands there twice: give each theory once");
        } else if (theory >= 0) {
            calibration->theories[calibration->n_theories++] = theory;
        }
    }
    return status;
}

/* ---- targets ---- */

/* Reads entry `name` of a target as a number; `fallback` where it is not given. */
static double read_entry(struct reader *reader, const struct yaml_node *node, const char *path, const char *name,
                         const struct reader_range *range, double fallback)
{
    const struct yaml_node *entry = yaml_entry(node, name);
    char own_path[READER_PATH_BYTES];
    double value = fallback;
    reader_path(own_path, path, name);
    if (entry != NULL) {
        (void)reader_number(reader, entry, own_path, range, &value);
    }
    return value;
}

static void read_settings(struct reader *reader, const struct yaml_node *node, const char *path,
                          struct evidence *target)
{
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        struct factor factor;
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        if (!factor_find(reader->study, entry->key, &factor) || target->n_set == EVIDENCE_MAX_SET) {
            reader_mistake_key(reader, entry, own_path, "no parameter that can be set here (eight at most)");
            continue;
        }
        struct factor_about about = factor_about(&factor);
        enum reader_kind kind = about.is_flag ? READER_FLAG : about.is_whole ? READER_WHOLE : READER_REAL;
        const struct reader_range range = {kind, about.low, about.high, about.unit};
        struct evidence_setting *own = &target->set[target->n_set];
        (void)snprintf(own->key, sizeof own->key, "%s", entry->key);
        target->n_set += reader_number(reader, entry, own_path, &range, &own->value);
    }
}

/* What the target is a figure of: one of correlation, series, share, and outcome with or without quantile. */
static void read_figure(struct reader *reader, const struct yaml_node *node, const char *path, struct evidence *target)
{
    const struct yaml_node *correlation = yaml_entry(node, "correlation");
    const struct yaml_node *series = yaml_entry(node, "series");
    const struct yaml_node *share = yaml_entry(node, "share");
    const struct yaml_node *outcome = yaml_entry(node, "outcome");
    const struct reader_range months = {READER_WHOLE, 0, 24000, "months"};
    const struct reader_range any = {READER_REAL, -1e9, 1e9, ""};
    const struct reader_range probability = {READER_REAL, 0, 1, "probability"};
    char own_path[READER_PATH_BYTES];
    if (correlation != NULL) {
        target->kind = EVIDENCE_CORRELATION;
        reader_path(own_path, path, "correlation");
        if (correlation->kind != YAML_LIST || correlation->n_children != 2) {
            reader_mistake_about(reader, correlation, own_path, "must be a list of two outcomes");
            return;
        }
        target->outcome = outcome_choice(reader, correlation->first, own_path);
        target->other = outcome_choice(reader, correlation->last, own_path);
        if (target->outcome >= 0 && target->outcome == target->other) {
            reader_mistake_about(reader, correlation, own_path, "needs two outcomes that differ");
        }
    } else if (series != NULL) {
        const char *names[N_SERIES + 1] = {NULL};
        for (int k = 0; k < N_SERIES; k++) {
            names[k] = series_infos[k].name;
        }
        reader_path(own_path, path, "series");
        target->kind = EVIDENCE_SERIES;
        target->series = reader_choice(reader, series, own_path, names);
        target->month = (int)read_entry(reader, node, path, "month", &months, -1);
        target->minus_month = (int)read_entry(reader, node, path, "minus_month", &months, -1);
        if (target->month < 0) {
            reader_mistake_about(reader, node, path, "a series needs the month that it is looked at");
        }
    } else if (share != NULL) {
        target->kind = EVIDENCE_SHARE;
        reader_path(own_path, path, "share");
        outcome = yaml_entry(share, "outcome");
        if (outcome == NULL || yaml_entry(share, "at_least") == NULL) {
            reader_mistake_about(reader, share, own_path, "must be {outcome: NAME, at_least: VALUE}");
            return;
        }
        target->outcome = outcome_choice(reader, outcome, own_path);
        target->level = read_entry(reader, share, own_path, "at_least", &any, 0);
    } else if (outcome != NULL) {
        reader_path(own_path, path, "outcome");
        target->outcome = outcome_choice(reader, outcome, own_path);
        target->kind = yaml_entry(node, "quantile") != NULL ? EVIDENCE_QUANTILE : EVIDENCE_MEAN;
        target->level = read_entry(reader, node, path, "quantile", &probability, 0.5);
    } else {
        reader_mistake_about(reader, node, path, "needs one of outcome, share, correlation and series");
    }
}

static void copy_word(const struct yaml_node *node, const char *name, size_t n_bytes, char *copy)
{
    const struct yaml_node *entry = yaml_entry(node, name);
    (void)snprintf(copy, n_bytes, "%s", entry != NULL && entry->text != NULL ? entry->text : "");
}

static void read_target(struct reader *reader, const struct yaml_node *node, const char *path, struct evidence *target)
{
    static const char *const known[] = {"name", "outcome",     "quantile", "share", "correlation", "series", "month",
                                        "set",  "minus_month", "value",    "error", "source",      "use"};
    const struct reader_range any = {READER_REAL, -1e9, 1e9, ""};
    const struct reader_range positive = {READER_REAL, 1e-9, 1e9, "standard error"};
    *target = (struct evidence){.minus_month = -1};
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        int is_known = 0;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            is_known |= strcmp(known[k], entry->key) == 0;
        }
        if (!is_known) {
            char own_path[READER_PATH_BYTES];
            reader_path(own_path, path, entry->key);
            reader_unknown(reader, entry, own_path);
        }
    }
    copy_word(node, "name", sizeof target->name, target->name);
    copy_word(node, "source", sizeof target->source, target->source);
    read_figure(reader, node, path, target);
    if (yaml_entry(node, "value") == NULL || yaml_entry(node, "error") == NULL || *target->name == '\0') {
        reader_mistake_about(reader, node, path, "needs a name, a value and its error");
    }
    target->value = read_entry(reader, node, path, "value", &any, 0);
    target->error = read_entry(reader, node, path, "error", &positive, 1);
    char own_path[READER_PATH_BYTES];
    const struct yaml_node *use = yaml_entry(node, "use");
    reader_path(own_path, path, "use");
    target->is_held_out = use != NULL && reader_choice(reader, use, own_path, evidence_use_names) == 1;
    reader_path(own_path, path, "set");
    if (yaml_entry(node, "set") != NULL) {
        read_settings(reader, yaml_entry(node, "set"), own_path, target);
    }
}

static dredge_status read_targets(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.targets";
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = make_room(node, sizeof *calibration->targets, &calibration->targets);
    for (const struct yaml_node *item = node->first; status == DREDGE_OK && item != NULL; item = item->next) {
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "%s[%d]", path, calibration->n_targets);
        read_target(reader, item, own_path, &calibration->targets[calibration->n_targets++]);
    }
    return status;
}

dredge_status read_calibration(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    static const struct {
        const char *name;
        dredge_status (*read)(struct reader *reader, const struct yaml_node *node, struct calibration *calibration);
    } parts[] = {
        {"mixture", read_mixture}, {"priors", read_priors}, {"theories", read_theories}, {"targets", read_targets}};
    (void)key;
    struct calibration *own = calloc(1, sizeof *own);
    if (own == NULL) {
        return status_no_memory(sizeof *own);
    }
    calibration_free(reader->study->calibration);
    reader->study->calibration = own;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = DREDGE_OK;
    for (const struct yaml_node *entry = node->first; status == DREDGE_OK && entry != NULL; entry = entry->next) {
        int found = 0;
        for (size_t k = 0; status == DREDGE_OK && k < sizeof parts / sizeof *parts; k++) {
            if (strcmp(parts[k].name, entry->key) == 0) {
                status = parts[k].read(reader, entry, own);
                found = 1;
            }
        }
        if (!found) {
            char own_path[READER_PATH_BYTES];
            reader_path(own_path, path, entry->key);
            reader_unknown(reader, entry, own_path);
        }
    }
    if (status == DREDGE_OK && own->n_regimes == 0 && own->regimes == NULL) {
        status = default_mixture(reader, own);
    }
    int n_fitted = 0;
    for (int t = 0; t < own->n_targets; t++) {
        n_fitted += !own->targets[t].is_held_out;
    }
    if (status == DREDGE_OK && (own->n_priors == 0 || n_fitted == 0)) {
        reader_mistake_about(reader, node, path, "needs priors and at least one target to fit");
    }
    return status;
}
