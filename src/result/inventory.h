/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_INVENTORY_H
#define RESULT_INVENTORY_H

#include <stdint.h>

#include "base/digest.h"
#include "base/status.h"

/* The variables of scientific content with their digests. The digest of the content is that of their names, types, shapes
 * and digests in order of name, so that it does not depend on how runs were divided over parcels, segments or shards. */

enum { INVENTORY_NAME_BYTES = 160, INVENTORY_MOST_RANK = 5 };

struct variable {
    char name[INVENTORY_NAME_BYTES]; /* as in a results file: "trust_end", "parameters/funder_target" */
    const char *type;                /* "float64", "float32", "int32", "uint8", "text" */
    int rank, extent[INVENTORY_MOST_RANK];
    char digest[33];
};

struct inventory {
    int n, capacity;
    struct variable *variable; /* [capacity], owned; freed by inventory_free, safe on a zeroed one */
};

/* Adds a variable with the digest of its values. */
STATUS_CHECKED dredge_status inventory_add(struct inventory *inventory, const char *name, const char *type, int rank,
                                           const int *extent, const struct digest *digest);

/* Adds what the arguments are the values of: numbers of these extents (one when rank is 0); whole numbers; bytes; texts. */
STATUS_CHECKED dredge_status inventory_add_reals(struct inventory *inventory, const char *name, int rank,
                                                 const int *extent, const double *values);
STATUS_CHECKED dredge_status inventory_add_wholes(struct inventory *inventory, const char *name, int n,
                                                  const int *values);
STATUS_CHECKED dredge_status inventory_add_bytes(struct inventory *inventory, const char *name, int n,
                                                 const uint8_t *values);
STATUS_CHECKED dredge_status inventory_add_texts(struct inventory *inventory, const char *name, int n,
                                                 const char *const *texts);

/* Sorts the variables by name; the digest of all. */
void inventory_digest(struct inventory *inventory, char hex[33]);

void inventory_free(struct inventory *inventory);

#endif
