/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/outcomes.h"
#include "study/parts.h"
#include "study/scalar.h"

enum { MAX_REPLICATES = 10000000 };

/* ---- title, question, scale, seed, output ---- */

static dredge_status read_title(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    (void)context;
    return reader_text(reader, node, path, &reader->study->title);
}

static dredge_status read_question(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    (void)context;
    return reader_text(reader, node, path, &reader->study->question);
}

static dredge_status read_scale(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    static const char *const scales[] = {"local", "regional", "national", "international"};
    (void)context;
    if (reader_choice(reader, node, path, 4, scales) < 0) {
        return DREDGE_OK;
    }
    return reader_text(reader, node, path, &reader->study->scale);
}

static dredge_status read_seed(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    static const char allowed[] = "must be a whole number between 0 and 18446744073709551615";
    (void)context;
    if (node->kind != YAML_SCALAR || node->quoted) {
        reader_mistake(reader, node, path, "%s", allowed);
        return DREDGE_OK;
    }
    const char *problem = scalar_unsigned(node->text, &reader->study->seed);
    if (problem != NULL) {
        reader_mistake(reader, node, path, "%s: %s", problem, allowed);
    }
    return DREDGE_OK;
}

static dredge_status read_trajectories(struct reader *reader, const struct yaml_node *node, const char *path,
                                       void *context)
{
    static const char *const names[] = {"summary", "runs", "none"}; /* as enum trajectories */
    (void)context;
    int choice = reader_choice(reader, node, path, 3, names);
    if (choice >= 0) {
        reader->study->trajectories = (enum trajectories)choice;
    }
    return DREDGE_OK;
}

static dredge_status read_every(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    (void)context;
    (void)reader_whole(reader, node, path, 1, 24000, "months between samples", &reader->study->every);
    return DREDGE_OK;
}

static dredge_status read_output(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    static const struct reader_key keys[] = {{"trajectories", read_trajectories}, {"every", read_every}};
    return reader_map(reader, node, path, 2, keys, context);
}

const struct reader_key general_keys[GENERAL_KEYS] = {{"title", read_title},
                                                      {"question", read_question},
                                                      {"scale", read_scale},
                                                      {"seed", read_seed},
                                                      {"output", read_output}};

/* ---- replicates ---- */

static dredge_status read_min(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    struct replication *replication = context;
    (void)reader_whole(reader, node, path, 2, MAX_REPLICATES, "replicates", &replication->min);
    return DREDGE_OK;
}

static dredge_status read_max(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    struct replication *replication = context;
    (void)reader_whole(reader, node, path, 2, MAX_REPLICATES, "replicates", &replication->max);
    return DREDGE_OK;
}

static dredge_status read_outcome(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    struct replication *replication = context;
    const char *names[N_OUTCOMES];
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        names[outcome] = outcome_infos[outcome].name;
    }
    replication->outcome = reader_choice(reader, node, path, N_OUTCOMES, names);
    return DREDGE_OK;
}

static dredge_status read_half_width(struct reader *reader, const struct yaml_node *node, const char *path,
                                     void *context)
{
    static const struct reader_range range = {READER_REAL, 1e-9, 1e9, "in the unit of the outcome"};
    struct replication *replication = context;
    (void)reader_number(reader, node, path, &range, &replication->half_width);
    return DREDGE_OK;
}

static dredge_status read_confidence(struct reader *reader, const struct yaml_node *node, const char *path,
                                     void *context)
{
    static const struct reader_range range = {READER_REAL, 0.5, 0.9999, "probability"};
    struct replication *replication = context;
    (void)reader_number(reader, node, path, &range, &replication->confidence);
    return DREDGE_OK;
}

static dredge_status read_until(struct reader *reader, const struct yaml_node *node, const char *path, void *context)
{
    static const struct reader_key keys[] = {
        {"outcome", read_outcome}, {"half_width", read_half_width}, {"confidence", read_confidence}};
    if (node->kind == YAML_MAP && (yaml_entry(node, "outcome") == NULL || yaml_entry(node, "half_width") == NULL)) {
        reader_mistake(reader, node, path, "needs an outcome and a half_width to stop at");
    }
    return reader_map(reader, node, path, 3, keys, context);
}

dredge_status replication_read(struct reader *reader, const struct yaml_node *node, const char *path)
{
    static const struct reader_key keys[] = {{"min", read_min}, {"max", read_max}, {"until", read_until}};
    struct replication *replication = &reader->study->replication;
    if (node->kind != YAML_MAP) {
        if (reader_whole(reader, node, path, 1, MAX_REPLICATES, "replicates", &replication->min)) {
            replication->max = replication->min;
        }
        return DREDGE_OK;
    }
    *replication = (struct replication){.min = 50, .max = 10000, .outcome = -1, .confidence = 0.95};
    if (yaml_entry(node, "until") == NULL) {
        reader_mistake(reader, node, path, "needs until: {outcome, half_width}, or must be one number");
    }
    dredge_status status = reader_map(reader, node, path, 3, keys, replication);
    if (yaml_entry(node, "min") == NULL && replication->min > replication->max) {
        replication->min = replication->max;
    }
    if (status == DREDGE_OK && replication->min > replication->max) {
        reader_mistake(reader, node, path, "min is %d and max is %d: min must not exceed max", replication->min,
                       replication->max);
    }
    return status;
}
