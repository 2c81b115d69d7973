/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/design.h"
#include "study/factor.h"
#include "study/keys.h"
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
    if (factor_find(study, node->key, factor)) {
        return 1;
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
                                 const struct reader_range *range, const char *const *names, struct factor *factor)
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
        double *value = &factor->values[factor->n_values++];
        if (names != NULL) {
            *value = reader_choice(reader, item, own_path, names);
        } else {
            (void)reader_number(reader, item, own_path, range, value);
        }
    }
    return DREDGE_OK;
}

static void read_scale(struct reader *reader, const struct yaml_node *node, const char *path, struct factor *factor)
{
    const struct yaml_node *scale = yaml_entry(node, "scale");
    if (scale == NULL) {
        return;
    }
    char own_path[READER_PATH_BYTES];
    reader_path(own_path, path, "scale");
    factor->logarithmic = reader_choice(reader, scale, own_path, factor_scale_names) == 1;
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
        if (key_find("design.factors.KEY", entry->key) < 0) {
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
    struct factor_about about = factor_about(factor);
    int is_category = about.is_flag || about.names != NULL;
    struct reader_range range = {about.is_flag    ? READER_FLAG
                                 : about.is_whole ? READER_WHOLE
                                                  : READER_REAL,
                                 about.low, about.high, about.unit};
    int one_at_a_time = method == DESIGN_MORRIS || method == DESIGN_SALTELLI;
    if (node->kind == YAML_LIST) {
        if (one_at_a_time && range.kind == READER_REAL) {
            reader_mistake(reader, node, path, "%s needs a span here: {low: ..., high: ...}", design_methods[method]);
            return DREDGE_OK;
        }
        return read_values(reader, node, path, &range, about.names, factor);
    }
    if (takes_values(method)) {
        reader_mistake(reader, node, path, "%s needs a list of values here: [a, b, c]", design_methods[method]);
    } else if (is_category) {
        reader_mistake(reader, node, path, "must be a list of categories: [%s, %s]",
                       about.names != NULL ? about.names[0] : "true", about.names != NULL ? "..." : "false");
    } else if (node->kind == YAML_SCALAR) {
        reader_mistake(reader, node, path, "must be a span {low: ..., high: ...} or a list of categories");
    } else {
        read_span(reader, node, path, &range, factor);
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

enum { ALL_SAMPLED = 1 << DESIGN_LATIN_HYPERCUBE | 1 << DESIGN_SOBOL | 1 << DESIGN_MORRIS | 1 << DESIGN_SALTELLI };

/* Keys that only some methods have. */
static const struct {
    const char *name;
    int methods; /* bits */
} method_keys[] = {{"points", ALL_SAMPLED},
                   {"trajectories", 1 << DESIGN_MORRIS},
                   {"levels", 1 << DESIGN_MORRIS},
                   {"bases", 1 << DESIGN_SALTELLI}};

static void check_sizes(struct reader *reader, const struct yaml_node *node)
{
    const struct design *design = &reader->study->design;
    enum design_method method = design->method;
    char path[READER_PATH_BYTES];
    for (size_t key = 0; key < sizeof method_keys / sizeof method_keys[0]; key++) {
        const struct yaml_node *entry = yaml_entry(node, method_keys[key].name);
        reader_path(path, "design", method_keys[key].name);
        if (entry != NULL && !(method_keys[key].methods & 1 << method)) {
            reader_mistake(reader, entry, path, "%s takes no %s", design_methods[method], method_keys[key].name);
        }
    }
    if (design->asked.levels % 2 != 0) {
        reader_mistake(reader, yaml_entry(node, "levels"), "design.levels", "must be an even number of levels");
    }
    const char *rows = method == DESIGN_MORRIS ? "trajectories" : "bases";
    const struct yaml_node *both = yaml_entry(node, rows);
    if (both != NULL && yaml_entry(node, "points") != NULL && (method == DESIGN_MORRIS || method == DESIGN_SALTELLI)) {
        reader_path(path, "design", rows);
        reader_mistake(reader, both, path, "points are given too: choose one");
    }
}

/* Morris and Saltelli designs are made of whole rows: `points` is the most there may be. */
static void set_rows(struct reader *reader, const struct yaml_node *node)
{
    struct design *design = &reader->study->design;
    int per_row = (int)design_count(design->method, design->n_factors, design->factors, 1);
    design->n_levels = 0;
    if (design->method != DESIGN_MORRIS && design->method != DESIGN_SALTELLI) {
        design->n_rows = design->asked.points;
        return;
    }
    int rows = design->asked.bases;
    if (design->method == DESIGN_MORRIS) {
        design->n_levels = design->asked.levels;
        rows = design->asked.trajectories;
    }
    if (yaml_entry(node, "points") != NULL) {
        rows = design->asked.points / per_row;
        if (rows < 2) {
            reader_mistake(reader, yaml_entry(node, "points"), "design.points",
                           "too few: %s needs at least %d points for %d factors", design_methods[design->method],
                           2 * per_row, design->n_factors);
        }
    }
    design->n_rows = rows;
}

/* ---- the design ---- */

dredge_status read_method(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    int choice = reader_choice(reader, node, path, key_infos[key].choices);
    reader->study->design.method = choice >= 0 ? (enum design_method)(choice + 1) : DESIGN_NONE;
    return DREDGE_OK;
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

dredge_status read_design(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct design *design = &reader->study->design;
    int before = reader->mistakes.n + reader->mistakes.n_left_out;
    design->method = DESIGN_GRID;
    dredge_status status = read_section(reader, node, path, key);
    if (status != DREDGE_OK || node->kind != YAML_MAP) {
        return status;
    }
    if (design->method != DESIGN_NONE) {
        check_sizes(reader, node);
    }
    if (yaml_entry(node, "factors") == NULL) {
        reader_mistake(reader, node, path, "needs factors: the keys to vary and their values");
        return DREDGE_OK;
    }
    if (design->method == DESIGN_NONE || design->n_factors == 0) {
        return DREDGE_OK; /* complained about already */
    }
    set_rows(reader, node);
    if (reader->mistakes.n + reader->mistakes.n_left_out == before) {
        check_count(reader, node);
    }
    return DREDGE_OK;
}
