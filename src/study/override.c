/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/parts.h"

#include <stdio.h>
#include <string.h>

#include "study/names.h"

/* --set KEY=VALUE changes the tree as if the value stood in the file. */

static void complain(struct reader *reader, const char *override, const char *sentence)
{
    char shown[MISTAKES_SHOWN_BYTES];
    mistakes_add(&reader->mistakes, 0, "--set %s: %s", mistakes_show(override, shown), sentence);
}

static void see_name(void *context, const char *name)
{
    suggest_try(context, name);
}

static void complain_key(struct reader *reader, const char *override, const char *key)
{
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, key);
    names_each(reader->study, see_name, &suggestion);
    char sentence[MISTAKE_BYTES];
    const char *best = suggest_best(&suggestion);
    if (best != NULL && strcmp(best, key) == 0) {
        (void)snprintf(sentence, sizeof sentence, "%s is a section: set one of its keys", key);
    } else if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "unknown key, did you mean %s?", best);
    } else {
        (void)snprintf(sentence, sizeof sentence, "unknown key; `dredge show study` lists what there is");
    }
    complain(reader, override, sentence);
}

/* The entry `key` of a mapping, made when it is not there. */
static dredge_status entry_make(struct reader *reader, struct yaml_node *map, const char *key, enum yaml_kind kind,
                                const char *override, struct yaml_node **entry)
{
    *entry = yaml_entry(map, key);
    if (*entry != NULL) {
        return DREDGE_OK;
    }
    struct yaml_node *made = yaml_node_new(reader->tree, kind, kind == YAML_SCALAR ? "" : NULL, override);
    if (made == NULL) {
        return DREDGE_MEMORY;
    }
    made->key = yaml_text_copy(reader->tree, strlen(key), key);
    if (made->key == NULL) {
        return DREDGE_MEMORY;
    }
    yaml_node_append(map, made);
    *entry = made;
    return DREDGE_OK;
}

/* A value that begins with a bracket, brace or quote is YAML; any other is the bare word. */
static dredge_status value_make(struct reader *reader, const char *override, const char *value, struct yaml_node **node)
{
    struct yaml_mistake mistake;
    *node = NULL;
    if (strlen(value) > YAML_MAX_BYTES) {
        complain(reader, override, "the value is longer than 1 MiB");
        return DREDGE_OK;
    }
    if (!yaml_text_valid(strlen(override), override, &mistake) || strpbrk(override, "\r\n") != NULL) {
        complain(reader, override, "must be one line of plain UTF-8 text");
        return DREDGE_OK;
    }
    if (*value == '\0' || strchr("[{\"'", *value) == NULL) {
        *node = yaml_node_new(reader->tree, YAML_SCALAR, value, override);
        return *node == NULL ? DREDGE_MEMORY : DREDGE_OK;
    }
    dredge_status status = yaml_parse(strlen(value), value, override, reader->tree, node, &mistake);
    if (status == DREDGE_STUDY) {
        complain(reader, override, mistake.sentence);
        *node = NULL;
        return DREDGE_OK;
    }
    return status;
}

static int regime_is(const struct yaml_node *item, const char *name)
{
    const struct yaml_node *own = item->kind == YAML_MAP ? yaml_entry(item, "name") : item;
    return own != NULL && own->kind == YAML_SCALAR && strcmp(own->text, name) == 0;
}

/* The list of regimes, with the default ones when the study does not name any. */
static dredge_status regimes_make(struct reader *reader, const char *override, struct yaml_node **regimes)
{
    static const char *const defaults[] = {"linear_kpi", "iterative"};
    *regimes = yaml_entry(reader->root, "regimes");
    if (*regimes != NULL) {
        return DREDGE_OK;
    }
    dredge_status status = entry_make(reader, reader->root, "regimes", YAML_LIST, override, regimes);
    for (int index = 0; index < 2 && status == DREDGE_OK; index++) {
        struct yaml_node *item = yaml_node_new(reader->tree, YAML_SCALAR, defaults[index], override);
        if (item == NULL) {
            return DREDGE_MEMORY;
        }
        yaml_node_append(*regimes, item);
    }
    return status;
}

/* iterative becomes {name: iterative}. */
static dredge_status regime_open(struct reader *reader, struct yaml_node *item)
{
    if (item->kind == YAML_MAP) {
        return DREDGE_OK;
    }
    struct yaml_node *map = yaml_node_new(reader->tree, YAML_MAP, NULL, item->origin);
    struct yaml_node *name = yaml_node_new(reader->tree, YAML_SCALAR, item->text, item->origin);
    if (map == NULL || name == NULL) {
        return DREDGE_MEMORY;
    }
    map->line = name->line = name->key_line = item->line;
    map->column = name->column = item->column;
    name->key = "name";
    yaml_node_append(map, name);
    yaml_node_replace(item, map);
    return DREDGE_OK;
}

/* The place of "regimes.NAME.KEY"; NULL when the study has no such regime. */
static dredge_status regime_place(struct reader *reader, const char *override, const char *key,
                                  struct yaml_node **place)
{
    const char *rest = key + strlen("regimes.");
    const char *dot = strrchr(rest, '.');
    *place = NULL;
    struct yaml_node *regimes;
    dredge_status status = regimes_make(reader, override, &regimes);
    if (status != DREDGE_OK) {
        return status;
    }
    char name[STUDY_KEY_BYTES], sentence[MISTAKE_BYTES];
    (void)snprintf(name, sizeof name, "%.*s", dot == NULL ? (int)(STUDY_KEY_BYTES - 1) : (int)(dot - rest), rest);
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, name);
    for (struct yaml_node *item = regimes->first; item != NULL; item = item->next) {
        const struct yaml_node *own = item->kind == YAML_MAP ? yaml_entry(item, "name") : item;
        if (dot != NULL && regime_is(item, name) && strcmp(dot, ".name") == 0) {
            complain(reader, override, "a regime keeps its name, by which it is found: rename it in the study");
            return DREDGE_OK;
        }
        if (dot != NULL && regime_is(item, name)) {
            status = regime_open(reader, item);
            return status != DREDGE_OK ? status : entry_make(reader, item, dot + 1, YAML_SCALAR, override, place);
        }
        suggest_try(&suggestion, own != NULL && own->kind == YAML_SCALAR ? own->text : "");
    }
    const char *best = suggest_best(&suggestion);
    if (dot == NULL) {
        (void)snprintf(sentence, sizeof sentence, "must be regimes.NAME.KEY=VALUE, or regimes=[NAME, ...]");
    } else if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "the study has no such regime, did you mean regimes.%s%s?", best,
                       dot);
    } else {
        (void)snprintf(sentence, sizeof sentence, "the study has no such regime");
    }
    complain(reader, override, sentence);
    return DREDGE_OK;
}

/* The place of "events.NAME.REST"; NULL when the study has no such event. Parameters that an event sets keep their dots. */
static dredge_status event_place(struct reader *reader, const char *override, const char *key, struct yaml_node **place)
{
    const char *name = key + strlen("events.");
    const struct yaml_node *events = yaml_entry(reader->root, "events");
    struct yaml_node *item = events == NULL || events->kind != YAML_LIST ? NULL : events->first;
    size_t length = 0;
    *place = NULL;
    for (; item != NULL; item = item->next) {
        const struct yaml_node *own = yaml_entry(item, "name");
        length = own != NULL && own->kind == YAML_SCALAR ? strlen(own->text) : 0;
        if (length > 0 && strncmp(name, own->text, length) == 0 && name[length] == '.') {
            break;
        }
    }
    if (item == NULL) {
        complain(reader, override, "the study has no such event: must be events.NAME.KEY=VALUE of one with a name");
        return DREDGE_OK;
    }
    const char *part = name + length + 1;
    if (strcmp(part, "name") == 0) {
        complain(reader, override, "an event keeps its name, by which it is found: rename it in the study");
        return DREDGE_OK;
    }
    size_t first = strcspn(part, ".");
    char own_key[STUDY_KEY_BYTES];
    (void)snprintf(own_key, sizeof own_key, "%.*s", (int)first, part);
    int is_last = part[first] == '\0';
    dredge_status status = entry_make(reader, item, own_key, is_last ? YAML_SCALAR : YAML_MAP, override, place);
    if (status == DREDGE_OK && !is_last && (*place)->kind == YAML_MAP) {
        status = entry_make(reader, *place, part + first + 1, YAML_SCALAR, override, place);
    }
    return status;
}

/* The place of any other key, all its sections made; NULL when a part of it is a value in the study. */
static dredge_status place_make(struct reader *reader, const char *override, const char *key, struct yaml_node **place)
{
    static const char factors[] = "design.factors.";
    struct yaml_node *map = reader->root;
    const char *part = key;
    for (;;) {
        if (map->kind != YAML_MAP) {
            char sentence[MISTAKE_BYTES];
            (void)snprintf(sentence, sizeof sentence, "the study has one value for %.*s, so it has no such key",
                           (int)(part - key) - 1, key);
            complain(reader, override, sentence);
            *place = NULL;
            return DREDGE_OK;
        }
        size_t length = strcspn(part, ".");
        if ((size_t)(part - key) == sizeof factors - 1 && strncmp(key, factors, sizeof factors - 1) == 0) {
            length = strlen(part); /* the key of a factor has dots of its own */
        }
        char name[STUDY_KEY_BYTES];
        (void)snprintf(name, sizeof name, "%.*s", (int)length, part);
        int last = part[length] == '\0';
        dredge_status status = entry_make(reader, map, name, last ? YAML_SCALAR : YAML_MAP, override, place);
        if (status != DREDGE_OK || last) {
            return status;
        }
        map = *place;
        part += length + 1;
    }
}

/* Is the key in a section whose keys are names that the section's reader knows? */
static int is_in_open_section(const char *key)
{
    static const char *const sections[] = {"design.factors.", "matters."};
    int found = 0;
    for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
        found |= strncmp(key, sections[k], strlen(sections[k])) == 0;
    }
    return found;
}

dredge_status override_apply(struct reader *reader, const char *override)
{
    const char *equals = strchr(override, '=');
    if (equals == NULL || equals == override) {
        complain(reader, override, "must be KEY=VALUE, such as funder.target=2");
        return DREDGE_OK;
    }
    char key[STUDY_KEY_BYTES];
    if ((size_t)(equals - override) >= sizeof key) {
        complain(reader, override, "unknown key; `dredge show study` lists what there is");
        return DREDGE_OK;
    }
    (void)snprintf(key, sizeof key, "%.*s", (int)(equals - override), override);
    struct yaml_node *value, *place = NULL;
    dredge_status status = value_make(reader, override, equals + 1, &value);
    if (status != DREDGE_OK || value == NULL) {
        return status;
    }
    if (strncmp(key, "regimes.", strlen("regimes.")) == 0) {
        status = regime_place(reader, override, key, &place);
    } else if (strncmp(key, "events.", strlen("events.")) == 0) {
        status = event_place(reader, override, key, &place);
    } else if (names_has(key) || is_in_open_section(key)) {
        status = place_make(reader, override, key, &place);
    } else {
        complain_key(reader, override, key);
    }
    if (status == DREDGE_OK && place != NULL) {
        yaml_node_replace(place, value);
    }
    return status;
}
