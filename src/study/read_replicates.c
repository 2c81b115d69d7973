/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/keys.h"
#include "study/parts.h"

/* Replicates: a number, or {min, max, until}. */

dredge_status read_outcome(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    reader->study->replication.outcome = outcome_choice(reader, node, path);
    return DREDGE_OK;
}

dredge_status read_until(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    if (node->kind == YAML_MAP && (yaml_entry(node, "outcome") == NULL || yaml_entry(node, "half_width") == NULL)) {
        reader_mistake(reader, node, path, "needs an outcome and a half_width to stop at");
    }
    return read_section(reader, node, path, key);
}

dredge_status read_replicates(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct replication *replication = &reader->study->replication;
    if (node->kind != YAML_MAP) {
        struct reader_range range = reader_key_range(key);
        double number;
        if (reader_number(reader, node, path, &range, &number)) {
            replication->min = replication->max = (int)number;
        }
        return DREDGE_OK;
    }
    replication->min = (int)key_default_number("replicates.min");
    replication->max = (int)key_default_number("replicates.max");
    if (yaml_entry(node, "until") == NULL) {
        reader_mistake(reader, node, path, "needs until: {outcome, half_width}, or must be one number");
    }
    dredge_status status = read_section(reader, node, path, key);
    if (yaml_entry(node, "min") == NULL && replication->min > replication->max) {
        replication->min = replication->max;
    }
    if (status == DREDGE_OK && replication->min > replication->max) {
        reader_mistake(reader, node, path, "min is %d and max is %d: min must not exceed max", replication->min,
                       replication->max);
    }
    return status;
}
