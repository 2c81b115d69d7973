/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_LABELS_H
#define STORE_FILE_LABELS_H

#include <hdf5.h>

#include "base/status.h"

/* What a results file says of itself: attributes of the root, of its groups and variables. Their digests stand in a list,
 * a line for each object: its path, a tab, the digest. Attributes that dredge does not know are not listed, so that
 * programs may add notes; those that tell a reader how to take numbers count, whoever wrote them. */

/* The digest of the known attributes of an object: name and value of each, in order of name. 0 when HDF5 failed. */
int labels_digest(hid_t object, char hex[33]);

/* The list of all objects of a file; the caller frees it; NULL when HDF5 failed or memory ran out. */
char *labels_list(hid_t file);

#endif
