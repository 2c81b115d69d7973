/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LABELS_H
#define STORE_FILE_LABELS_H

#include <hdf5.h>

#include "base/digest.h"
#include "base/status.h"

/* What a results file says of itself: attributes of the root, of its groups and variables. Their digests stand in a list,
 * a line for each object: its path, a tab, the digest. Attributes that dredge does not know are not listed, so that
 * programs may add notes; those that tell a reader how to take numbers count, whoever wrote them. */

/* The largest values that count; an attribute with a larger one counts as one without a value. */
enum { LABELS_MOST_TEXT_BYTES = 1 << 26, LABELS_MOST_NUMBERS = 64 };

/* Does an attribute of this name count? */
int labels_is_known(const char *name);

/* Adds an attribute to the digest of its object: a text, or where that is NULL `n` numbers. */
void labels_add(struct digest *digest, const char *name, const char *text, int n, const double *numbers);

/* The digest of the known attributes of an object in a file: name and value of each, in order of name. 0 when HDF5 failed. */
int labels_digest(hid_t object, char hex[33]);

/* ---- those of a file that is being written (labels_kept.c) ---- */

/* To read a thousand attributes again takes HDF5 longer than a small study runs, so they are kept. All zeros: none yet. */
struct labels {
    struct labelled *objects; /* [n_objects], owned */
    struct label *labels;     /* [n_labels], owned */
    int n_objects, n_labels, object_capacity, label_capacity;
    dredge_status status; /* DREDGE_MEMORY: it has run out */
};

void labels_free(struct labels *labels);

/* An object that was made as `object`, with its path from the root; "/" is the root itself. */
void labels_object(struct labels *labels, hid_t object, const char *path);

/* The object that was made with this path; -1 when there is none. */
hid_t labels_find(const struct labels *labels, const char *path);

/* An attribute of the object that was made last as `object`. `name` is borrowed until the list is made. */
void labels_text(struct labels *labels, hid_t object, const char *name, const char *text);
void labels_numbers(struct labels *labels, hid_t object, const char *name, int n, const double *numbers);

/* The list; the caller frees it; NULL when memory has run out. */
char *labels_list(struct labels *labels);

#endif
