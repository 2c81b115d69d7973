/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/mixture.h"
#include "study/parts.h"

/* A regime is a built-in name, or {name, like | mix | phases, steering keys}. A phase is {from, like | mix, steering
 * keys}. Where nothing is named to start from, steering starts from its defaults. */

static const char *const base_keys[] = {"like", "mix", "phases"};

/* The sections of the table of keys. */
static const char regime_section[] = "regimes.NAME", phase_section[] = "regimes.NAME.phases.K";

static void default_steering(struct steering *steering)
{
    for (int index = 0; index < n_steering; index++) {
        steering_set(steering, index, steering_infos[index].default_value);
    }
}

/* ---- steering keys ---- */

static void unknown_key(struct reader *reader, const struct yaml_node *entry, const char *section, int is_phase)
{
    char path[READER_PATH_BYTES];
    reader_path(path, section, entry->key);
    if (reader_is_half_number(reader, entry, path)) {
        return;
    }
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, entry->key);
    for (int index = 0; index < n_steering; index++) {
        suggest_try(&suggestion, steering_infos[index].key);
    }
    for (int key = 0; key < n_keys; key++) {
        const char *name = key_below(&key_infos[key], is_phase ? phase_section : regime_section);
        suggest_try(&suggestion, name != NULL ? name : "");
    }
    const char *best = suggest_best(&suggestion);
    char sentence[MISTAKE_BYTES];
    if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "unknown key, did you mean %.150s.%s?", section, best);
    } else {
        (void)snprintf(sentence, sizeof sentence, "unknown key; `dredge show regimes` lists the steering keys");
    }
    reader_mistake_key(reader, entry, path, sentence);
}

/* Sets the steering parameter `index` that `entry` gives, in all phases. A phase of the file that sets it too is a
 * contradiction; an override wins. */
static void read_steering(struct reader *reader, const struct yaml_node *entry, const char *path, int index, int number,
                          const struct yaml_node *phases, struct regime *regime)
{
    struct reader_range range = reader_steering_range(index);
    double value;
    if (!reader_number(reader, entry, path, &range, &value)) {
        return;
    }
    const struct yaml_node *phase_node = phases != NULL && phases->kind == YAML_LIST ? phases->first : NULL;
    for (; phase_node != NULL && entry->origin == NULL; phase_node = phase_node->next) {
        if (yaml_entry(phase_node, entry->key) != NULL) {
            reader_mistake(reader, entry, path, "given for the whole regime and for the phase on line %d: choose one",
                           phase_node->line);
            return;
        }
    }
    for (int phase = 0; phase < regime->n_phases; phase++) {
        steering_set(&regime->phase[phase].steering, index, value);
    }
    mixture_give(reader->study, reader->study->n_regimes - 1, number, index, value);
}

/* The steering keys of a whole regime, or of its phase `number` (not -1). */
static void read_keys(struct reader *reader, const struct yaml_node *node, const char *path, int number,
                      struct regime *regime)
{
    int is_phase = number >= 0;
    const struct yaml_node *phases = is_phase ? NULL : yaml_entry(node, "phases");
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        int index = steering_find(entry->key);
        if (index >= 0) {
            read_steering(reader, entry, own_path, index, number, phases, regime);
        } else if (key_find(is_phase ? phase_section : regime_section, entry->key) < 0) {
            unknown_key(reader, entry, path, is_phase);
        }
    }
}

/* What the steering keys change: at most one of like, mix and (for a regime) phases. */
static const struct yaml_node *find_base(struct reader *reader, const struct yaml_node *node, const char *path)
{
    const struct yaml_node *base = NULL;
    for (int key = 0; key < 3; key++) {
        const struct yaml_node *entry = yaml_entry(node, base_keys[key]);
        if (entry != NULL && base != NULL) {
            char own_path[READER_PATH_BYTES];
            reader_path(own_path, path, entry->key);
            reader_mistake(reader, entry, own_path, "%s is given already: a regime has one of like, mix and phases",
                           base->key);
        } else if (entry != NULL) {
            base = entry;
        }
    }
    return base;
}

/* ---- phases ---- */

static void read_phase(struct reader *reader, const struct yaml_node *node, const char *path, int number,
                       struct regime *regime)
{
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    struct regime own = {.n_phases = 1};
    default_steering(&own.phase[0].steering);
    const struct yaml_node *from = yaml_entry(node, "from");
    char own_path[READER_PATH_BYTES];
    struct reader_range range = reader_key_range(key_find(phase_section, "from"));
    double month;
    reader_path(own_path, path, "from");
    if (from == NULL) {
        reader_mistake(reader, node, path, "needs from: the month in which it begins");
    } else if (reader_number(reader, from, own_path, &range, &month)) {
        own.phase[0].from = (int)month;
        int before = number > 0 ? regime->phase[number - 1].from : 0;
        if (number == 0 && own.phase[0].from != 0) {
            reader_mistake(reader, from, own_path, "the first phase must begin in month 0");
        } else if (number > 0 && own.phase[0].from <= before) {
            reader_mistake(reader, from, own_path, "must be later than the phase before it, which begins in month %d",
                           before);
        }
    }
    const struct yaml_node *base = find_base(reader, node, path);
    if (base != NULL && strcmp(base->key, "phases") != 0) {
        reader_path(own_path, path, base->key);
        if (strcmp(base->key, "mix") == 0) {
            mix_read(reader, base, own_path, number, &own.phase[0].steering);
        } else if (reader_is_text(reader, base, own_path)) {
            (void)steering_named(reader, base, own_path, base->text, &own.phase[0].steering);
        }
    }
    read_keys(reader, node, path, number, &own);
    regime->phase[number] = own.phase[0];
    regime->n_phases = number + 1;
}

static void read_phases(struct reader *reader, const struct yaml_node *node, const char *path, struct regime *regime)
{
    if (!reader_is_list(reader, node, path)) {
        return;
    }
    if (node->n_children < 1 || node->n_children > REGIME_MAX_PHASES) {
        reader_mistake(reader, node, path, "must have between 1 and %d phases", (int)REGIME_MAX_PHASES);
        return;
    }
    int number = 0;
    for (const struct yaml_node *phase = node->first; phase != NULL; phase = phase->next, number++) {
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "%.160s[%d]", path, number);
        read_phase(reader, phase, own_path, number, regime);
    }
}

/* ---- regimes ---- */

static void read_name(struct reader *reader, const struct yaml_node *node, const char *path, struct regime *regime)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    if (!reader_is_text(reader, node, path)) {
        return;
    }
    size_t length = strlen(node->text);
    if (length == 0 || length >= REGIME_NAME_BYTES || strspn(node->text, letters) != length) {
        reader_mistake(reader, node, path, "a name must be 1 to %d letters, digits, underscores, dots or hyphens",
                       (int)REGIME_NAME_BYTES - 1);
        return;
    }
    for (int other = 0; other < reader->study->n_regimes - 1; other++) {
        if (strcmp(reader->study->regimes[other].name, node->text) == 0) {
            reader_mistake(reader, node, path, "the name is taken by the regime on line %d",
                           reader->regime_nodes[other]->line);
            return;
        }
    }
    (void)snprintf(regime->name, sizeof regime->name, "%s", node->text);
}

static void read_map(struct reader *reader, const struct yaml_node *node, const char *path, struct regime *regime)
{
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    char own_path[READER_PATH_BYTES], name_path[READER_PATH_BYTES];
    const struct yaml_node *name = yaml_entry(node, "name");
    reader_path(own_path, path, "name");
    if (name == NULL) {
        reader_mistake(reader, node, path, "needs a name");
    } else {
        read_name(reader, name, own_path, regime);
    }
    reader_path(name_path, "regimes", regime->name);
    const char *own = regime->name[0] != '\0' ? name_path : path;
    int built_in = regime_info_find(regime->name);
    const struct yaml_node *base = find_base(reader, node, own);
    if (base != NULL) {
        reader_path(own_path, own, base->key);
        struct regime found;
        if (built_in >= 0) {
            reader_mistake(reader, base, own_path,
                           "%s is a built-in regime: give one that starts from others a name "
                           "of its own",
                           regime->name);
        } else if (strcmp(base->key, "phases") == 0) {
            read_phases(reader, base, own_path, regime);
        } else if (strcmp(base->key, "mix") == 0) {
            mix_read(reader, base, own_path, 0, &regime->phase[0].steering);
        } else if (reader_is_text(reader, base, own_path) && regime_named(reader, base, own_path, base->text, &found)) {
            memcpy(found.name, regime->name, sizeof found.name);
            *regime = found;
        }
    } else if (built_in >= 0) {
        regime_from_info(regime, built_in);
    }
    read_keys(reader, node, own, -1, regime);
}

static void read_item(struct reader *reader, const struct yaml_node *node, const char *path, struct regime *regime)
{
    regime->n_phases = 1;
    default_steering(&regime->phase[0].steering);
    if (node->kind == YAML_MAP) {
        read_map(reader, node, path, regime);
        return;
    }
    struct regime found;
    if (reader_is_text(reader, node, path) && regime_named(reader, node, path, node->text, &found)) {
        read_name(reader, node, path, regime);
        *regime = regime->name[0] != '\0' ? found : *regime;
    }
}

/* Room for n regimes in place of those that were there. */
static dredge_status regimes_allocate(struct reader *reader, int n)
{
    free(reader->study->regimes);
    free(reader->regime_nodes);
    reader->study->n_regimes = 0;
    reader->study->regimes = calloc((size_t)n, sizeof *reader->study->regimes);
    reader->regime_nodes = calloc((size_t)n, sizeof(const struct yaml_node *));
    if (reader->study->regimes == NULL || reader->regime_nodes == NULL) {
        return status_no_memory((unsigned long long)n * sizeof *reader->study->regimes);
    }
    return DREDGE_OK;
}

/* The two of the comparison. */
dredge_status regimes_default(struct reader *reader)
{
    struct study *study = reader->study;
    dredge_status status = regimes_allocate(reader, 2);
    if (status == DREDGE_OK) {
        regime_from_info(&study->regimes[0], regime_info_find("linear_kpi"));
        regime_from_info(&study->regimes[1], regime_info_find("iterative"));
        reader->regime_nodes[0] = reader->regime_nodes[1] = reader->root;
        study->n_regimes = 2;
    }
    return status;
}

dredge_status read_regimes(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct study *study = reader->study;
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    if (node->n_children == 0 || node->n_children > READER_MAX_REGIMES) {
        reader_mistake(reader, node, path, "must have between 1 and %d regimes", (int)READER_MAX_REGIMES);
        return DREDGE_OK;
    }
    dredge_status status = regimes_allocate(reader, node->n_children);
    if (status != DREDGE_OK) {
        return status;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        int index = study->n_regimes++;
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "regimes[%d]", index);
        reader->regime_nodes[index] = item;
        read_item(reader, item, own_path, &study->regimes[index]);
    }
    return reader->no_memory ? DREDGE_MEMORY : DREDGE_OK;
}
