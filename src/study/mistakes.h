/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_MISTAKES_H
#define STUDY_MISTAKES_H

#include <stddef.h>

#include "base/status.h"

/* The mistakes of a study, collected so that all can be mended at once. */

enum { MISTAKES_MAX = 100, MISTAKE_BYTES = 400 };

struct mistakes {
    const char *file; /* name in messages, borrowed */
    int n;            /* kept */
    int n_left_out;   /* beyond MISTAKES_MAX */
    struct mistake {
        int line;  /* 0: not in the file but in an override; these come last */
        int order; /* of discovery */
        char sentence[MISTAKE_BYTES];
    } items[MISTAKES_MAX];
};

/* Adds a sentence (printf style). `line` is 0 for a sentence that stands alone; others get "file:line: " in front. */
void mistakes_add(struct mistakes *mistakes, int line, const char *format, ...) STATUS_PRINTF(3, 4);

/* DREDGE_OK when there are none; otherwise DREDGE_STUDY with all sentences, one per line in order of lines, recorded. */
STATUS_CHECKED dredge_status mistakes_status(struct mistakes *mistakes);

/* Copies `text` for a message: ends of lines and tabs become spaces, other hidden characters are made visible, more than 60
 * bytes are cut off with "...". */
enum { MISTAKES_SHOWN_BYTES = 64 };
const char *mistakes_show(const char *text, char shown[MISTAKES_SHOWN_BYTES]);

#endif
