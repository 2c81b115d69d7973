/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void html_add(struct html *html, size_t n, const char *bytes)
{
    if (html->no_memory) {
        return;
    }
    if (html->n_bytes + n + 1 > html->capacity) {
        size_t capacity = 2 * (html->n_bytes + n + 1) + 4096;
        char *text = realloc(html->text, capacity);
        if (!text) {
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
    html_add(html, strlen(markup), markup);
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

static const char *html_escape(char byte)
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
        const char *escaped = html_escape(*text);
        int control = (unsigned char)*text < 0x20 && *text != '\n' && *text != '\t';
        if (escaped || control) {
            html_add(html, (size_t)(text - begin), begin);
            html_raw(html, escaped ? escaped : "");
            begin = text + 1;
        }
    }
    html_add(html, (size_t)(text - begin), begin);
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
    html_add(html, 1, "");
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
