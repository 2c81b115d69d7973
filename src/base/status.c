/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Fixed storage, so that running out of memory can still be explained. */
enum { MESSAGE_BYTES = 32768 };
static _Thread_local char message[MESSAGE_BYTES];

dredge_status status_fail(dredge_status code, const char *format, ...)
{
    if (message[0] == '\0') {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
    }
    return code;
}

void status_note_memory(unsigned long long n_bytes)
{
    (void)status_fail(DREDGE_MEMORY, "out of memory: could not get %llu bytes", n_bytes);
}

const char *status_message(void)
{
    return message;
}

/* Does an option that the library has as an argument begin here, and not in a command that is told whole? */
static int is_argument(const char *at)
{
    static const char *const names[] = {"resume", "force", "language", "set"};
    static const char command[] = "dredge run ";
    const size_t before = sizeof command - 1;
    if (strncmp(at, "--", 2) != 0 || (at > message && strchr(" \n", at[-1]) == NULL) ||
        ((size_t)(at - message) >= before && strncmp(at - before, command, before) == 0)) {
        return 0;
    }
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        size_t n = strlen(names[k]);
        if (strncmp(at + 2, names[k], n) == 0 && strchr(" ,;:.)\n", at[2 + n]) != NULL) { /* or the end */
            return 1;
        }
    }
    return 0;
}

const char *status_message_of_library(void)
{
    for (char *at = message; *at != '\0'; at++) {
        if (is_argument(at)) {
            memmove(at, at + 2, strlen(at + 2) + 1);
        }
    }
    return message;
}

void status_clear(void)
{
    message[0] = '\0';
}

const char *status_name(dredge_status code)
{
    switch (code) {
#define X(name, number, sentence)                                                                                      \
    case name:                                                                                                         \
        return sentence;
        DREDGE_STATUS_LIST(X)
#undef X
    }
    return "an unknown status";
}

int status_exit(dredge_status code)
{
    switch (code) {
    case DREDGE_OK:
        return 0;
    case DREDGE_USAGE:
        return 2;
    case DREDGE_STUDY:
        return 3;
    case DREDGE_FILE:
        return 4;
    case DREDGE_INTERRUPTED:
        return 130;
    case DREDGE_FAILURE:
    case DREDGE_MEMORY:
        break;
    }
    return 1;
}
