/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/outcomes.h"
#include "study/factor.h"
#include "study/parts.h"

/* Labels: what reports print instead of a name, one text for all languages or one for each. */

static const char *const own_names[] = {"title", "question", NULL};

static int is_named(const struct study *study, const char *name)
{
    for (int i = 0; own_names[i] != NULL; i++) {
        if (strcmp(own_names[i], name) == 0) {
            return 1;
        }
    }
    for (int i = 0; i < study->n_events; i++) {
        if (strcmp(study->events[i].name, name) == 0) {
            return 1;
        }
    }
    for (int f = 0; f < study->design.n_factors; f++) {
        if (strcmp(study->design.factors[f].key, name) == 0) {
            return 1;
        }
    }
    return study_regime(study, name) >= 0 || study_outcome(study, name) >= 0 || parameter_find(name) >= 0;
}

static void refuse_name(struct reader *reader, const struct yaml_node *node, const char *path)
{
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, node->key);
    for (int i = 0; own_names[i] != NULL; i++) {
        suggest_try(&suggestion, own_names[i]);
    }
    for (int r = 0; r < reader->study->n_regimes; r++) {
        suggest_try(&suggestion, reader->study->regimes[r].name);
    }
    for (int outcome = 0; outcome < study_n_outcomes(reader->study); outcome++) {
        suggest_try(&suggestion, study_outcome_name(reader->study, outcome));
    }
    const char *best = suggest_best(&suggestion);
    char sentence[256];
    (void)snprintf(sentence, sizeof sentence,
                   best != NULL ? "is no regime, event, outcome, factor, title or question (did you mean %s?)"
                                : "is no regime, event, outcome, factor, title or question",
                   best);
    reader_mistake_key(reader, node, path, sentence);
}

static char *copy(const char *text)
{
    size_t n = strlen(text) + 1;
    char *out = malloc(n);
    return out != NULL ? memcpy(out, text, n) : NULL;
}

static dredge_status add_label(struct study *study, const char *name, const char *language, const char *words)
{
    size_t n = (size_t)study->n_labels + 1;
    struct study_label *labels = realloc(study->labels, n * sizeof *labels);
    if (labels == NULL) {
        return status_no_memory(n * sizeof *labels);
    }
    study->labels = labels;
    struct study_label *label = &labels[study->n_labels++];
    *label = (struct study_label){copy(name), copy(language), copy(words)};
    return label->name != NULL && label->language != NULL && label->words != NULL ? DREDGE_OK
                                                                                  : status_no_memory(strlen(words));
}

static dredge_status read_languages(struct reader *reader, const struct yaml_node *entry, const char *path)
{
    dredge_status status = DREDGE_OK;
    for (const struct yaml_node *node = entry->first; status == DREDGE_OK && node != NULL; node = node->next) {
        char own[READER_PATH_BYTES];
        reader_path(own, path, node->key);
        const char *code = node->key;
        if (strlen(code) != 2 || !islower((unsigned char)code[0]) || !islower((unsigned char)code[1])) {
            reader_mistake_key(reader, node, own, "must be a language of two letters, such as en or nl");
        } else if (reader_is_text(reader, node, own)) {
            status = add_label(reader->study, entry->key, code, node->text);
        }
    }
    return status;
}

dredge_status read_labels(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    dredge_status status = DREDGE_OK;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    for (const struct yaml_node *entry = node->first; status == DREDGE_OK && entry != NULL; entry = entry->next) {
        char own[READER_PATH_BYTES];
        reader_path(own, path, entry->key);
        if (!is_named(reader->study, entry->key)) {
            refuse_name(reader, entry, own);
        } else if (entry->kind == YAML_SCALAR) {
            status = add_label(reader->study, entry->key, "", entry->text);
        } else if (reader_is_map(reader, entry, own)) {
            status = read_languages(reader, entry, own);
        }
    }
    return status;
}

const char *study_label(const struct study *study, const char *name, const char *language)
{
    const char *words = NULL;
    for (int i = 0; i < study->n_labels; i++) {
        const struct study_label *label = &study->labels[i];
        if (strcmp(label->name, name) == 0) {
            if (strcmp(label->language, language) == 0) {
                return label->words;
            }
            words = label->language[0] == '\0' ? label->words : words;
        }
    }
    return words;
}
