/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/design.h"
#include "study/names.h"
#include "study/parts.h"

static int takes_values(enum design_method method)
{
    return method == DESIGN_GRID || method == DESIGN_LIST;
}

/* ---- factors ---- */

static void see_name(void *context, const char *name)
{
    suggest_try(context, name);
}

/* Finds what the factor's key names: 1, or 0 and a mistake. */
static int find_target(struct reader *reader, const struct yaml_node *node, const char *path, struct factor *factor)
{
    const struct study *study = reader->study;
    (void)snprintf(factor->key, sizeof factor->key, "%s", node->key);
    factor->parameter = parameter_find(node->key);
    factor->regime = factor->steering = -1;
    if (factor->parameter >= 0) {
        return 1;
    }
    static const char start[] = "regimes.";
    const char *name = node->key + strlen(start), *dot = strrchr(node->key, '.');
    for (int regime = 0; strncmp(node->key, start, strlen(start)) == 0 && regime < study->n_regimes; regime++) {
        size_t length = strlen(study->regimes[regime].name);
        if (name + length == dot && length > 0 && strncmp(name, study->regimes[regime].name, length) == 0 &&
            steering_find(dot + 1) >= 0) {
            factor->regime = regime;
            factor->steering = steering_find(dot + 1);
            return 1;
        }
    }
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, node->key);
    names_each_factor(study, see_name, &suggestion);
    const char *best = suggest_best(&suggestion);
    char sentence[MISTAKE_BYTES];
    if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "no parameter is called so, did you mean %s?", best);
    } else {
        (void)snprintf(sentence, sizeof sentence,
                       "no parameter is called so: a factor is a parameter (`dredge show parameters`) or "
                       "regimes.NAME.KEY of a regime in this study");
    }
    reader_mistake_key(reader, node, path, sentence);
    return 0;
}

static dredge_status read_values(struct reader *reader, const struct yaml_node *node, const char *path,
                                 const struct reader_range *range, struct factor *factor)
{
    if (node->n_children == 0) {
        reader_mistake(reader, node, path, "must have at least one value");
        return DREDGE_OK;
    }
    factor->values = malloc((size_t)node->n_children * sizeof *factor->values);
    if (factor->values == NULL) {
        return status_no_memory((size_t)node->n_children * sizeof *factor->values);
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        char own_path[READER_PATH_BYTES];
        (void)snprintf(own_path, sizeof own_path, "%.160s[%d]", path, factor->n_values);
        factor->values[factor->n_values] = 0;
        (void)reader_number(reader, item, own_path, range, &factor->values[factor->n_values]);
        factor->n_values++;
    }
    return DREDGE_OK;
}

static void read_scale(struct reader *reader, const struct yaml_node *node, const char *path, struct factor *factor)
{
    static const char *const scales[] = {"linear", "log"};
    const struct yaml_node *scale = yaml_entry(node, "scale");
    if (scale == NULL) {
        return;
    }
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "scale");
    factor->logarithmic = reader_choice(reader, scale, own_path, 2, scales) == 1;
    if (factor->logarithmic && factor->low <= 0) {
        reader_mistake(reader, scale, own_path, "needs a low above 0, and low is %.10g", factor->low);
    }
}

static void read_span(struct reader *reader, const struct yaml_node *node, const char *path,
                      const struct reader_range *range, struct factor *factor)
{
    static const char *const ends[] = {"low", "high"};
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    int sound = 1;
    for (int end = 0; end < 2; end++) {
        const struct yaml_node *entry = yaml_entry(node, ends[end]);
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, ends[end]);
        if (entry == NULL) {
            reader_mistake(reader, node, path, "needs %s", ends[end]);
            sound = 0;
        } else {
            sound &= reader_number(reader, entry, own_path, range, end == 0 ? &factor->low : &factor->high);
        }
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        if (strcmp(entry->key, "low") != 0 && strcmp(entry->key, "high") != 0 && strcmp(entry->key, "scale") != 0) {
            char own_path[READER_PATH_BYTES];
            reader_path(own_path, path, entry->key);
            reader_mistake_key(reader, entry, own_path, "unknown key; known here: low, high, scale");
        }
    }
    if (sound && !(factor->low < factor->high)) {
        reader_mistake(reader, node, path, "low is %.10g and high is %.10g: low must be below high", factor->low,
                       factor->high);
    } else if (sound) {
        read_scale(reader, node, path, factor);
    }
}

static dredge_status read_factor(struct reader *reader, const struct yaml_node *node, const char *path,
                                 struct factor *factor)
{
    enum design_method method = reader->study->design.method;
    if (!find_target(reader, node, path, factor)) {
        return DREDGE_OK;
    }
    struct reader_range range =
        factor->parameter >= 0 ? reader_parameter_range(factor->parameter) : reader_steering_range(factor->steering);
    int one_at_a_time = method == DESIGN_MORRIS || method == DESIGN_SALTELLI;
    if (node->kind == YAML_LIST) {
        if (one_at_a_time && range.kind == READER_REAL) {
            reader_mistake(reader, node, path, "%s needs a span here: {low: ..., high: ...}", design_methods[method]);
            return DREDGE_OK;
        }
        return read_values(reader, node, path, &range, factor);
    }
    if (takes_values(method)) {
        reader_mistake(reader, node, path, "%s needs a list of values here: [a, b, c]", design_methods[method]);
    } else if (range.kind == READER_FLAG) {
        reader_mistake(reader, node, path, "must be a list of categories: [true, false]");
    } else if (node->kind == YAML_SCALAR) {
        reader_mistake(reader, node, path, "must be a span {low: ..., high: ...} or a list of categories");
    } else {
        read_span(reader, node, path, &range, factor);
    }
    return DREDGE_OK;
}

static dredge_status read_factors(struct reader *reader, const struct yaml_node *node)
{
    static const char path[] = "design.factors";
    struct design *design = &reader->study->design;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
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
    if (design->method == DESIGN_SOBOL && design->n_factors > DESIGN_SOBOL_FACTORS) {
        reader_mistake(reader, node, path, "%d factors: a Sobol sequence has at most %d; latin_hypercube has no limit",
                       design->n_factors, (int)DESIGN_SOBOL_FACTORS);
    }
    for (int factor = 1; design->method == DESIGN_LIST && factor < design->n_factors; factor++) {
        int n_first = design->factors[0].n_values, n_own = design->factors[factor].n_values;
        if (n_own != n_first && n_own > 0 && n_first > 0) { /* 0: complained about already */
            reader_mistake(reader, node, path, "%s has %d values and %s has %d: a list of points needs as many of each",
                           design->factors[0].key, n_first, design->factors[factor].key, n_own);
            break;
        }
    }
    return DREDGE_OK;
}

/* ---- size ---- */

struct size_key {
    const char *name;
    int methods; /* bits of the methods that have it */
    int low, high;
    const char *unit;
};

enum { SIZE_POINTS, SIZE_TRAJECTORIES, SIZE_BASES, SIZE_LEVELS, N_SIZES };

static const struct size_key size_keys[N_SIZES] = {
    {"points", 1 << DESIGN_LATIN_HYPERCUBE | 1 << DESIGN_SOBOL | 1 << DESIGN_MORRIS | 1 << DESIGN_SALTELLI, 1,
     DESIGN_MAX_POINTS, "points"},
    {"trajectories", 1 << DESIGN_MORRIS, 2, 1000000, "trajectories"},
    {"bases", 1 << DESIGN_SALTELLI, 2, 1000000, "base points"},
    {"levels", 1 << DESIGN_MORRIS, 2, 64, "levels, an even number"}};

/* Reads the sizes that are given into `sizes`, 0 where none is. */
static void read_sizes(struct reader *reader, const struct yaml_node *node, int sizes[N_SIZES])
{
    enum design_method method = reader->study->design.method;
    for (int size = 0; size < N_SIZES; size++) {
        const struct size_key *key = &size_keys[size];
        const struct yaml_node *entry = yaml_entry(node, key->name);
        char path[READER_PATH_BYTES];
        reader_path(path, "design", key->name);
        sizes[size] = 0;
        if (entry == NULL) {
            continue;
        }
        if (!(key->methods & 1 << method)) {
            reader_mistake(reader, entry, path, "%s takes no %s", design_methods[method], key->name);
        } else if (reader_whole(reader, entry, path, key->low, key->high, key->unit, &sizes[size]) &&
                   size == SIZE_LEVELS && sizes[size] % 2 != 0) {
            reader_mistake(reader, entry, path, "must be an even number of levels");
        }
    }
    const char *rows = method == DESIGN_MORRIS ? "trajectories" : "bases";
    const struct yaml_node *both = yaml_entry(node, rows);
    if (both != NULL && yaml_entry(node, "points") != NULL && (method == DESIGN_MORRIS || method == DESIGN_SALTELLI)) {
        char path[READER_PATH_BYTES];
        reader_path(path, "design", rows);
        reader_mistake(reader, both, path, "points are given too: choose one");
    }
}

/* Morris and Saltelli designs are made of whole rows: `points` is the most there may be. */
static void set_rows(struct reader *reader, const struct yaml_node *node, const int sizes[N_SIZES])
{
    struct design *design = &reader->study->design;
    int per_row = (int)design_count(design->method, design->n_factors, design->factors, 1);
    design->n_levels = 0;
    if (design->method != DESIGN_MORRIS && design->method != DESIGN_SALTELLI) {
        design->n_rows = sizes[SIZE_POINTS] != 0 ? sizes[SIZE_POINTS] : 256;
        return;
    }
    int rows = sizes[SIZE_BASES] != 0 ? sizes[SIZE_BASES] : 64;
    if (design->method == DESIGN_MORRIS) {
        design->n_levels = sizes[SIZE_LEVELS] != 0 ? sizes[SIZE_LEVELS] : 4;
        rows = sizes[SIZE_TRAJECTORIES] != 0 ? sizes[SIZE_TRAJECTORIES] : 20;
    }
    if (sizes[SIZE_POINTS] != 0) {
        rows = sizes[SIZE_POINTS] / per_row;
        if (rows < 2) {
            reader_mistake(reader, yaml_entry(node, "points"), "design.points",
                           "too few: %s needs at least %d points for %d factors", design_methods[design->method],
                           2 * per_row, design->n_factors);
        }
    }
    design->n_rows = rows;
}

/* ---- the design ---- */

static void read_method(struct reader *reader, const struct yaml_node *node)
{
    reader->study->design.method = DESIGN_GRID;
    const struct yaml_node *method = yaml_entry(node, "method");
    if (method != NULL) {
        int choice = reader_choice(reader, method, "design.method", DESIGN_SALTELLI, design_methods + 1);
        reader->study->design.method = choice >= 0 ? (enum design_method)(choice + 1) : DESIGN_NONE;
    }
}

static void check_count(struct reader *reader, const struct yaml_node *node)
{
    const struct study *study = reader->study;
    const struct design *design = &study->design;
    long long count = design_count(design->method, design->n_factors, design->factors, design->n_rows);
    if (count > DESIGN_MAX_POINTS || count * design->n_factors > DESIGN_MAX_VALUES) {
        reader_mistake(reader, node, "design", "%s%lld points of %d factors: at most %d points and %d values",
                       count >= 2000000000 ? "at least " : "", count, design->n_factors, (int)DESIGN_MAX_POINTS,
                       (int)DESIGN_MAX_VALUES);
    }
}

dredge_status design_read(struct reader *reader, const struct yaml_node *node)
{
    struct design *design = &reader->study->design;
    if (!reader_is_map(reader, node, "design")) {
        return DREDGE_OK;
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        int known = strcmp(entry->key, "method") == 0 || strcmp(entry->key, "factors") == 0;
        for (int size = 0; size < N_SIZES; size++) {
            known |= strcmp(entry->key, size_keys[size].name) == 0;
        }
        if (!known) {
            char path[READER_PATH_BYTES];
            reader_path(path, "design", entry->key);
            reader_unknown(reader, entry, path);
        }
    }
    read_method(reader, node);
    const struct yaml_node *factors = yaml_entry(node, "factors");
    if (factors == NULL) {
        reader_mistake(reader, node, "design", "needs factors: the keys to vary and their values");
        return DREDGE_OK;
    }
    if (design->method == DESIGN_NONE) {
        return DREDGE_OK; /* without its method, what the factors should look like is unknown */
    }
    int before = reader->mistakes.n + reader->mistakes.n_left_out;
    int sizes[N_SIZES];
    dredge_status status = read_factors(reader, factors);
    if (status != DREDGE_OK) {
        return status;
    }
    read_sizes(reader, node, sizes);
    set_rows(reader, node, sizes);
    if (reader->mistakes.n + reader->mistakes.n_left_out == before) {
        check_count(reader, node);
    }
    return DREDGE_OK;
}
