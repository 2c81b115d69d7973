/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_STORED_STUDY_H
#define RESULT_STORED_STUDY_H

#include "study/study.h"

/* Studies as they are kept with results: the text, and the overrides as lines. */

/* Reads such a study; `file` is its name in messages. The caller frees it with study_free. */
STATUS_CHECKED dredge_status stored_study_parse(const char *file, const char *text, const char *overrides,
                                                struct study *study);

enum { STORED_STUDY_BYTES = 1024 };

/* What differs between two studies, of all that determines results: "seed was 1, is 2; ...". Empty when nothing does. */
void stored_study_changes(const struct study *was, const struct study *is, char sentence[STORED_STUDY_BYTES]);

/* The same for a stored study and the one at hand: the sentence says so when the stored one cannot be read. */
void stored_study_compare(const char *file, const char *text, const char *overrides, const struct study *is,
                          char sentence[STORED_STUDY_BYTES]);

#endif
