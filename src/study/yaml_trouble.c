/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/yaml.h"

/* ---- characters ---- */

int yaml_typographic_quote(size_t n_bytes, const char *text)
{
    /* U+2018 .. U+201F, and the guillemets U+00AB and U+00BB */
    return (n_bytes >= 3 && memcmp(text, "\xE2\x80", 2) == 0 && (unsigned char)text[2] >= 0x98 &&
            (unsigned char)text[2] <= 0x9F) ||
           (n_bytes >= 2 && (memcmp(text, "\xC2\xAB", 2) == 0 || memcmp(text, "\xC2\xBB", 2) == 0));
}

int yaml_has_odd_space(size_t n_bytes, const char *text)
{
    for (size_t at = 0; at + 1 < n_bytes; at++) {
        if (memcmp(text + at, "\xC2\xA0", 2) == 0 ||
            (at + 2 < n_bytes &&
             (memcmp(text + at, "\xE2\x80\x87", 3) == 0 || memcmp(text + at, "\xE2\x80\xAF", 3) == 0))) {
            return 1;
        }
    }
    return 0;
}

/* ---- lines ---- */

const char *yaml_trouble(size_t n_bytes, const char *text, size_t number)
{
    const char *line = text, *end = text + n_bytes;
    for (; number > 0 && line < end; number--) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        line = newline == NULL ? end : newline + 1;
    }
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    end = newline == NULL ? end : newline;
    const char *start = line;
    while (start < end && (*start == ' ' || *start == '\t')) {
        start++;
    }
    if (memchr(line, '\t', (size_t)(start - line)) != NULL) {
        return "a tab indents this line: use spaces";
    }
    if (yaml_has_odd_space((size_t)(end - start), start)) {
        return "this line has a non-breaking space: use plain ones";
    }
    for (; start < end; start++) {
        if (yaml_typographic_quote((size_t)(end - start), start)) {
            return "this line has typographic quotes: use plain ones, \" or '";
        }
    }
    return NULL;
}

/* ---- sentences ---- */

const char *yaml_in_words(const char *problem)
{
    static const struct {
        const char *problem, *words;
    } table[] = {
        {"mapping values are not allowed in this context",
         "a colon where none can be: is one missing on the line before, or is this line indented too far?"},
        {"could not find expected ':'", "a key has no colon behind it"},
        {"did not find expected key", "this line is indented otherwise than those that it belongs to"},
        {"did not find expected '-' indicator", "this line is indented otherwise than the items of its list"},
        {"block sequence entries are not allowed in this context", "an item of a list (- ) begins a line of its own"},
        {"did not find expected ',' or '}'", "a comma or the closing } is missing"},
        {"did not find expected ',' or ']'", "a comma or the closing ] is missing"},
        {"did not find expected node content", "a value is missing"},
        {"found unexpected end of stream", "a quote is not closed"},
        {"found unexpected document indicator", "a quote is not closed"},
        {"found unknown escape character",
         "an unknown escape in double quotes: write the backslash twice, or use single quotes"},
        {"found character that cannot start any token", "no value begins with %, @ or `: put it in quotes"},
        {"did not find expected <document start>", "something stands behind the end of the document"},
    };
    if (problem == NULL) {
        return "unreadable";
    }
    for (size_t row = 0; row < sizeof table / sizeof table[0]; row++) {
        if (strcmp(problem, table[row].problem) == 0) {
            return table[row].words;
        }
    }
    return problem;
}
