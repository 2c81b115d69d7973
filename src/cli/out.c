/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/utf8.h"

static int first_error;   /* of standard output, errno; 0: none */
static int is_erased = 1; /* no line is drawn */

void out_begin(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY); /* takes the lowest free number; writing there fails */
        }
    }
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

/* Does the name of a locale end like "C.UTF-8" or "nl_NL.utf8"? */
static int names_utf8(const char *locale)
{
    const char *set = strrchr(locale, '.');
    return set != NULL && (strncasecmp(set, ".utf-8", 6) == 0 || strncasecmp(set, ".utf8", 5) == 0);
}

int out_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return names_utf8(value);
        }
    }
    return 0;
}

static void put(FILE *stream, size_t n_bytes, const char *bytes)
{
    if (fwrite(bytes, 1, n_bytes, stream) != n_bytes && stream == stdout && first_error == 0) {
        first_error = errno;
    }
}

/* Writes the text in stretches that need no change. */
static void put_safely(FILE *stream, const char *text)
{
    int only_ascii = !out_is_utf8() && isatty(fileno(stream));
    const char *start = text;
    for (int n = 0; *text != '\0'; text += n) {
        char shown[UTF8_SHOWN_BYTES];
        n = 1;
        if ((*text >= ' ' && *text <= '~') || *text == '\n' || *text == '\t') {
            continue;
        }
        int is_hidden = utf8_show_one(text, shown, &n);
        if (is_hidden || only_ascii) {
            put(stream, (size_t)(text - start), start);
            put(stream, is_hidden ? strlen(shown) : 1, is_hidden ? shown : "?");
            start = text + n;
        }
    }
    put(stream, (size_t)(text - start), start);
}

static void put_formatted(FILE *stream, const char *format, va_list arguments)
{
    char small[512];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, arguments);
    if (length >= 0 && (size_t)length < sizeof small) {
        put_safely(stream, small);
    } else if (length >= 0) {
        char *large = malloc((size_t)length + 1);
        if (large != NULL) {
            (void)vsnprintf(large, (size_t)length + 1, format, again);
            put_safely(stream, large);
        } else if (stream == stdout && first_error == 0) {
            first_error = ENOMEM;
        }
        free(large);
    }
    va_end(again);
}

void out_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_formatted(stdout, format, arguments);
    va_end(arguments);
}

void out_text(const char *text)
{
    put_safely(stdout, text);
}

dredge_status out_json(struct json *json)
{
    char *text;
    dredge_status status = json_finish(json, &text);
    if (status == DREDGE_OK) {
        out_print("%s\n", text);
        free(text);
    }
    return status;
}

void out_tell(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    out_erase();
    put_formatted(stderr, format, arguments);
    va_end(arguments);
}

int out_has_terminal(void)
{
    return isatty(STDERR_FILENO);
}

void out_draw(const char *format, ...)
{
    va_list arguments;
    if (!out_has_terminal()) {
        return;
    }
    va_start(arguments, format);
    put(stderr, 1, "\r");
    put_formatted(stderr, format, arguments);
    put(stderr, 3, "\033[K");
    va_end(arguments);
    (void)fflush(stderr);
    is_erased = 0;
}

void out_erase(void)
{
    if (!is_erased) {
        put(stderr, 4, "\r\033[K");
        (void)fflush(stderr);
        is_erased = 1;
    }
}

int out_end(const char *command, int status)
{
    out_erase();
    if (fclose(stdout) != 0 && first_error == 0) {
        first_error = errno;
    }
    if (first_error == 0 || first_error == EPIPE) {
        return status;
    }
    out_tell("dredge%s%s: the output could not be written: %s\n", *command != '\0' ? " " : "", command,
             strerror(first_error));
    return status == 0 ? status_exit(DREDGE_FILE) : status;
}
