/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_TEXTS_H
#define STORE_FILE_TEXTS_H

#include <hdf5.h>

#include "base/digest.h"
#include "base/status.h"

/* Texts of variable length, read from the bytes of the file, since HDF5 1.10 writes beyond its own memory when they are
 * damaged. The layout is that of the HDF5 File Format Specification 3.0, III.E (global heap) and IV.A.2.d. */

/* Is the dataset one of such texts? */
int texts_are_in(hid_t dataset);

/* Feeds the texts of a dataset of the file `path` to a digest, each with its length. `*is_sound` is 0 when they are not
 * stored as dredge does it: in one piece, and whole. */
STATUS_CHECKED dredge_status texts_digest(const char *path, hid_t dataset, int *is_sound, struct digest *digest);

#endif
