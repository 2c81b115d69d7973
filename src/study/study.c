/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/study.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/outcomes.h"
#include "study/calibration.h"
#include "study/combinations.h"
#include "study/design.h"
#include "study/factor.h"
#include "study/flow.h"
#include "study/keys.h"
#include "study/mixture.h"
#include "study/parts.h"
#include "study/point.h"
#include "study/roster.h"
#include "study/where.h"

struct source {
    const char *file, *text;
    size_t n_bytes;
    int n_overrides;
    const char *const *overrides;
};

/* ---- texts ---- */

static char *copy_text(size_t n_bytes, const char *text)
{
    char *copy = malloc(n_bytes + 1);
    if (copy == NULL) {
        (void)status_no_memory(n_bytes + 1);
        return NULL;
    }
    memcpy(copy, text, n_bytes);
    copy[n_bytes] = '\0';
    return copy;
}

/* The overrides, each on a line. */
static char *join_overrides(int n_overrides, const char *const *overrides)
{
    size_t n_bytes = 1;
    for (int override = 0; override < n_overrides; override++) {
        n_bytes += strlen(overrides[override]) + 1;
    }
    char *joined = malloc(n_bytes);
    if (joined == NULL) {
        (void)status_no_memory(n_bytes);
        return NULL;
    }
    char *end = joined;
    for (int override = 0; override < n_overrides; override++) {
        size_t length = strlen(overrides[override]);
        memcpy(end, overrides[override], length);
        end[length] = '\n';
        end += length + 1;
    }
    *end = '\0';
    return joined;
}

/* "scenarios/care.yaml" is called "care" unless it says otherwise. */
static char *default_title(const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    size_t length = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
    return copy_text(length, name);
}

/* What each row of the table of keys is read by. */
static key_reader *const key_readers[] = {
#define KEY(type, path, value, low, high, unit, choices, place, read, meaning) read,
#include "study/keys.def"
#undef KEY
};

/* Keys whose value the table describes wholly have their default from there; texts follow when all is read. */
static void set_table_defaults(struct study *study)
{
    for (int key = 0; key < n_keys; key++) {
        const struct key_info *info = &key_infos[key];
        void *place = (char *)study + info->place;
        double number = key_default_number(info->path);
        if (key_readers[key] == read_whole) {
            *(int *)place = (int)number;
        } else if (key_readers[key] == read_real) {
            *(double *)place = number;
        } else if (key_readers[key] == read_seed) {
            *(uint64_t *)place = (uint64_t)number;
        } else if (key_readers[key] == read_choice) {
            int choice = key_default_choice(key); /* enums are kept as int */
            memcpy(place, &choice, sizeof choice);
        }
    }
}

static void set_defaults(struct study *study)
{
    set_table_defaults(study);
    study->replication.min = study->replication.max = (int)key_default_number("replicates");
    study->replication.outcome = -1;
    study->design.n_points = 1;
    study->design.n_rows = 1;
    parameters_default(&study->parameters);
}

/* What the study keeps of its source, and the texts that it does not give. */
static dredge_status keep_texts(struct study *study, const struct source *source)
{
    study->file = copy_text(strlen(source->file), source->file);
    study->text = copy_text(source->n_bytes, source->text);
    study->overrides = join_overrides(source->n_overrides, source->overrides);
    study->title = study->title != NULL ? study->title : default_title(source->file);
    study->question = study->question != NULL ? study->question : copy_text(0, "");
    int complete = study->file != NULL && study->text != NULL && study->overrides != NULL && study->title != NULL &&
                   study->question != NULL;
    return complete ? DREDGE_OK : DREDGE_MEMORY;
}

/* Each regime as it was written, overrides included. */
static dredge_status keep_regimes(const struct reader *reader)
{
    struct study *study = reader->study;
    int is_default = yaml_entry(reader->root, "regimes") == NULL, is_complete = 1;
    study->regime_texts = calloc((size_t)study->n_regimes, sizeof *study->regime_texts);
    for (int regime = 0; study->regime_texts != NULL && regime < study->n_regimes; regime++) {
        const char *name = study->regimes[regime].name;
        study->regime_texts[regime] =
            is_default ? copy_text(strlen(name), name) : flow_text(reader->regime_nodes[regime]);
        is_complete &= study->regime_texts[regime] != NULL;
    }
    return study->regime_texts != NULL && is_complete ? DREDGE_OK : status_no_memory(sizeof(char *));
}

/* ---- reading ---- */

/* The members' seats are as if the study gave them. */
static void take_seats(struct reader *reader)
{
    static const char seats[] = "seats.";
    struct study *study = reader->study;
    roster_seats(&study->roster, &study->parameters);
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        study->given[parameter] |= strncmp(parameter_infos[parameter].key, seats, strlen(seats)) == 0;
    }
}

static dredge_status read_root(struct reader *reader)
{
    struct study *study = reader->study;
    dredge_status status = regimes_default(reader);
    if (status == DREDGE_OK) {
        status = read_section(reader, reader->root, "", -1);
    }
    if (status != DREDGE_OK || reader->root->kind != YAML_MAP) {
        return status;
    }
    struct parameters base;
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        study->given[parameter] = reader->given[parameter] != NULL;
    }
    if (study->roster.n_members > 0) {
        take_seats(reader);
    }
    point_parameters(study, study->theory, &base);
    study->parameters = base;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        study->organisations_follow[sector] = base.sector[sector].organisations == 0;
    }
    parameters_complete(&study->parameters);
    combinations_check(reader);
    return DREDGE_OK;
}

/* From the text to a tree with the overrides in it. */
static dredge_status make_tree(struct reader *reader, const struct source *source)
{
    struct yaml_mistake mistake;
    dredge_status status = yaml_parse(source->n_bytes, source->text, NULL, reader->tree, &reader->root, &mistake);
    if (status == DREDGE_STUDY) {
        mistakes_add(&reader->mistakes, mistake.line, "%s", mistake.sentence);
        return mistakes_status(&reader->mistakes);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    if (reader->root == NULL || (reader->root->kind == YAML_SCALAR && reader->root->text[0] == '\0')) {
        mistakes_add(&reader->mistakes, 1, "the file is empty: a study has at least one key, such as title");
        return mistakes_status(&reader->mistakes);
    }
    for (int override = 0; override < source->n_overrides && status == DREDGE_OK; override++) {
        status = reader->root->kind == YAML_MAP ? override_apply(reader, source->overrides[override]) : DREDGE_OK;
    }
    return status;
}

static dredge_status fill_design(struct reader *reader)
{
    struct design *design = &reader->study->design;
    int has_condition = design->where.n_comparisons > 0;
    dredge_status status = design_fill(design, has_condition ? point_is_kept : NULL, reader->study);
    const struct yaml_node *where = yaml_entry(yaml_entry(reader->root, "design"), "where");
    if (status != DREDGE_OK || where == NULL) {
        return status;
    }
    if (design->method == DESIGN_SOBOL && design->n_points < design->n_rows) {
        reader_mistake(reader, where, "design.where", "leaves only %d of %d points, with %d tried for each",
                       design->n_points, design->n_rows, (int)DESIGN_MAX_TRIES);
    } else if (design->n_points == 0) {
        reader_mistake(reader, where, "design.where", "leaves no points");
    }
    return mistakes_status(&reader->mistakes);
}

static dredge_status keep_override(struct study *study, const char *override)
{
    size_t used = strlen(study->overrides), length = strlen(override);
    char *text = realloc(study->overrides, used + length + 2);
    if (text == NULL) {
        return status_no_memory(used + length + 2);
    }
    study->overrides = text;
    (void)snprintf(text + used, length + 2, "%s\n", override);
    return DREDGE_OK;
}

static dredge_status read_study(struct reader *reader, const struct source *source)
{
    struct study *study = reader->study;
    set_defaults(study);
    dredge_status status = make_tree(reader, source);
    if (status == DREDGE_OK) {
        status = read_root(reader);
    }
    if (status == DREDGE_OK) {
        status = mistakes_status(&reader->mistakes);
    }
    if (status == DREDGE_OK) {
        status = fill_design(reader);
    }
    if (status == DREDGE_OK && study->design.n_factors > 0) {
        status = combinations_check_points(reader);
    }
    if (status == DREDGE_OK) {
        status = mistakes_status(&reader->mistakes);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    study->horizon = study_horizon(study);
    derived_check(reader);
    targets_check(reader);
    status = mistakes_status(&reader->mistakes);
    if (status != DREDGE_OK) {
        return status;
    }
    status = keep_texts(study, source);
    if (status == DREDGE_OK) {
        status = keep_regimes(reader);
    }
    for (int sheet = 0; sheet < 2 && status == DREDGE_OK && reader->kept[sheet] != NULL; sheet++) {
        status = keep_override(study, reader->kept[sheet]);
    }
    return status == DREDGE_OK && reader->has_points_file ? points_keep(study) : status;
}

dredge_status study_parse(const char *file, const char *text, size_t n_bytes, int n_overrides,
                          const char *const *overrides, struct study *study)
{
    struct source source = {file, text, n_bytes, n_overrides, overrides};
    struct yaml_tree tree = {NULL, 0};
    memset(study, 0, sizeof *study);
    dredge_status status = DREDGE_OK;
    struct reader *reader = calloc(1, sizeof *reader);
    const struct yaml_node **given = calloc((size_t)n_parameters, sizeof(const struct yaml_node *));
    if (reader == NULL || given == NULL) {
        status = status_no_memory(sizeof *reader);
        goto out;
    }
    reader->study = study;
    reader->tree = &tree;
    reader->given = given;
    reader->key_readers = key_readers;
    reader->mistakes.file = file;
    status = read_study(reader, &source);
out:
    yaml_tree_free(&tree);
    if (reader != NULL) {
        free(reader->regime_nodes);
        free(reader->kept[0]);
        free(reader->kept[1]);
    }
    free(given);
    free(reader);
    if (status != DREDGE_OK) {
        study_free(study);
    }
    return status;
}

dredge_status study_read(const char *path, int n_overrides, const char *const *overrides, struct study *study)
{
    memset(study, 0, sizeof *study);
    size_t capacity = YAML_MAX_BYTES + 1; /* one more than is accepted, so that larger files show */
    char *text = malloc(capacity);
    if (text == NULL) {
        return status_no_memory(capacity);
    }
    dredge_status status = DREDGE_OK;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        status = status_fail(DREDGE_FILE, "cannot open the study %s: %s", path, strerror(errno));
        goto out;
    }
    size_t n_bytes = fread(text, 1, capacity, file);
    if (ferror(file)) {
        status = status_fail(DREDGE_FILE, "cannot read the study %s: %s", path, strerror(errno));
    } else {
        status = study_parse(path, text, n_bytes, n_overrides, overrides, study);
    }
    (void)fclose(file);
out:
    free(text);
    return status;
}

void study_free(struct study *study)
{
    free(study->file);
    free(study->text);
    free(study->overrides);
    free(study->title);
    free(study->question);
    for (int regime = 0; study->regime_texts != NULL && regime < study->n_regimes; regime++) {
        free(study->regime_texts[regime]);
    }
    free(study->regime_texts);
    free(study->regimes);
    for (int mixture = 0; mixture < study->n_mixtures; mixture++) {
        free(study->mixtures[mixture].parts);
    }
    free(study->mixtures);
    roster_free(&study->roster);
    free(study->events);
    free(study->acts);
    for (int i = 0; i < study->n_labels; i++) {
        free(study->labels[i].name);
        free(study->labels[i].language);
        free(study->labels[i].words);
    }
    free(study->labels);
    free(study->derived);
    design_free(&study->design);
    free(study->matters);
    calibration_free(study->calibration);
    memset(study, 0, sizeof *study);
}
