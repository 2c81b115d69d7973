/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_SHARDS_H
#define STORE_PARTS_SHARDS_H

#include "base/status.h"

/* Which shards of a study a file holds. As text "1,3-5/8": shards 1, 3, 4 and 5 of 8. */

enum { SHARDS_MOST = 1 << 20 };

struct shards {
    int n;               /* of the whole study; 0: none added yet */
    unsigned char *held; /* [n], owned; freed by shards_free, safe on a zeroed one */
};

/* Adds shard `shard` (counted from 0) of n, or those of a text. DREDGE_FILE when that is no such text or n differs: the
 * sentence names `file`. */
STATUS_CHECKED dredge_status shards_add(struct shards *shards, int shard, int n, const char *file);
STATUS_CHECKED dredge_status shards_add_text(struct shards *shards, const char *text, const char *file);

/* Are all held? */
int shards_complete(const struct shards *shards);

/* The text of those that are held, or of those that are missing; the caller frees it; NULL when out of memory. */
char *shards_text(const struct shards *shards, int are_held);

void shards_free(struct shards *shards);

#endif
