/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study/design.h"
#include "study/factor.h"
#include "study/keys.h"
#include "study/names.h"
#include "study/parts.h"
#include "study/where.h"

/* ---- size ---- */

enum { ALL_SAMPLED = 1 << DESIGN_LATIN_HYPERCUBE | 1 << DESIGN_SOBOL | 1 << DESIGN_MORRIS | 1 << DESIGN_SALTELLI };

/* Keys that only some methods have. */
static const struct {
    const char *name;
    int methods; /* bits */
} method_keys[] = {{"points", ALL_SAMPLED | 1 << DESIGN_POSTERIOR},
                   {"trajectories", 1 << DESIGN_MORRIS},
                   {"levels", 1 << DESIGN_MORRIS},
                   {"bases", 1 << DESIGN_SALTELLI},
                   {"scrambles", 1 << DESIGN_SALTELLI},
                   {"groups", 1 << DESIGN_SALTELLI},
                   {"seed", ALL_SAMPLED | 1 << DESIGN_POSTERIOR},
                   {"file", 1 << DESIGN_LIST | 1 << DESIGN_POSTERIOR},
                   {"where", ~(1 << DESIGN_MORRIS | 1 << DESIGN_SALTELLI)}};

/* The largest power of 2 that is not above n; 0 below 1. */
static int power_of_two(int n)
{
    int power = 1;
    while (power <= n / 2) {
        power *= 2;
    }
    return n < 1 ? 0 : power;
}

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
    int bases = design->asked.bases;
    if (method == DESIGN_SALTELLI && bases != power_of_two(bases)) {
        reader_mistake(reader, yaml_entry(node, "bases"), "design.bases",
                       "must be a power of 2, at which the sequence is even: %d or %d", power_of_two(bases),
                       2 * power_of_two(bases));
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
    design->n_scrambles = design->method == DESIGN_SALTELLI ? design->asked.scrambles : 0;
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
        rows = design->asked.points / per_row / (design->n_scrambles > 0 ? design->n_scrambles : 1);
        rows = design->method == DESIGN_SALTELLI ? power_of_two(rows) : rows;
        if (rows < 2) {
            reader_mistake(reader, yaml_entry(node, "points"), "design.points",
                           "too few: %s needs at least %d points for %d factors", design_methods[design->method],
                           2 * per_row, design->n_factors);
        }
    }
    design->n_rows = design->n_scrambles > 0 ? rows * design->n_scrambles : rows;
}

/* ---- the design ---- */

dredge_status read_method(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    int choice = reader_choice(reader, node, path, key_infos[key].choices);
    reader->study->design.method = choice >= 0 ? (enum design_method)(choice + 1) : DESIGN_NONE;
    return DREDGE_OK;
}

/* Factors that --set gives, or that results keep, stand for the file. */
dredge_status read_points_file(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    const struct yaml_node *design = yaml_entry(reader->root, "design"), *given = yaml_entry(design, "factors");
    struct yaml_node *factors = NULL;
    if (given != NULL && given->origin == NULL) {
        reader_mistake(reader, node, path, "factors are given too: choose one");
    }
    enum design_method method = reader->study->design.method;
    if (given != NULL || (method != DESIGN_LIST && method != DESIGN_POSTERIOR)) {
        return DREDGE_OK;
    }
    dredge_status status = points_read(reader, node, path, &factors);
    if (status != DREDGE_OK || factors == NULL) {
        return status;
    }
    reader->has_points_file = 1;
    return read_factors(reader, factors, "design.factors", key);
}

dredge_status read_where(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    struct design *design = &reader->study->design;
    char sentence[MISTAKE_BYTES];
    if (design->n_factors == 0 || !reader_is_text(reader, node, path)) {
        return DREDGE_OK;
    }
    int is_read = where_read(reader->study, node->text, &design->where, sizeof sentence, sentence);
    if (is_read == 0) {
        reader_mistake(reader, node, path, "%s", sentence);
    }
    return is_read < 0 ? DREDGE_MEMORY : DREDGE_OK;
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
    if (yaml_entry(node, "factors") == NULL && yaml_entry(node, "file") == NULL) {
        reader_mistake_about(reader, node, path,
                             design->method == DESIGN_POSTERIOR
                                 ? "needs a file: the posterior that `dredge calibrate` wrote"
                                 : "needs factors: the keys to vary and their values");
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
