/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"

/* Reads the input as the tables beside a study, as their users save them: members, then after a byte 0x1E their ties. What is kept
 * of a sound study holds both as text, which is read once more. */

enum { SEPARATOR = 0x1E };

static const char study[] = "months: 24\n"
                            "replicates: 2\n"
                            "events: [{month: 9, name: join, join: {sector: private, seats: 1}}]\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char members[160], ties[160];
    const char *overrides[2] = {members, ties};
    const uint8_t *rest = n_bytes > 0 ? memchr(bytes, SEPARATOR, n_bytes) : NULL;
    size_t n_members = rest != NULL ? (size_t)(rest - bytes) : n_bytes;
    if (n_members == 0) {
        return 0;
    }
    (void)snprintf(members, sizeof members, "members=%s", fuzz_file("members.csv", n_members, bytes));
    if (rest != NULL) {
        (void)snprintf(ties, sizeof ties, "ties=%s", fuzz_file("ties.csv", n_bytes - n_members - 1, rest + 1));
    }
    study_promises(strlen(study), study, rest != NULL ? 2 : 1, overrides);
    return 0;
}
