/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"

/* Reads the input as a study and its overrides: the text of the file, then each override after a byte 0x1E. */

enum { SEPARATOR = 0x1E };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char *input = malloc(n_bytes + 1);
    if (input == NULL) {
        return 0;
    }
    if (n_bytes > 0) {
        memcpy(input, bytes, n_bytes);
    }
    input[n_bytes] = '\0';
    const char *overrides[FUZZ_MOST_OVERRIDES];
    int n_overrides = 0;
    size_t n_text = n_bytes;
    for (size_t at = 0; at < n_bytes; at++) {
        if (input[at] == SEPARATOR && n_overrides < FUZZ_MOST_OVERRIDES) {
            n_text = n_overrides == 0 ? at : n_text;
            input[at] = '\0';
            overrides[n_overrides++] = input + at + 1;
        }
    }
    study_promises(n_text, input, n_overrides, overrides);
    free(input);
    return 0;
}
