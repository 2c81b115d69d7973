/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "study/distribution.h"
#include "study/parts.h"

/* The distributions of factors, each {NAME: [numbers]}. */

static const struct shape {
    const char *name;
    enum distribution distribution;
    int n_numbers;
    const char *what;
} shapes[] = {{"beta", DISTRIBUTION_BETA, 2, "[a, b], both from 0.01 to 10000"},
              {"normal", DISTRIBUTION_NORMAL, 2, "[mean, standard deviation], the second above 0"},
              {"triangular", DISTRIBUTION_TRIANGULAR, 3, "[lowest, most likely, highest], rising"},
              {"lognormal", DISTRIBUTION_LOGNORMAL, 2,
               "[median, standard deviation of the logarithm], both above 0, the second at most 100"}};

enum { N_SHAPES = sizeof shapes / sizeof shapes[0] };

static int shape_is_sound(const struct factor *factor)
{
    const double *shape = factor->shape;
    switch (factor->distribution) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_LOG:
        break;
    case DISTRIBUTION_BETA:
        return shape[0] >= 0.01 && shape[0] <= 1e4 && shape[1] >= 0.01 && shape[1] <= 1e4;
    case DISTRIBUTION_NORMAL:
        return shape[1] > 0;
    case DISTRIBUTION_TRIANGULAR:
        return shape[0] <= shape[1] && shape[1] <= shape[2] && shape[0] < shape[2];
    case DISTRIBUTION_LOGNORMAL:
        return shape[0] > 0 && shape[1] > 0 && shape[1] <= 100;
    }
    return 1;
}

const char *shape_name(int which)
{
    return which < N_SHAPES ? shapes[which].name : NULL;
}

void shape_read(struct reader *reader, const struct yaml_node *node, const char *path, int which, struct factor *factor)
{
    static const struct reader_range any = {READER_REAL, -1e12, 1e12, ""};
    const struct shape *shape = &shapes[which];
    char own_path[READER_PATH_BYTES], item_path[READER_PATH_BYTES];
    reader_path(own_path, path, shape->name);
    factor->distribution = shape->distribution;
    if (node->kind == YAML_LIST && reader_is_in_halves(reader, node, own_path, &any, shape->n_numbers)) {
        return;
    }
    if (node->kind != YAML_LIST || node->n_children != shape->n_numbers) {
        reader_mistake(reader, node, own_path, "must be %s", shape->what);
        return;
    }
    int number = 0;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next, number++) {
        (void)snprintf(item_path, sizeof item_path, "%.160s[%d]", own_path, number);
        if (!reader_number(reader, item, item_path, &any, &factor->shape[number])) {
            return;
        }
    }
    if (!shape_is_sound(factor)) {
        reader_mistake(reader, node, own_path, "must be %s", shape->what);
    } else if (factor->distribution != DISTRIBUTION_BETA && !(distribution_inside(factor) >= 1e-6)) {
        reader_mistake(reader, node, own_path, "almost nothing of it lies between %.10g and %.10g", factor->low,
                       factor->high);
    }
}
