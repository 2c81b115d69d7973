/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "study/keys.h"
#include "study/parts.h"
#include "study/scalar.h"

/* The readers of keys whose value the table describes wholly. */

static void *place_of(struct reader *reader, int key)
{
    return (char *)reader->study + key_infos[key].place;
}

dredge_status read_text(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    if (!reader_is_text(reader, node, path)) {
        return DREDGE_OK;
    }
    size_t n_bytes = strlen(node->text) + 1;
    char *text = malloc(n_bytes);
    if (text == NULL) {
        return status_no_memory(n_bytes);
    }
    memcpy(text, node->text, n_bytes);
    char **copy = place_of(reader, key);
    free(*copy);
    *copy = text;
    return DREDGE_OK;
}

/* Enums are kept as int. */
dredge_status read_choice(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    int choice = reader_choice(reader, node, path, key_infos[key].choices);
    if (choice >= 0) {
        memcpy(place_of(reader, key), &choice, sizeof choice);
    }
    return DREDGE_OK;
}

dredge_status read_whole(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct reader_range range = reader_key_range(key);
    double number;
    if (reader_number(reader, node, path, &range, &number)) {
        int whole = (int)number;
        memcpy(place_of(reader, key), &whole, sizeof whole);
    }
    return DREDGE_OK;
}

dredge_status read_real(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    struct reader_range range = reader_key_range(key);
    double number;
    if (reader_number(reader, node, path, &range, &number)) {
        memcpy(place_of(reader, key), &number, sizeof number);
    }
    return DREDGE_OK;
}

dredge_status read_seed(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    static const char allowed[] = "must be a whole number between 0 and 18446744073709551615";
    if (node->kind != YAML_SCALAR || node->quoted) {
        reader_mistake(reader, node, path, "%s", allowed);
        return DREDGE_OK;
    }
    uint64_t seed;
    const char *problem = scalar_unsigned(node->text, &seed);
    if (problem != NULL) {
        reader_mistake(reader, node, path, "%s: %s", problem, allowed);
    } else {
        memcpy(place_of(reader, key), &seed, sizeof seed);
    }
    return DREDGE_OK;
}

dredge_status read_section(struct reader *reader, const struct yaml_node *node, const char *path, int key)
{
    (void)key;
    if (!reader_is_map(reader, node, path)) {
        return DREDGE_OK;
    }
    char own_path[READER_PATH_BYTES];
    for (int below = 0; below < n_keys; below++) {
        const char *name = key_below(&key_infos[below], path);
        const struct yaml_node *entry = name == NULL ? NULL : yaml_entry(node, name);
        if (entry == NULL) {
            continue;
        }
        reader_path(own_path, path, name);
        dredge_status status = reader->key_readers[below](reader, entry, own_path, below);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        reader_path(own_path, path, entry->key);
        if (key_find(path, entry->key) < 0) {
            dredge_status status = parameters_read(reader, entry, own_path);
            if (status != DREDGE_OK) {
                return status;
            }
        }
    }
    return DREDGE_OK;
}
