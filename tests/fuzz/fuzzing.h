/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FUZZING_H
#define TESTS_FUZZING_H

#include <stddef.h>
#include <stdint.h>

/* What the targets share. */

enum { FUZZ_MOST_OVERRIDES = 16 };

/* What libFuzzer, or replay.c in its place, calls. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

/* Aborts with the sentence unless the promise is kept. */
void promise(int kept, const char *what);

/* Parses a study (text[n_text], followed by a 0) with overrides. A refused study must leave nothing but sentences that
 * begin with their place, an accepted one must be read the same again from what it keeps. */
void study_promises(size_t n_text, const char *text, int n_overrides, const char *const *overrides);

/* A folder for the files of this process, at most four, gone when it ends. Writes bytes to `name` in it: its path. */
const char *fuzz_file(const char *name, size_t n_bytes, const void *bytes);

#endif
