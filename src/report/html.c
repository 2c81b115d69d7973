/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(struct html *html, size_t n, const char *bytes)
{
    if (html->no_memory) {
        return;
    }
    if (html->n_bytes + n + 1 > html->capacity) {
        size_t capacity = 2 * (html->n_bytes + n + 1) + 4096;
        char *text = realloc(html->text, capacity);
        if (text == NULL) {
            html->no_memory = 1;
            return;
        }
        html->text = text;
        html->capacity = capacity;
    }
    memcpy(html->text + html->n_bytes, bytes, n);
    html->n_bytes += n;
}

void html_raw(struct html *html, const char *markup)
{
    append(html, strlen(markup), markup);
}

void html_format(struct html *html, const char *format, ...)
{
    char buffer[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    html_raw(html, buffer);
}

static const char *escape_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct html *html, const char *text)
{
    const char *begin = text;
    for (; *text; text++) {
        const char *escaped = escape_of(*text);
        int control = (unsigned char)*text < 0x20 && *text != '\n' && *text != '\t';
        if (escaped || control) {
            append(html, (size_t)(text - begin), begin);
            html_raw(html, escaped ? escaped : "");
            begin = text + 1;
        }
    }
    append(html, (size_t)(text - begin), begin);
}

void html_fill(struct html *html, enum language language, enum text text, int n_places,
               const struct language_place *places)
{
    char filled[2048];
    language_fill(language_text(language, text), n_places, places, sizeof filled, filled);
    html_text(html, filled);
}

void html_say(struct html *html, enum language language, enum text text)
{
    html_text(html, language_text(language, text));
}

dredge_status html_finish(struct html *html, char **text)
{
    append(html, 1, "");
    if (html->no_memory) {
        size_t capacity = html->capacity;
        html_free(html);
        *text = NULL;
        return status_no_memory(2 * (unsigned long long)capacity);
    }
    *text = html->text;
    *html = (struct html){0};
    return DREDGE_OK;
}

void html_free(struct html *html)
{
    free(html->text);
    *html = (struct html){0};
}
