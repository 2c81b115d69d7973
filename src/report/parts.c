/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a text that grows ---- */

struct growing {
    char *text;
    size_t n_bytes, capacity;
    int no_memory;
};

static void add_byte(struct growing *growing, char byte)
{
    if (growing->n_bytes + 1 >= growing->capacity && !growing->no_memory) {
        size_t capacity = 2 * growing->capacity + 1024;
        char *text = realloc(growing->text, capacity);
        growing->no_memory = text == NULL;
        growing->text = text != NULL ? text : growing->text;
        growing->capacity = text != NULL ? capacity : growing->capacity;
    }
    if (!growing->no_memory) {
        growing->text[growing->n_bytes++] = byte;
        growing->text[growing->n_bytes] = 0;
    }
}

static void add_text(struct growing *growing, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        add_byte(growing, text[i]);
    }
}

static dredge_status add_part(struct parts *parts, const char *name, struct growing *growing)
{
    struct part *part = realloc(parts->part, ((size_t)parts->n + 1) * sizeof *part);
    if (part == NULL || growing->no_memory || growing->text == NULL) {
        parts->part = part != NULL ? part : parts->part;
        free(growing->text);
        return status_no_memory(growing->capacity + sizeof *part);
    }
    parts->part = part;
    part += parts->n++;
    (void)snprintf(part->name, sizeof part->name, "%s", name);
    part->text = growing->text;
    return DREDGE_OK;
}

/* ---- reading what report/html.c wrote ---- */

static int begins(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

/* The value of an attribute of the tag at `tag`; "" without. */
static void read_attribute(const char *tag, const char *key, size_t n_bytes, char *value)
{
    const char *end = strchr(tag, '>');
    const char *at = strstr(tag, key);
    value[0] = 0;
    if (at != NULL && end != NULL && at < end) {
        at += strlen(key);
        (void)snprintf(value, n_bytes, "%.*s", (int)strcspn(at, "\""), at);
    }
}

/* The character of an entity at `*at`, which moves behind it. */
static char read_entity(const char **at)
{
    static const struct {
        const char *entity;
        char byte;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (begins(*at, entities[i].entity)) {
            *at += strlen(entities[i].entity);
            return entities[i].byte;
        }
    }
    return *(*at)++;
}

/* Does the sign at `at` part thousands? Spreadsheets get their numbers without. */
static int is_between_thousands(const char *cell, const char *at, char sign)
{
    static const char digits[] = "0123456789";
    return *at == sign && at > cell && strchr(digits, at[-1]) != NULL && strspn(at + 1, digits) == 3;
}

/* The text of a cell that ends with `end`, tags left out and blanks drawn together. `thousands_sign` is 0 in a cell of
 * names. */
static void add_cell(struct growing *csv, const char *at, const char *end, char separator, char thousands_sign)
{
    struct growing cell = {0};
    const char *cell_begins = at;
    int is_quoted = 0;
    int blank = 0;
    while (at < end) {
        if (thousands_sign != 0 && is_between_thousands(cell_begins, at, thousands_sign)) {
            at++;
            continue;
        }
        if (*at == '<') {
            blank |= begins(at, "<br") || begins(at, "<small");
            at = strchr(at, '>') + 1;
            continue;
        }
        char byte = read_entity(&at);
        if (byte == ' ' || byte == '\n' || byte == '\t') {
            blank = 1;
            continue;
        }
        if (blank && cell.n_bytes > 0) {
            add_byte(&cell, ' ');
        }
        blank = 0;
        is_quoted |= byte == separator || byte == '"';
        add_byte(&cell, byte);
    }
    csv->no_memory |= cell.no_memory;
    if (is_quoted) {
        add_byte(csv, '"');
    }
    for (size_t i = 0; i < cell.n_bytes; i++) {
        add_text(csv, cell.text[i] == '"' ? 2 : 1, cell.text[i] == '"' ? "\"\"" : cell.text + i);
    }
    if (is_quoted) {
        add_byte(csv, '"');
    }
    free(cell.text);
}

/* The table between `at` and `end` as CSV, with a byte order mark for spreadsheets. */
static void read_table(const char *at, const char *end, enum language language, struct growing *csv)
{
    char separator = *language_text(language, TEXT_decimal_sign) == ',' ? ';' : ',';
    int n_cells = 0;
    add_text(csv, 3, "\xef\xbb\xbf");
    for (; at < end; at++) {
        if (begins(at, "<tr")) {
            n_cells = 0;
        } else if (begins(at, "</tr>")) {
            add_text(csv, 2, "\r\n");
        } else if (begins(at, "<td") || (begins(at, "<th") && !begins(at, "<thead"))) {
            char span[16];
            char level[32];
            int is_data = at[2] == 'd';
            read_attribute(at, "colspan=\"", sizeof span, span);
            read_attribute(at, "data-from=\"", sizeof level, level);
            const char *text = strchr(at, '>') + 1;
            const char *close = strstr(text, is_data ? "</td>" : "</th>");
            if (close == NULL) {
                return;
            }
            if (n_cells++ > 0) {
                add_byte(csv, separator);
            }
            const char *sign = is_data || *level ? language_text(language, TEXT_thousands_sign) : "";
            add_cell(csv, text, close, separator, *sign);
            for (long more = strtol(span, NULL, 10); more > 1; more--) {
                add_byte(csv, separator);
                n_cells++;
            }
            at = close;
        }
    }
}

/* Where the reading is: names come from the section, and from the chart whose numbers a table holds. */
struct place {
    char section[PARTS_NAME_BYTES - 24], chart[PARTS_NAME_BYTES - 24];
    int n_tables; /* of the section */
};

static dredge_status take_svg(const char *at, const char *end, const struct place *place, struct parts *parts)
{
    char name[PARTS_NAME_BYTES];
    struct growing svg = {0};
    (void)snprintf(name, sizeof name, "%s.svg", place->chart);
    add_text(&svg, (size_t)(end - at), at);
    add_byte(&svg, '\n');
    return add_part(parts, name, &svg);
}

static dredge_status take_table(const char *at, const char *end, enum language language, struct place *place,
                                struct parts *parts)
{
    char name[PARTS_NAME_BYTES];
    struct growing csv = {0};
    if (*place->chart) {
        (void)snprintf(name, sizeof name, "%s.csv", place->chart);
        place->chart[0] = 0;
    } else {
        (void)snprintf(name, sizeof name, "%s-%d.csv", *place->section ? place->section : "table", ++place->n_tables);
    }
    read_table(at, end, language, &csv);
    return add_part(parts, name, &csv);
}

dredge_status parts_take(const char *page, enum parts_kind kind, enum language language, struct parts *parts)
{
    struct place place = {0};
    dredge_status status = DREDGE_OK;
    const char *last = strstr(page, "</main>");
    *parts = (struct parts){0};
    for (const char *at = strstr(page, "<main"); status == DREDGE_OK && at != NULL && at < last;
         at = strchr(at + 1, '<')) {
        const char *end = NULL;
        if (begins(at, "<section ")) {
            place = (struct place){0};
            read_attribute(at, "id=\"", sizeof place.section, place.section);
        } else if (begins(at, "</figure>")) {
            place.chart[0] = 0;
        } else if (begins(at, "<svg ")) {
            read_attribute(at, " id=\"", sizeof place.chart, place.chart);
            end = strstr(at, "</svg>");
            if (kind == PARTS_SVG && end != NULL) {
                status = take_svg(at, end + 6, &place, parts);
            }
        } else if (begins(at, "<table")) {
            end = strstr(at, "</table>");
            if (kind == PARTS_CSV && end != NULL) {
                status = take_table(at, end, language, &place, parts);
            }
        }
        at = end != NULL ? end : at;
    }
    if (status != DREDGE_OK) {
        parts_free(parts);
    }
    return status;
}

void parts_free(struct parts *parts)
{
    for (int i = 0; i < parts->n; i++) {
        free(parts->part[i].text);
    }
    free(parts->part);
    *parts = (struct parts){0};
}
