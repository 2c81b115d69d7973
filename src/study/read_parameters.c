/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study/parts.h"

static int is_section(const char *path)
{
    size_t length = strlen(path);
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        const char *key = parameter_infos[parameter].key;
        if (strncmp(key, path, length) == 0 && key[length] == '.') {
            return 1;
        }
    }
    return 0;
}

static void read_value(struct reader *reader, const struct yaml_node *node, const char *path, int parameter)
{
    struct reader_range range = reader_parameter_range(parameter);
    double value;
    if (reader_number(reader, node, path, &range, &value)) {
        parameter_set(&reader->study->parameters, parameter, value);
    }
    if (reader->given[parameter] == NULL) {
        reader->given[parameter] = node;
    }
}

dredge_status parameters_read(struct reader *reader, const struct yaml_node *node, const char *path)
{
    int parameter = parameter_find(path);
    if (strchr(node->key, '.') != NULL && parameter >= 0) {
        reader_mistake(reader, node, path, "write the levels one inside the other, {%.*s: {...}}",
                       (int)strcspn(path, "."), path);
        return DREDGE_OK;
    }
    if (parameter >= 0) {
        read_value(reader, node, path, parameter);
        return DREDGE_OK;
    }
    if (!is_section(path)) {
        reader_unknown(reader, node, path);
        return DREDGE_OK;
    }
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        dredge_status status = parameters_read(reader, entry, own_path); /* as deep as the table's keys */
        if (status != DREDGE_OK) {
            return status;
        }
    }
    return DREDGE_OK;
}
