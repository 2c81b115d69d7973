/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that grows. */
struct text {
    char *bytes; /* owned; NULL after a failure */
    size_t n, capacity;
};

static void put(struct text *text, size_t n, const char *bytes)
{
    if (text->bytes != NULL && text->n + n + 1 > text->capacity) {
        size_t capacity = 2 * (text->n + n + 1);
        char *grown = realloc(text->bytes, capacity);
        if (grown == NULL) {
            free(text->bytes);
        }
        text->bytes = grown;
        text->capacity = capacity;
    }
    if (text->bytes != NULL) {
        memcpy(text->bytes + text->n, bytes, n);
        text->n += n;
        text->bytes[text->n] = '\0';
    }
}

/* Does it read as itself without quotes? */
static int is_plain(const char *scalar)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-";
    return scalar[0] != '\0' && scalar[0] != '-' && strspn(scalar, plain) == strlen(scalar);
}

static void put_scalar(struct text *text, const char *scalar, int is_quoted)
{
    if (!is_quoted && (is_plain(scalar) || (scalar[0] == '-' && is_plain(scalar + 1)))) {
        put(text, strlen(scalar), scalar);
        return;
    }
    put(text, 1, "\"");
    for (const char *c = scalar; *c != '\0'; c++) {
        char escape[8];
        if ((unsigned char)*c < ' ') {
            int n = snprintf(escape, sizeof escape, "\\x%02x", (unsigned)*c);
            put(text, (size_t)n, escape);
        } else {
            put(text, *c == '"' || *c == '\\' ? 1 : 0, "\\");
            put(text, 1, c);
        }
    }
    put(text, 1, "\"");
}

/* Nesting is bounded (YAML_MAX_DEPTH). */
static void put_node(struct text *text, const struct yaml_node *node) /* NOLINT(misc-no-recursion) */
{
    if (node->kind == YAML_SCALAR) {
        put_scalar(text, node->text, node->quoted);
        return;
    }
    put(text, 1, node->kind == YAML_LIST ? "[" : "{");
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        if (child != node->first) {
            put(text, 2, ", ");
        }
        if (node->kind == YAML_MAP) {
            put_scalar(text, child->key, 0);
            put(text, 2, ": ");
        }
        put_node(text, child);
    }
    put(text, 1, node->kind == YAML_LIST ? "]" : "}");
}

char *flow_text(const struct yaml_node *node)
{
    struct text text = {.bytes = calloc(1, 1), .capacity = 1};
    put_node(&text, node);
    return text.bytes;
}
