/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

dredge_status inventory_add(struct inventory *inventory, const char *name, const char *type, int rank,
                            const int *extent, const struct digest *digest)
{
    dredge_status status =
        list_grow(&inventory->variable, sizeof *inventory->variable, inventory->n, &inventory->capacity);
    if (status != DREDGE_OK) {
        return status;
    }
    struct variable *variable = &inventory->variable[inventory->n++];
    memset(variable, 0, sizeof *variable);
    (void)snprintf(variable->name, sizeof variable->name, "%s", name);
    variable->type = type;
    variable->rank = rank;
    for (int axis = 0; axis < rank; axis++) {
        variable->extent[axis] = extent[axis];
    }
    digest_hex(digest, variable->digest);
    return DREDGE_OK;
}

dredge_status inventory_add_reals(struct inventory *inventory, const char *name, int rank, const int *extent,
                                  const double *values)
{
    struct digest digest;
    size_t n = 1;
    for (int axis = 0; axis < rank; axis++) {
        n *= (size_t)extent[axis];
    }
    digest_begin(&digest);
    digest_reals(&digest, n, values);
    return inventory_add(inventory, name, "float64", rank, extent, &digest);
}

dredge_status inventory_add_wholes(struct inventory *inventory, const char *name, int n, const int *values)
{
    struct digest digest;
    digest_begin(&digest);
    for (int i = 0; i < n; i++) {
        digest_whole(&digest, values[i]);
    }
    return inventory_add(inventory, name, "int32", 1, &n, &digest);
}

dredge_status inventory_add_bytes(struct inventory *inventory, const char *name, int n, const uint8_t *values)
{
    struct digest digest;
    digest_begin(&digest);
    digest_bytes(&digest, (size_t)n, values);
    return inventory_add(inventory, name, "uint8", 1, &n, &digest);
}

dredge_status inventory_add_texts(struct inventory *inventory, const char *name, int n, const char *const *texts)
{
    struct digest digest;
    digest_begin(&digest);
    for (int i = 0; i < n; i++) {
        digest_text(&digest, texts[i]);
    }
    return inventory_add(inventory, name, "text", 1, &n, &digest);
}

static int compare_names(const void *left, const void *right)
{
    const struct variable *a = left, *b = right;
    return strcmp(a->name, b->name);
}

void inventory_digest(struct inventory *inventory, char hex[33])
{
    struct digest whole;
    digest_begin(&whole);
    digest_text(&whole, "dredge results 2"); /* a version: change it with the order below */
    if (inventory->n > 0) {
        qsort(inventory->variable, (size_t)inventory->n, sizeof *inventory->variable, compare_names);
    }
    for (int i = 0; i < inventory->n; i++) {
        const struct variable *variable = &inventory->variable[i];
        digest_text(&whole, variable->name);
        digest_text(&whole, variable->type);
        digest_whole(&whole, variable->rank);
        for (int axis = 0; axis < variable->rank; axis++) {
            digest_whole(&whole, variable->extent[axis]);
        }
        digest_text(&whole, variable->digest);
    }
    digest_hex(&whole, hex);
}

void inventory_free(struct inventory *inventory)
{
    free(inventory->variable);
    memset(inventory, 0, sizeof *inventory);
}
