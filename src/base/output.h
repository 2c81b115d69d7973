/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stddef.h>

#include "base/status.h"

/* Which file a command may write: nothing that is there already, unless it is to be replaced; and then only a regular
 * file of the kind that the command writes, and none that it reads. */

enum { OUTPUT_HEAD_BYTES = 4096 };

/* How a kind of file is known: `begins` is its start, `holds` a text in its first OUTPUT_HEAD_BYTES; either may be NULL.
 * An empty file is of every kind. */
struct output_kind {
    const char *name; /* "a results file" */
    const char *begins, *holds;
};

extern const struct output_kind output_results, output_posterior, output_page, output_svg, output_csv;

struct output_options {
    const struct output_kind *kind;
    int force;   /* replace what is there */
    int goes_on; /* what is there is continued, not replaced: whether it can be is another's to say */
    size_t n_inputs;
    const char *const *inputs; /* [n_inputs] files that the command reads, by whatever name */
};

/* May `path` be written? Asked before the work starts; DREDGE_FILE, or DREDGE_USAGE for a name that is none. */
STATUS_CHECKED dredge_status output_check(const char *path, const struct output_options *options);

/* The same, then writes `bytes` under a temporary name and renames. */
STATUS_CHECKED dredge_status output_write(const char *path, const struct output_options *options, size_t n_bytes,
                                          const void *bytes);

/* Are these, which need not be there yet, names of one file: in one folder, by any way to it? */
int output_is_same(const char *first, const char *second);

#endif
