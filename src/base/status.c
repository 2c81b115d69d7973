/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

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
