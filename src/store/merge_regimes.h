/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_MERGE_REGIMES_H
#define STORE_MERGE_REGIMES_H

#include "store/store.h"

/* Do these results files differ in their regimes? Files that cannot be opened do not. */
int merge_has_regimes(int n_parts, const char *const *parts);

/* Merges results files of one study under different regimes, which have the first, the baseline, in common, into `path`: one
 * file with all regimes, in the order in which they come. Each must hold the same replicates. */
STATUS_CHECKED dredge_status merge_regimes(const char *path, int force, int n_parts, const char *const *parts,
                                           store_warn *warn, void *context);

#endif
