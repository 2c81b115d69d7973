/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/mixture.h"
#include "study/parts.h"

/* A mix: the weighted mean of regimes, {NAME: weight, ...}. */

/* Reads the parts of a mix: 1 when all are sound. */
static int read_parts(struct reader *reader, const struct yaml_node *node, const char *path, struct mixture *mixture)
{
    static const struct reader_range range = {READER_REAL, 0, 1, "weight"};
    double total = 0;
    int sound = 1;
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        struct mixture_part *part = &mixture->parts[mixture->n_parts++];
        char own_path[READER_PATH_BYTES];
        reader_path(own_path, path, entry->key);
        if (reader_is_half_number(reader, entry, own_path)) {
            return 0;
        }
        (void)snprintf(part->name, sizeof part->name, "%s", entry->key);
        sound &= steering_named(reader, entry, own_path, entry->key, &part->steering);
        sound &= reader_number(reader, entry, own_path, &range, &part->weight);
        total += part->weight;
    }
    if (sound && !(fabs(total - 1) < 1e-6)) {
        reader_mistake(reader, node, path, "the weights sum to %.10g: they must sum to 1", total);
        return 0;
    }
    for (int part = 0; part < mixture->n_parts; part++) {
        mixture->parts[part].weight /= total;
    }
    return sound;
}

void mix_read(struct reader *reader, const struct yaml_node *node, const char *path, int phase,
              struct steering *steering)
{
    struct mixture mixture = {.regime = reader->study->n_regimes - 1, .phase = phase};
    if (!reader_is_map(reader, node, path)) {
        return;
    }
    if (node->n_children < 1 || node->n_children > MIXTURE_MAX_PARTS) {
        reader_mistake(reader, node, path, "must have between 1 and %d parts", (int)MIXTURE_MAX_PARTS);
        return;
    }
    mixture.parts = calloc((size_t)node->n_children, sizeof *mixture.parts);
    if (mixture.parts == NULL) {
        reader->no_memory = 1;
        (void)status_no_memory((size_t)node->n_children * sizeof *mixture.parts);
        return;
    }
    int is_kept = 0;
    if (read_parts(reader, node, path, &mixture)) {
        memset(steering, 0, sizeof *steering);
        for (int part = 0; part < mixture.n_parts; part++) {
            steering_add(steering, mixture.parts[part].weight, &mixture.parts[part].steering);
        }
        is_kept = mixture_keep(reader->study, &mixture) == DREDGE_OK;
        reader->no_memory |= !is_kept;
    }
    if (!is_kept) {
        free(mixture.parts);
    }
}
