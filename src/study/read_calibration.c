/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/theory.h"
#include "study/calibration.h"
#include "study/factor.h"
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

static void regime_unknown(struct reader *reader, const struct yaml_node *entry, const char *path)
{
    struct suggestion suggestion;
    char sentence[MISTAKE_BYTES];
    reader_suggest(reader, &suggestion, entry->key);
    for (int index = 0; index < n_regime_infos; index++) {
        suggest_try(&suggestion, regime_infos[index].name);
    }
    for (int r = 0; r < reader->study->n_regimes; r++) {
        suggest_try(&suggestion, reader->study->regimes[r].name);
    }
    const char *best = suggest_best(&suggestion);
    (void)snprintf(sentence, sizeof sentence, "no regime of the study, nor a built-in one, is called so%s%s%s",
                   best != NULL ? ", did you mean " : "", best != NULL ? best : "", best != NULL ? "?" : "");
    reader_mistake_key(reader, entry, path, sentence);
}

static dredge_status read_mixture(struct reader *reader, const struct yaml_node *node, struct calibration *calibration)
{
    static const char path[] = "calibration.mixture";
    const struct reader_range range = {READER_REAL, 0, 1e9, "weight"};
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    if (node->n_children == 0) {
        reader_mistake(reader, node, path, "names no regime: leave the key out for all regimes of the study alike");
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
        if (!study_regime_named(reader->study, entry->key, &calibration->regimes[n])) {
            regime_unknown(reader, entry, own_path);
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
    if (node->n_children == 0) {
        reader_mistake(reader, node, path, "names no theory: leave the key out for the study's own");
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

/* A calibration runs the regimes of its mixture alone, and these as they are: complains of a key that changes others, or the weights of
 * a mix, which belongs to the study's own. */
static void check_steered(struct reader *reader, const struct yaml_node *node, const char *path, const char *key)
{
    const struct study *study = reader->study;
    const struct calibration *own = study->calibration;
    struct factor factor = {.index = 0};
    char own_path[READER_PATH_BYTES];
    int is_known = factor_find(study, key, &factor);
    reader_path(own_path, path, key);
    if (is_known && factor.target == FACTOR_WEIGHT) {
        reader_mistake_about(reader, node, own_path,
                             "weights of a mix do not vary in a calibration; name its parts in calibration.mixture");
    } else if (is_known && (factor.target == FACTOR_STEERING || factor.target == FACTOR_FROM)) {
        int r = own->n_regimes - 1;
        while (r >= 0 && strcmp(own->regimes[r].name, study->regimes[factor.regime].name) != 0) {
            r--;
        }
        if (r < 0) {
            reader_mistake_about(reader, node, own_path, "steers a regime that calibration.mixture does not name");
        }
    }
}

static void check_keys(struct reader *reader, const struct yaml_node *node)
{
    const struct calibration *own = reader->study->calibration;
    const struct yaml_node *priors = yaml_entry(node, "priors"), *targets = yaml_entry(node, "targets");
    for (int k = 0; k < own->n_priors && own->n_regimes > 0; k++) {
        const char *key = own->priors[k].key;
        check_steered(reader, yaml_entry(priors, key), "calibration.priors", key);
    }
    for (int t = 0; t < own->n_targets && own->n_regimes > 0; t++) {
        for (int i = 0; i < own->targets[t].n_set; i++) {
            char path[READER_PATH_BYTES];
            (void)snprintf(path, sizeof path, "calibration.targets.%s.set", own->targets[t].name);
            check_steered(reader, targets, path, own->targets[t].set[i].key);
        }
    }
}

dredge_status read_calibration(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    static const struct {
        const char *name;
        dredge_status (*read)(struct reader *reader, const struct yaml_node *node, struct calibration *calibration);
    } parts[] = {
        {"mixture", read_mixture}, {"priors", read_priors}, {"theories", read_theories}, {"targets", targets_read}};
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
    if (status == DREDGE_OK) {
        check_keys(reader, node);
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
