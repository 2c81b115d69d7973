/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_PROVENANCE_H
#define STORE_FILE_PROVENANCE_H

#include "study/study.h"

/* Where results come from, as JSON: software (version, commit, compiler, flags), libraries, machine, seed, threads,
 * command and date. The caller frees the text. */
STATUS_CHECKED dredge_status provenance_make(const struct study *study, int argc, char *const *argv, char **json);

/* The same for a file merged from parts, whose names are listed. */
STATUS_CHECKED dredge_status provenance_make_merged(const struct study *study, const char *output, int n_parts,
                                                    const char *const *parts, char **json);

#endif
