/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/parts.h"

/* The section `matters`: outcomes and the smallest difference of each that matters. */

double study_matters(const struct study *study, const char *outcome)
{
    for (int k = 0; k < study->n_matters; k++) {
        if (strcmp(study->matters[k].outcome, outcome) == 0) {
            return study->matters[k].value;
        }
    }
    return (double)NAN;
}

dredge_status read_matters(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct study *study = reader->study;
    const struct reader_range range = reader_key_range(key_find("matters", "OUTCOME"));
    (void)key;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    study->matters = calloc((size_t)node->n_children + 1, sizeof *study->matters);
    if (study->matters == NULL) {
        return status_no_memory(((size_t)node->n_children + 1) * sizeof *study->matters);
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        struct matter *own = &study->matters[study->n_matters];
        struct yaml_node name = *entry;
        char own_path[READER_PATH_BYTES];
        name.kind = YAML_SCALAR;
        name.text = entry->key;
        reader_path(own_path, path, entry->key);
        int outcome = outcome_choice(reader, &name, path);
        if (outcome >= 0 && reader_number(reader, entry, own_path, &range, &own->value)) {
            (void)snprintf(own->outcome, sizeof own->outcome, "%s", study_outcome_name(study, outcome));
            study->n_matters++;
        }
    }
    return DREDGE_OK;
}
