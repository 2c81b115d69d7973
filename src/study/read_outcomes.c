/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/names.h"
#include "study/parts.h"

/* Outcomes that the study derives: {name, KIND: {...}} with one of the kinds below, and what support costs. */

enum { MOST_DERIVED = 64 };

static const char cost_name[] = "cost_euro";

struct form {
    struct reader *reader;
    const struct yaml_node *node; /* of what the kind is given */
    char path[READER_PATH_BYTES]; /* of it */
    struct derived *derived;
};

typedef void form_reader(const struct form *form);

static const char *const kind_names[] = {"value_of", "first_month", "change", "area", "weights", NULL};

/* ---- parts of the forms ---- */

static double number_of(const struct form *form, const char *name, const struct reader_range *range, double fallback)
{
    const struct yaml_node *entry = yaml_entry(form->node, name);
    char path[READER_PATH_BYTES];
    double number = fallback;
    reader_path(path, form->path, name);
    if (entry != NULL) {
        (void)reader_number(form->reader, entry, path, range, &number);
    }
    return number;
}

static int month_of(const struct form *form, const char *name, int fallback)
{
    const struct reader_range range = {READER_WHOLE, 0, 24000, "months"};
    return (int)number_of(form, name, &range, fallback);
}

/* Complains about keys other than these, which end with NULL, and says which are missing; 1 when all is well. */
static int check_keys(const struct form *form, const char *const *needed, const char *const *allowed)
{
    int is_well = reader_is_map(form->reader, form->node, form->path);
    for (const struct yaml_node *entry = is_well ? form->node->first : NULL; entry != NULL; entry = entry->next) {
        int is_known = 0;
        for (int key = 0; allowed[key] != NULL; key++) {
            is_known |= strcmp(entry->key, allowed[key]) == 0;
        }
        if (!is_known) {
            char path[READER_PATH_BYTES], sentence[MISTAKE_BYTES];
            struct suggestion suggestion;
            reader_path(path, form->path, entry->key);
            reader_suggest(form->reader, &suggestion, entry->key);
            for (int key = 0; allowed[key] != NULL; key++) {
                suggest_try(&suggestion, allowed[key]);
            }
            const char *best = suggest_best(&suggestion);
            (void)snprintf(sentence, sizeof sentence, best != NULL ? "unknown key, did you mean %s?" : "unknown key",
                           best);
            reader_mistake_key(form->reader, entry, path, sentence);
            is_well = 0;
        }
    }
    for (int key = 0; is_well && needed[key] != NULL; key++) {
        if (yaml_entry(form->node, needed[key]) == NULL) {
            char sentence[MISTAKE_BYTES];
            (void)snprintf(sentence, sizeof sentence, "needs a %s", needed[key]);
            reader_mistake_about(form->reader, form->node, form->path, sentence);
            is_well = 0;
        }
    }
    return is_well;
}

static void read_series(const struct form *form)
{
    const char *names[N_SERIES + 1] = {NULL};
    char path[READER_PATH_BYTES];
    for (int series = 0; series < N_SERIES; series++) {
        names[series] = series_infos[series].name;
    }
    reader_path(path, form->path, "series");
    int series = reader_choice(form->reader, yaml_entry(form->node, "series"), path, names);
    form->derived->series = series >= 0 ? series : 0;
}

/* The unit and the better side of a number in the unit of the series. */
static void take_unit(struct derived *derived, const char *format)
{
    const struct series_info *info = &series_infos[derived->series];
    (void)snprintf(derived->unit, sizeof derived->unit, format, info->unit);
    derived->better = info->better;
    derived->matters = strcmp(info->unit, "share") == 0 ? 0.02 : 0;
}

/* ---- the forms ---- */

static void read_value(const struct form *form)
{
    static const char *const keys[] = {"series", "month", NULL};
    struct derived *derived = form->derived;
    if (check_keys(form, keys, keys)) {
        read_series(form);
        derived->to = month_of(form, "month", 0);
        take_unit(derived, "%s");
        (void)snprintf(derived->description, sizeof derived->description, "%s after %d months",
                       series_infos[derived->series].name, derived->to);
    }
}

static void read_first_month(const struct form *form)
{
    static const char *const needed[] = {"series", NULL}, *const allowed[] = {"series", "at_least", "at_most", NULL};
    const struct reader_range range = {READER_REAL, -1e12, 1e12, ""};
    struct derived *derived = form->derived;
    if (!check_keys(form, needed, allowed)) {
        return;
    }
    derived->is_at_most = yaml_entry(form->node, "at_most") != NULL;
    if (derived->is_at_most == (yaml_entry(form->node, "at_least") != NULL)) {
        reader_mistake_about(form->reader, form->node, form->path, "needs either at_least or at_most");
        return;
    }
    read_series(form);
    derived->bound = number_of(form, derived->is_at_most ? "at_most" : "at_least", &range, 0);
    (void)snprintf(derived->unit, sizeof derived->unit, "month");
    derived->better = (derived->is_at_most ? 1 : -1) * series_infos[derived->series].better;
    derived->matters = 1;
    (void)snprintf(derived->description, sizeof derived->description,
                   "first month after which %s is %s %g; the month after the last one when it never is",
                   series_infos[derived->series].name, derived->is_at_most ? "at most" : "at least", derived->bound);
}

/* A change or an area: from a month to a later one. */
static void read_span(const struct form *form)
{
    static const char *const keys[] = {"series", "from", "to", NULL};
    struct derived *derived = form->derived;
    if (!check_keys(form, keys, keys)) {
        return;
    }
    int is_change = derived->kind == DERIVED_CHANGE;
    read_series(form);
    derived->from = month_of(form, "from", 0);
    derived->to = month_of(form, "to", 1);
    take_unit(derived, is_change ? UNIT_CHANGE "%s" : "%s x months");
    derived->matters = is_change ? derived->matters : 0;
    (void)snprintf(derived->description, sizeof derived->description,
                   is_change ? "%s: change from after %d to after %d months"
                             : "%s: sum over the months after month %d up to month %d",
                   series_infos[derived->series].name, derived->from, derived->to);
    if (derived->from >= derived->to) {
        char path[READER_PATH_BYTES];
        reader_path(path, form->path, "to");
        reader_mistake(form->reader, yaml_entry(form->node, "to"), path, "must be a later month than from, %d",
                       derived->from);
    }
}

static void read_weights(const struct form *form)
{
    const struct reader_range range = {READER_REAL, -1e12, 1e12, ""};
    struct derived *derived = form->derived;
    if (!reader_is_map(form->reader, form->node, form->path)) {
        return;
    }
    if (form->node->n_children < 1 || form->node->n_children > DERIVED_MOST_TERMS) {
        reader_mistake(form->reader, form->node, form->path, "must have 1 to %d outcomes, each with its weight",
                       (int)DERIVED_MOST_TERMS);
        return;
    }
    for (const struct yaml_node *entry = form->node->first; entry != NULL; entry = entry->next) {
        char path[READER_PATH_BYTES];
        struct derived_term *term = &derived->terms[derived->n_terms];
        reader_path(path, form->path, entry->key);
        term->outcome = study_outcome(form->reader->study, entry->key);
        if (term->outcome < 0) {
            outcome_unknown(form->reader, entry, path);
        } else if (reader_number(form->reader, entry, path, &range, &term->weight)) {
            derived->n_terms++;
        }
    }
    (void)snprintf(derived->unit, sizeof derived->unit, UNIT_SIGNED);
    derived->better = 1;
    (void)snprintf(derived->description, sizeof derived->description, "weighted sum of %d outcomes", derived->n_terms);
}

static form_reader *const form_readers[] = {read_value, read_first_month, read_span, read_span, read_weights};

/* ---- the list ---- */

static int is_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < DERIVED_NAME_BYTES && (text[0] < '0' || text[0] > '9') &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

/* Names of outcomes are names of variables of results files, beside those of series and of others that dredge has. */
static int is_taken(const struct study *study, const char *name)
{
    static const char *const others[] = {"point",     "regime", "replicate",  "month",   "sector", "sector_pair",
                                         "statistic", "moment", "status",     "message", "seed",   "replicates_done",
                                         "hit_max",   "dredge", "parameters", "design",  cost_name};
    int taken = study_outcome(study, name) >= 0 || series_find(name) >= 0 || strncmp(name, "month_", 6) == 0;
    for (int row = 0; row < N_OUTCOME_ROWS; row++) {
        taken |= strcmp(outcome_infos[row].name, name) == 0;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        taken |= strcmp(others[i], name) == 0;
    }
    return taken;
}

static void read_name(struct reader *reader, const struct yaml_node *node, const char *path, struct derived *derived)
{
    const struct yaml_node *name = yaml_entry(node, "name");
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "name");
    if (name == NULL) {
        reader_mistake_about(reader, node, path, "needs a name");
    } else if (reader_is_text(reader, name, own_path)) {
        if (!is_name(name->text)) {
            reader_mistake(reader, name, own_path, "a name is 1 to %d letters, digits and underscores, a letter first",
                           (int)DERIVED_NAME_BYTES - 1);
        } else if (is_taken(reader->study, name->text)) {
            reader_mistake(reader, name, own_path,
                           "the name is taken by another outcome, a series or a variable of results "
                           "files");
        } else {
            (void)snprintf(derived->name, sizeof derived->name, "%s", name->text);
        }
    }
}

/* What else the outcome has: the one kind, and which side is better where that is said. */
static void read_entries(struct reader *reader, const struct yaml_node *node, const char *path, struct derived *derived)
{
    const struct yaml_node *better = yaml_entry(node, "better");
    struct form form = {.reader = reader, .node = NULL, .derived = derived};
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        int kind = 0;
        while (kind_names[kind] != NULL && strcmp(kind_names[kind], entry->key) != 0) {
            kind++;
        }
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        if (kind_names[kind] != NULL && form.node != NULL) {
            reader_mistake_key(reader, entry, own_path, "an outcome is derived in one way");
        } else if (kind_names[kind] != NULL) {
            form.node = entry;
            derived->kind = (enum derived_kind)kind;
            (void)snprintf(form.path, sizeof form.path, "%s", own_path);
        } else if (strcmp(entry->key, "name") != 0 && strcmp(entry->key, "better") != 0) {
            reader_mistake_key(
                reader, entry, own_path,
                "unknown key: an outcome has a name, value_of, first_month, change, area or weights, and better");
        }
    }
    if (form.node == NULL) {
        reader_mistake_about(reader, node, path, "needs value_of, first_month, change, area or weights");
        return;
    }
    form_readers[derived->kind](&form);
    if (better != NULL) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, "better");
        derived->better = reader_choice(reader, better, own_path, better_names) - 1;
    }
}

static dredge_status make_room(struct study *study)
{
    if (study->derived == NULL) {
        study->derived = calloc(MOST_DERIVED + 1, sizeof *study->derived);
    }
    return study->derived != NULL ? DREDGE_OK : status_no_memory((MOST_DERIVED + 1) * sizeof *study->derived);
}

dredge_status read_outcomes(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct study *study = reader->study;
    int n = 0;
    if (!reader_is_list(reader, node, path)) {
        return DREDGE_OK;
    }
    if (node->n_children > MOST_DERIVED) {
        reader_mistake(reader, node, path, "at most %d outcomes can be derived", (int)MOST_DERIVED);
        return DREDGE_OK;
    }
    dredge_status status = make_room(study);
    for (const struct yaml_node *item = node->first; status == DREDGE_OK && item != NULL; item = item->next) {
        char own_path[READER_PATH_BYTES];
        struct derived derived = {.name = ""};
        (void)snprintf(own_path, sizeof own_path, "%s.%d", path, n++);
        if (reader_is_map(reader, item, own_path)) {
            read_name(reader, item, own_path, &derived);
            read_entries(reader, item, own_path, &derived);
            (void)snprintf(derived.long_name, sizeof derived.long_name, "%s", derived.name);
            for (char *c = derived.long_name; *c != '\0'; c++) {
                if (*c == '_') {
                    *c = ' ';
                }
            }
            study->derived[study->n_derived++] = derived;
        }
    }
    return status;
}

/* ---- costs ---- */

dredge_status read_costs(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct study *study = reader->study;
    dredge_status status = make_room(study);
    if (status == DREDGE_OK) {
        status = read_section(reader, node, path, key);
    }
    if (status == DREDGE_OK) {
        struct derived *cost = &study->derived[study->n_derived++];
        *cost = (struct derived){.kind = DERIVED_COST, .better = -1, .costs = study->costs};
        (void)snprintf(cost->name, sizeof cost->name, "%s", cost_name);
        (void)snprintf(cost->unit, sizeof cost->unit, "euro");
        (void)snprintf(cost->long_name, sizeof cost->long_name, "cost");
        (void)snprintf(cost->description, sizeof cost->description,
                       "of support, a collaboration: the time of insiders and the convener, discounted to the start");
    }
    return status;
}

/* ---- once the design points stand ---- */

/* The factor whose values are the variable `name` of results; NULL when there is none. */
static const struct factor *factor_of_variable(const struct design *design, const char *name)
{
    char plain[NAMES_VARIABLE_BYTES], other[NAMES_VARIABLE_BYTES];
    for (int factor = 0; factor < design->n_factors; factor++) {
        int n_alike = 0;
        names_variable(design->factors[factor].key, 0, plain);
        for (int before = 0; before < factor; before++) {
            names_variable(design->factors[before].key, 0, other);
            n_alike += strcmp(plain, other) == 0;
        }
        names_variable(design->factors[factor].key, n_alike, plain);
        if (strcmp(plain, name) == 0) {
            return &design->factors[factor];
        }
    }
    return NULL;
}

void derived_check(struct reader *reader)
{
    const struct study *study = reader->study;
    const struct yaml_node *item = yaml_entry(reader->root, "outcomes");
    int own = study->n_derived > 0 && study->derived[0].kind == DERIVED_COST; /* costs are no item of the list */
    item = item != NULL && item->kind == YAML_LIST ? item->first : NULL;
    for (; item != NULL && own < study->n_derived; item = item->next, own++) {
        const struct derived *derived = &study->derived[own];
        const struct factor *factor = factor_of_variable(&study->design, derived->name);
        char path[READER_PATH_BYTES];
        (void)snprintf(path, sizeof path, "outcomes.%s", derived->name);
        if (factor != NULL) {
            char sentence[MISTAKE_BYTES];
            (void)snprintf(sentence, sizeof sentence,
                           "the name is taken by the factor %s, which is called so in results", factor->key);
            reader_mistake_about(reader, item, path, sentence);
        }
        if (derived->to > study->horizon) {
            char sentence[MISTAKE_BYTES];
            (void)snprintf(sentence, sizeof sentence,
                           "month %d is after the last one: the study has %d months, aftercare included", derived->to,
                           study->horizon);
            reader_mistake_about(reader, item, path, sentence);
        }
    }
}
