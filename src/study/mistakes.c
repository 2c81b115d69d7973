/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/mistakes.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void mistakes_add(struct mistakes *mistakes, int line, const char *format, ...)
{
    if (mistakes->n == MISTAKES_MAX) {
        mistakes->n_left_out++;
        return;
    }
    struct mistake *mistake = &mistakes->items[mistakes->n];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(mistake->sentence, sizeof mistake->sentence, format, arguments);
    va_end(arguments);
    mistake->line = line;
    mistake->order = mistakes->n++;
}

static int compare(const void *left, const void *right)
{
    const struct mistake *a = left, *b = right;
    int line_a = a->line == 0 ? INT_MAX : a->line;
    int line_b = b->line == 0 ? INT_MAX : b->line;
    if (line_a != line_b) {
        return line_a < line_b ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

dredge_status mistakes_status(struct mistakes *mistakes)
{
    if (mistakes->n == 0) {
        return DREDGE_OK;
    }
    qsort(mistakes->items, (size_t)mistakes->n, sizeof mistakes->items[0], compare);
    char shown_file[MISTAKES_SHOWN_BYTES];
    const char *file = mistakes->file;
    if (strlen(file) > 200) { /* a name without end must not push the sentences out of the message */
        file = mistakes_show(file, shown_file);
    }
    enum { TEXT_BYTES = 32000 };
    char text[TEXT_BYTES];
    size_t used = 0;
    int left_out = mistakes->n_left_out;
    for (int index = 0; index < mistakes->n; index++) {
        const struct mistake *mistake = &mistakes->items[index];
        char line[600];
        const char *between = index > 0 ? "\n" : "";
        if (mistake->line == 0) {
            (void)snprintf(line, sizeof line, "%s%s", between, mistake->sentence);
        } else {
            (void)snprintf(line, sizeof line, "%s%s:%d: %s", between, file, mistake->line, mistake->sentence);
        }
        if (used + strlen(line) + 64 > sizeof text) {
            left_out += mistakes->n - index;
            break;
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", line);
    }
    if (left_out > 0) {
        (void)snprintf(text + used, sizeof text - used, "\n... and %d more mistakes", left_out);
    }
    return status_fail(DREDGE_STUDY, "%s", text);
}

const char *mistakes_show(const char *text, char shown[MISTAKES_SHOWN_BYTES])
{
    static const char cut[] = "...";
    size_t used = 0, room = MISTAKES_SHOWN_BYTES - sizeof cut;
    for (int n = 0; *text != '\0'; text += n) {
        n = 1;
        char one[UTF8_SHOWN_BYTES] = " ";
        int is_space = *text == '\n' || *text == '\t';
        int is_hidden = !is_space && utf8_show_one(text, one, &n);
        size_t length = is_space ? 1 : is_hidden ? strlen(one) : (size_t)n;
        if (used + length > room) {
            break;
        }
        memcpy(shown + used, is_space || is_hidden ? one : text, length);
        used += length;
    }
    (void)snprintf(shown + used, sizeof cut, "%s", *text != '\0' ? cut : "");
    return shown;
}
