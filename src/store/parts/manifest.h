/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_MANIFEST_H
#define STORE_PARTS_MANIFEST_H

#include "result/head.h"

/* What a folder of segments belongs to: a readable file beside them. */

struct manifest {
    char *version, *file, *text, *overrides; /* of dredge; of the study; owned */
    struct origin origin;                    /* of runs of another version: without a model stamp */
    int replaces;                            /* the output that exists is to be replaced, not continued */
};

STATUS_CHECKED dredge_status manifest_write(const char *path, const struct study *study, const struct head *head,
                                            int replaces);

/* Reads a manifest; the caller frees it with manifest_free, which is safe on a zeroed one. */
STATUS_CHECKED dredge_status manifest_read(const char *path, struct manifest *manifest);
void manifest_free(struct manifest *manifest);

#endif
