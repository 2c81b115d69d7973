/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/design.h"
#include "study/factor.h"
#include "study/keys.h"
#include "study/names.h"
#include "study/parts.h"
#include "study/sobol.h"

/* The factors of a design. A factor is a list of values, {low, high[, scale]}, or one of the distributions, between low
 * and high or over the whole range of its key. */

static const char section[] = "design.factors.KEY"; /* in the table of keys */

enum { MOST_GROUPED = 1024 }; /* factors that a group may name */

static int takes_values(enum design_method method)
{
    return method == DESIGN_GRID || method == DESIGN_LIST || method == DESIGN_POSTERIOR;
}

/* A factor on its way. */
struct reading {
    struct reader *reader;
    struct factor *factor;
    struct factor_about about;
    struct reader_range range;
};

/* ---- what the key names ---- */

static void see_name(void *context, const char *name)
{
    suggest_try(context, name);
}

void factor_unknown(struct reader *reader, const struct yaml_node *node, const char *path)
{
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, node->key);
    names_each_factor(reader->study, see_name, &suggestion);
    const char *best = suggest_best(&suggestion);
    char sentence[MISTAKE_BYTES];
    if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "no parameter is called so, did you mean %s?", best);
    } else {
        (void)snprintf(sentence, sizeof sentence,
                       "no parameter is called so: a factor is a parameter (`dredge show parameters`), "
                       "regimes.NAME.KEY of a regime or events.NAME.KEY of an event in this study");
    }
    reader_mistake_key(reader, node, path, sentence);
}

/* ---- values ---- */

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* A value that stands in its list twice: its design points would be there twice, under two numbers. */
static dredge_status check_once(struct reading *reading, const struct yaml_node *node, const char *path)
{
    const struct factor *factor = reading->factor;
    size_t n = (size_t)factor->n_values, i = 1;
    double *sorted = malloc(n * sizeof *sorted);
    if (sorted == NULL) {
        return status_no_memory(n * sizeof *sorted);
    }
    memcpy(sorted, factor->values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_numbers);
    while (i < n && sorted[i - 1] < sorted[i]) {
        i++;
    }
    if (i < n && reading->about.names != NULL) {
        reader_mistake(reading->reader, node, path, "%s stands there twice: give each value once",
                       reading->about.names[(int)sorted[i]]);
    } else if (i < n) {
        reader_mistake(reading->reader, node, path, "%.10g stands there twice: give each value once", sorted[i]);
    }
    free(sorted);
    return DREDGE_OK;
}

static dredge_status read_values(struct reading *reading, const struct yaml_node *node, const char *path)
{
    struct factor *factor = reading->factor;
    if (node->n_children == 0) {
        reader_mistake(reading->reader, node, path, "must have at least one value");
        return DREDGE_OK;
    }
    if (reading->about.names == NULL && reader_is_in_halves(reading->reader, node, path, &reading->range, 0)) {
        return DREDGE_OK;
    }
    factor->values = malloc((size_t)node->n_children * sizeof *factor->values);
    if (factor->values == NULL) {
        return status_no_memory((size_t)node->n_children * sizeof *factor->values);
    }
    const struct mistakes *mistakes = &reading->reader->mistakes;
    int n_mistakes = mistakes->n + mistakes->n_left_out;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "%.160s[%d]", path, factor->n_values);
        factor->values[factor->n_values] = 0;
        double *value = &factor->values[factor->n_values++];
        if (reading->about.names != NULL) {
            *value = reader_choice(reading->reader, item, own_path, reading->about.names);
        } else {
            (void)reader_number(reading->reader, item, own_path, &reading->range, value);
        }
    }
    int is_sound = mistakes->n + mistakes->n_left_out == n_mistakes;
    enum design_method method = reading->reader->study->design.method;
    int are_points = method == DESIGN_LIST || method == DESIGN_POSTERIOR; /* which may share a value */
    return is_sound && !are_points ? check_once(reading, node, path) : DREDGE_OK;
}

/* ---- spans and distributions ---- */

/* Reads low and high, which are the ends of the key's range where they may be left out. 1 when they are sound. */
static int read_ends(struct reading *reading, const struct yaml_node *node, const char *path, int are_needed)
{
    static const char *const names[] = {"low", "high"};
    struct factor *factor = reading->factor;
    int sound = 1;
    factor->low = reading->about.low;
    factor->high = reading->about.high;
    for (int end = 0; end < 2; end++) {
        const struct yaml_node *entry = yaml_entry(node, names[end]);
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, names[end]);
        if (entry != NULL) {
            sound &= reader_number(reading->reader, entry, own_path, &reading->range,
                                   end == 0 ? &factor->low : &factor->high);
        } else if (are_needed) {
            reader_mistake(reading->reader, node, path, "needs %s", names[end]);
            sound = 0;
        }
    }
    if (sound && !(factor->low < factor->high)) {
        reader_mistake(reading->reader, node, path, "low is %.10g and high is %.10g: low must be below high",
                       factor->low, factor->high);
        sound = 0;
    }
    return sound;
}

static void read_scale(struct reading *reading, const struct yaml_node *scale, const char *path)
{
    struct factor *factor = reading->factor;
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "scale");
    if (reader_choice(reading->reader, scale, own_path, factor_scale_names) == 1) {
        factor->distribution = DISTRIBUTION_LOG;
        if (factor->low <= 0) {
            reader_mistake(reading->reader, scale, own_path, "needs a low above 0, and low is %.10g", factor->low);
        }
    }
}

static void read_span(struct reading *reading, const struct yaml_node *node, const char *path)
{
    struct reader *reader = reading->reader;
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    const struct yaml_node *scale = yaml_entry(node, "scale"), *first = scale, *given = NULL;
    int shape = -1;
    char own_path[READER_PATH_BYTES];
    for (int index = 0; shape_name(index) != NULL; index++) {
        const struct yaml_node *entry = yaml_entry(node, shape_name(index));
        if (entry != NULL && first != NULL) {
            reader_path(own_path, path, entry->key);
            reader_mistake(reader, entry, own_path, "%s is given already: choose one", first->key);
        } else if (entry != NULL) {
            first = given = entry;
            shape = index;
        }
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        reader_path(own_path, path, entry->key);
        if (key_find(section, entry->key) < 0 && !reader_is_half_number(reader, entry, own_path)) {
            reader_mistake_key(reader, entry, own_path,
                               "unknown key; known here: low, high, scale, beta, normal, triangular, lognormal");
        }
    }
    if (!read_ends(reading, node, path, given == NULL)) {
        return;
    }
    if (given != NULL) {
        shape_read(reader, given, path, shape, reading->factor);
    } else if (scale != NULL) {
        read_scale(reading, scale, path);
    }
}

int read_prior(struct reader *reader, const struct yaml_node *node, const char *path, struct factor *factor)
{
    if (!factor_find(reader->study, node->key, factor)) {
        factor_unknown(reader, node, path);
        return 0;
    }
    struct reading reading = {reader, factor, factor_about(factor), {READER_REAL, 0, 0, ""}};
    const struct factor_about *about = &reading.about;
    if (about->is_flag || about->names != NULL) {
        reader_mistake_key(reader, node, path, "a prior is a span of numbers; theories have a key of their own");
        return 0;
    }
    int before = reader->mistakes.n + reader->mistakes.n_left_out;
    reading.range =
        (struct reader_range){about->is_whole ? READER_WHOLE : READER_REAL, about->low, about->high, about->unit};
    read_span(&reading, node, path);
    return reader->mistakes.n + reader->mistakes.n_left_out == before;
}

/* ---- factors ---- */

static dredge_status read_factor(struct reader *reader, const struct yaml_node *node, const char *path,
                                 struct factor *factor)
{
    enum design_method method = reader->study->design.method;
    if (!factor_find(reader->study, node->key, factor)) {
        factor_unknown(reader, node, path);
        return DREDGE_OK;
    }
    struct reading reading = {reader, factor, factor_about(factor), {READER_REAL, 0, 0, ""}};
    const struct factor_about *about = &reading.about;
    reading.range = (struct reader_range){about->is_flag    ? READER_FLAG
                                          : about->is_whole ? READER_WHOLE
                                                            : READER_REAL,
                                          about->low, about->high, about->unit};
    int one_at_a_time = method == DESIGN_MORRIS || method == DESIGN_SALTELLI;
    if (node->kind == YAML_LIST) {
        if (one_at_a_time && reading.range.kind == READER_REAL) {
            reader_mistake(reader, node, path, "%s needs a span here: {low: ..., high: ...}", design_methods[method]);
            return DREDGE_OK;
        }
        return read_values(&reading, node, path);
    }
    if (takes_values(method)) {
        reader_mistake(reader, node, path, "%s needs a list of values here: [a, b, c]", design_methods[method]);
    } else if (about->is_flag || about->names != NULL) {
        reader_mistake(reader, node, path, "must be a list of categories: [%s, %s]",
                       about->names != NULL ? about->names[0] : "true", about->names != NULL ? "..." : "false");
    } else if (node->kind == YAML_SCALAR) {
        reader_mistake(reader, node, path, "must be a span {low: ..., high: ...} or a list of categories");
    } else {
        read_span(&reading, node, path);
    }
    return DREDGE_OK;
}

static void check_lists(struct reader *reader, const struct yaml_node *node, const char *path)
{
    const struct design *design = &reader->study->design;
    for (int factor = 1; factor < design->n_factors; factor++) {
        int n_first = design->factors[0].n_values, n_own = design->factors[factor].n_values;
        if (n_own != n_first && n_own > 0 && n_first > 0) { /* 0: complained about already */
            reader_mistake(reader, node, path, "%s has %d values and %s has %d: a list of points needs as many of each",
                           design->factors[0].key, n_first, design->factors[factor].key, n_own);
            return;
        }
    }
}

/* Puts the factors that one list names into a group. */
static void read_group(struct reader *reader, const struct yaml_node *list, const char *path)
{
    struct design *design = &reader->study->design;
    const char *names[MOST_GROUPED + 1] = {NULL};
    for (int k = 0; k < design->n_factors && k < MOST_GROUPED; k++) {
        names[k] = design->factors[k].key;
    }
    if (!reader_is_list(reader, list, path)) {
        return;
    }
    for (const struct yaml_node *item = list->first; item != NULL; item = item->next) {
        int k = reader_choice(reader, item, path, names);
        if (k >= 0 && *design->factors[k].group != '\0') {
            reader_mistake(reader, item, path, "is in a group already: %s", design->factors[k].group);
        } else if (k >= 0) {
            (void)snprintf(design->factors[k].group, STUDY_KEY_BYTES, "%s", list->key);
        }
    }
}

dredge_status read_groups(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    const struct design *design = &reader->study->design;
    (void)key;
    if (design->method != DESIGN_SALTELLI || design->factors == NULL || !reader_is_map(reader, node, path)) {
        return DREDGE_OK; /* complained about elsewhere */
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        if (strlen(entry->key) >= STUDY_KEY_BYTES) {
            reader_mistake_key(reader, entry, own_path, "too long for a name");
        } else {
            read_group(reader, entry, own_path);
        }
    }
    return DREDGE_OK;
}

dredge_status read_factors(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct design *design = &reader->study->design;
    if (design->method == DESIGN_NONE || !reader_is_map(reader, node, path)) {
        return DREDGE_OK; /* without its method, what the factors should look like is unknown */
    }
    if (node->n_children == 0) {
        reader_mistake(reader, node, path, "must name at least one factor");
        return DREDGE_OK;
    }
    design->factors = calloc((size_t)node->n_children, sizeof *design->factors);
    if (design->factors == NULL) {
        return status_no_memory((size_t)node->n_children * sizeof *design->factors);
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        dredge_status status = read_factor(reader, entry, own_path, &design->factors[design->n_factors++]);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    if (design->method == DESIGN_SOBOL && design->n_factors > SOBOL_MAX_DIMENSIONS) {
        reader_mistake(reader, node, path, "%d factors: a Sobol sequence has at most %d; latin_hypercube has no limit",
                       design->n_factors, (int)SOBOL_MAX_DIMENSIONS);
    }
    if (design->method == DESIGN_LIST || design->method == DESIGN_POSTERIOR) {
        check_lists(reader, node, path);
    }
    return DREDGE_OK;
}
