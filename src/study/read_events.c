/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/parts.h"

/* Events: {month, name, and one or more of set, shock, replace, join, convener}. */

static const char section[] = "events.NAME"; /* in the table of keys */

/* An event on its way. */
struct reading {
    struct reader *reader;
    struct event *event;
};

static dredge_status add_act(struct reading *reading, enum act_kind kind, int what, double value)
{
    struct study *study = reading->reader->study;
    struct act *acts = study->acts;
    if ((study->n_acts & (study->n_acts - 1)) == 0) { /* room for twice as many, at every power of 2 */
        size_t n = study->n_acts == 0 ? 1 : 2 * (size_t)study->n_acts;
        acts = realloc(study->acts, n * sizeof *acts);
        if (acts == NULL) {
            return status_no_memory(n * sizeof *acts);
        }
        study->acts = acts;
    }
    acts[study->n_acts] = (struct act){reading->event->month, study->n_acts, kind, what, value};
    study->n_acts++;
    reading->event->n_acts++;
    return DREDGE_OK;
}

/* Complains about entries that the table of keys does not know below `row` of it. */
static void check_keys(struct reader *reader, const struct yaml_node *node, const char *path, const char *row)
{
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES], known[160] = "", sentence[MISTAKE_BYTES];
        size_t used = 0;
        reader_path(own_path, path, entry->key);
        if (key_find(row, entry->key) >= 0 || reader_is_half_number(reader, entry, own_path)) {
            continue;
        }
        for (int key = 0; key < n_keys; key++) {
            const char *name = key_below(&key_infos[key], row);
            if (name != NULL) {
                used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", used > 0 ? ", " : "", name);
            }
        }
        (void)snprintf(sentence, sizeof sentence, "unknown key; known here: %s", known);
        reader_mistake_key(reader, entry, own_path, sentence);
    }
}

/* A number of the table below `row`, which must be there: 1, or 0 and a mistake. */
static int read_number(struct reader *reader, const struct yaml_node *node, const char *path, const char *row,
                       const char *name, double *value)
{
    const struct yaml_node *entry = yaml_entry(node, name);
    struct reader_range range = reader_key_range(key_find(row, name));
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, name);
    if (entry == NULL) {
        reader_mistake(reader, node, path, "needs %s", name);
        return 0;
    }
    return reader_number(reader, entry, own_path, &range, value);
}

/* ---- acts ---- */

static void complain_parameter(struct reader *reader, const struct yaml_node *entry, const char *path, const char *key)
{
    struct suggestion suggestion;
    char sentence[MISTAKE_BYTES];
    reader_suggest(reader, &suggestion, key);
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        if (act_may_set(parameter)) {
            suggest_try(&suggestion, parameter_infos[parameter].key);
        }
    }
    const char *best = suggest_best(&suggestion);
    if (parameter_find(key) >= 0) {
        (void)snprintf(sentence, sizeof sentence, "cannot change on the way: it shapes the start or the seats only");
    } else if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "no parameter is called so, did you mean %s?", best);
    } else {
        (void)snprintf(sentence, sizeof sentence, "no parameter is called so (`dredge show parameters`)");
    }
    reader_mistake_key(reader, entry, path, sentence);
}

/* {funder.target: 1.5}, or {funder: {target: 1.5}}: `key` is the path of the section within the parameters. */
static dredge_status read_set(struct reading *reading, const struct yaml_node *node, const char *path, const char *key)
{
    struct reader *reader = reading->reader;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = DREDGE_OK;
    for (const struct yaml_node *entry = node->first; entry != NULL && status == DREDGE_OK; entry = entry->next) {
        char own_path[READER_PATH_BYTES], own_key[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        reader_path(own_key, key, entry->key);
        int parameter = parameter_find(own_key);
        double value;
        if (parameter < 0 && entry->kind == YAML_MAP && entry->n_children > 0 && strlen(own_key) < STUDY_KEY_BYTES) {
            status = read_set(reading, entry, own_path, own_key); /* at most as deep as YAML may be */
        } else if (parameter < 0 || !act_may_set(parameter)) {
            complain_parameter(reader, entry, own_path, own_key);
        } else {
            struct reader_range range = reader_parameter_range(parameter);
            if (reader_number(reader, entry, own_path, &range, &value)) {
                status = add_act(reading, ACT_SET, parameter, value);
            }
        }
    }
    return status;
}

static dredge_status read_shock(struct reading *reading, const struct yaml_node *node, const char *path)
{
    struct reader *reader = reading->reader;
    static const struct reader_range range = {READER_REAL, -1, 1, "share"};
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = DREDGE_OK;
    int n_read = 0;
    for (int shock = 0; shock < N_SHOCKS && status == DREDGE_OK; shock++) {
        const struct yaml_node *entry = yaml_entry(node, shock_names[shock]);
        char own_path[READER_PATH_BYTES];
        double value;
        reader_path(own_path, path, shock_names[shock]);
        n_read += entry != NULL;
        if (entry != NULL && reader_number(reader, entry, own_path, &range, &value)) {
            status = add_act(reading, ACT_SHOCK, shock, value);
        }
    }
    for (const struct yaml_node *entry = node->first; entry != NULL && n_read < node->n_children; entry = entry->next) {
        int shock = 0;
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        while (shock < N_SHOCKS && strcmp(shock_names[shock], entry->key) != 0) {
            shock++;
        }
        if (shock == N_SHOCKS && !reader_is_half_number(reader, entry, own_path)) {
            reader_mistake_key(
                reader, entry, own_path,
                "unknown key; known here: trust, momentum, latent, open, pressure, budget, relevance, symptom");
        }
    }
    return status;
}

/* {sector, share} or {sector, seats}. */
static dredge_status read_seats(struct reading *reading, const struct yaml_node *node, const char *path,
                                enum act_kind kind)
{
    struct reader *reader = reading->reader;
    const char *row = kind == ACT_REPLACE ? "events.NAME.replace" : "events.NAME.join";
    const char *name = kind == ACT_REPLACE ? "share" : "seats";
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    check_keys(reader, node, path, row);
    const struct yaml_node *entry = yaml_entry(node, "sector");
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "sector");
    double value;
    int sector = -1;
    if (entry == NULL) {
        reader_mistake(reader, node, path, "needs sector");
    } else {
        sector = reader_choice(reader, entry, own_path, sector_choices);
    }
    int is_number = read_number(reader, node, path, row, name, &value);
    return is_number && sector >= 0 ? add_act(reading, kind, sector, value) : DREDGE_OK;
}

static dredge_status read_convener(struct reading *reading, const struct yaml_node *node, const char *path)
{
    static const char row[] = "events.NAME.convener";
    double value;
    if (!reader_is_map(reading->reader, node, path)) {
        return DREDGE_OK;
    }
    check_keys(reading->reader, node, path, row);
    return read_number(reading->reader, node, path, row, "skill", &value) ? add_act(reading, ACT_CONVENER, 0, value)
                                                                          : DREDGE_OK;
}

static dredge_status read_acts(struct reading *reading, const struct yaml_node *node, const char *path)
{
    static const struct {
        const char *name;
        enum act_kind kind;
    } kinds[] = {{"set", ACT_SET},
                 {"shock", ACT_SHOCK},
                 {"replace", ACT_REPLACE},
                 {"join", ACT_JOIN},
                 {"convener", ACT_CONVENER}};
    const struct mistakes *mistakes = &reading->reader->mistakes;
    dredge_status status = DREDGE_OK;
    int before = mistakes->n + mistakes->n_left_out;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && status == DREDGE_OK; k++) {
        const struct yaml_node *entry = yaml_entry(node, kinds[k].name);
        char own_path[READER_PATH_BYTES];
        if (entry == NULL) {
            continue;
        }
        reader_path(own_path, path, kinds[k].name);
        switch (kinds[k].kind) {
        case ACT_SET:
            status = read_set(reading, entry, own_path, "");
            break;
        case ACT_SHOCK:
            status = read_shock(reading, entry, own_path);
            break;
        case ACT_REPLACE:
        case ACT_JOIN:
            status = read_seats(reading, entry, own_path, kinds[k].kind);
            break;
        case ACT_CONVENER:
            status = read_convener(reading, entry, own_path);
            break;
        }
    }
    if (reading->event->n_acts == 0 && mistakes->n + mistakes->n_left_out == before) {
        reader_mistake(reading->reader, node, path, "does nothing: it needs set, shock, replace, join or convener");
    }
    return status;
}

/* ---- events ---- */

/* The name by which factors find the event; it has one without, too. */
static void read_name(struct reader *reader, const struct yaml_node *node, const char *path, int number)
{
    struct event *event = &reader->study->events[number];
    const struct yaml_node *entry = yaml_entry(node, "name");
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "name");
    (void)snprintf(event->name, sizeof event->name, "event_%d", number + 1);
    if (entry != NULL && reader_is_text(reader, entry, own_path)) {
        if (strlen(entry->text) >= sizeof event->name) {
            reader_mistake(reader, entry, own_path, "is longer than %d bytes", (int)sizeof event->name - 1);
            return;
        }
        (void)snprintf(event->name, sizeof event->name, "%s", entry->text);
    }
}

/* An event's name and its place in the file. */
struct named {
    const char *name;
    const struct yaml_node *item;
    int number;
};

static int compare_names(const void *a, const void *b)
{
    const struct named *first = a, *second = b;
    int order = strcmp(first->name, second->name);
    return order != 0 ? order : (first->number > second->number) - (first->number < second->number);
}

/* Two events of one name could not be told apart. */
static dredge_status check_names(struct reader *reader, const struct yaml_node *node)
{
    const struct study *study = reader->study;
    struct named *sorted = calloc((size_t)study->n_events + 1, sizeof *sorted);
    if (sorted == NULL) {
        return status_no_memory(((size_t)study->n_events + 1) * sizeof *sorted);
    }
    int n = 0;
    for (const struct yaml_node *item = node->first; item != NULL && n < study->n_events; item = item->next, n++) {
        sorted[n] = (struct named){study->events[n].name, item, n};
    }
    qsort(sorted, (size_t)n, sizeof *sorted, compare_names);
    for (int k = 1; k < n; k++) {
        if (strcmp(sorted[k].name, sorted[k - 1].name) == 0) {
            const struct yaml_node *entry = yaml_entry(sorted[k].item, "name");
            char event[READER_PATH_BYTES], path[READER_PATH_BYTES];
            reader_path(event, "events", sorted[k].name);
            reader_path(path, event, "name");
            reader_mistake(reader, entry != NULL ? entry : sorted[k].item, path,
                           "two events are called %s: each needs a name of its own", sorted[k].name);
        }
    }
    free(sorted);
    return DREDGE_OK;
}

static dredge_status read_event(struct reader *reader, const struct yaml_node *node, int number)
{
    struct event *event = &reader->study->events[number];
    struct reading reading = {reader, event};
    char path[READER_PATH_BYTES];
    double month;
    (void)snprintf(path, sizeof path, "events[%d]", number);
    event->first_act = reader->study->n_acts;
    event->month = 1;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    read_name(reader, node, path, number);
    reader_path(path, "events", event->name);
    check_keys(reader, node, path, section);
    if (read_number(reader, node, path, section, "month", &month)) {
        event->month = (int)month;
    }
    return read_acts(&reading, node, path);
}

dredge_status read_events(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct study *study = reader->study;
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    if (node->n_children > EVENTS_MAX) {
        reader_mistake(reader, node, path, "has %d events: at most %d", node->n_children, (int)EVENTS_MAX);
        return DREDGE_OK;
    }
    study->events = calloc((size_t)node->n_children + 1, sizeof *study->events);
    if (study->events == NULL) {
        return status_no_memory((size_t)node->n_children * sizeof *study->events);
    }
    dredge_status status = DREDGE_OK;
    for (const struct yaml_node *item = node->first; item != NULL && status == DREDGE_OK; item = item->next) {
        status = read_event(reader, item, study->n_events++);
    }
    return status == DREDGE_OK ? check_names(reader, node) : status;
}
