/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

/* ---- memory ---- */

enum { BLOCK_BYTES = 16384, ALIGNMENT = 16 };

struct yaml_block {
    struct yaml_block *next;
    size_t used, capacity;
    _Alignas(ALIGNMENT) char bytes[];
};

static void *tree_take(struct yaml_tree *tree, size_t n_bytes)
{
    size_t rounded = (n_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct yaml_block *block = tree->blocks;
    if (block == NULL || block->capacity - block->used < rounded) {
        size_t capacity = rounded > BLOCK_BYTES ? rounded : BLOCK_BYTES;
        block = malloc(sizeof *block + capacity);
        if (block == NULL) {
            (void)status_no_memory(sizeof *block + capacity);
            return NULL;
        }
        block->next = tree->blocks;
        block->used = 0;
        block->capacity = capacity;
        tree->blocks = block;
    }
    void *place = block->bytes + block->used;
    block->used += rounded;
    return place;
}

void yaml_tree_free(struct yaml_tree *tree)
{
    while (tree->blocks != NULL) {
        struct yaml_block *next = tree->blocks->next;
        free(tree->blocks);
        tree->blocks = next;
    }
    memset(tree, 0, sizeof *tree);
}

const char *yaml_text_copy(struct yaml_tree *tree, size_t n_bytes, const char *text)
{
    char *copy = tree_take(tree, n_bytes + 1);
    if (copy != NULL) {
        memcpy(copy, text, n_bytes);
        copy[n_bytes] = '\0';
    }
    return copy;
}

struct yaml_node *yaml_node_new(struct yaml_tree *tree, enum yaml_kind kind, const char *text, const char *origin)
{
    struct yaml_node *node = tree_take(tree, sizeof *node);
    if (node == NULL) {
        return NULL;
    }
    memset(node, 0, sizeof *node);
    node->kind = kind;
    node->origin = origin;
    if (text != NULL) {
        node->text = yaml_text_copy(tree, strlen(text), text);
        if (node->text == NULL) {
            return NULL;
        }
    }
    tree->n_nodes++;
    return node;
}

/* ---- the tree ---- */

void yaml_node_append(struct yaml_node *parent, struct yaml_node *child)
{
    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }
    child->previous = parent->last;
    parent->last = child;
    parent->n_children++;
}

struct yaml_node *yaml_entry(const struct yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != YAML_MAP) {
        return NULL;
    }
    for (struct yaml_node *entry = map->first; entry != NULL; entry = entry->next) {
        if (strcmp(entry->key, key) == 0) {
            return entry;
        }
    }
    return NULL;
}

void yaml_node_replace(struct yaml_node *node, const struct yaml_node *value)
{
    struct yaml_node old = *node;
    *node = *value;
    node->key = old.key;
    node->key_line = old.key_line;
    node->next = old.next;
    node->previous = old.previous;
}

/* ---- the text ---- */

static dredge_status refuse(struct yaml_mistake *mistake, size_t line, const char *sentence)
{
    mistake->line = (int)line;
    (void)snprintf(mistake->sentence, sizeof mistake->sentence, "%s", sentence);
    return DREDGE_STUDY;
}

/* The length of the valid UTF-8 sequence at `at`, 0 when there is none (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *at, size_t n_bytes)
{
    static const struct {
        unsigned char first_low, first_high, second_low, second_high;
        size_t length;
    } forms[] = {{0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
                 {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
                 {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t form = 0; form < sizeof forms / sizeof forms[0]; form++) {
        if (at[0] < forms[form].first_low || at[0] > forms[form].first_high) {
            continue;
        }
        if (forms[form].length > n_bytes) {
            return 0;
        }
        for (size_t next = 1; next < forms[form].length; next++) {
            unsigned char low = next == 1 ? forms[form].second_low : 0x80;
            unsigned char high = next == 1 ? forms[form].second_high : 0xBF;
            if (at[next] < low || at[next] > high) {
                return 0;
            }
        }
        return forms[form].length;
    }
    return 0;
}

/* Characters that YAML allows: YAML 1.1, production c-printable. */
static int is_printable(const unsigned char *at, size_t length)
{
    if (length == 1) {
        return at[0] == '\t' || at[0] == '\n' || at[0] == '\r' || (at[0] >= 0x20 && at[0] != 0x7F);
    }
    if (length == 2 && at[0] == 0xC2 && at[1] < 0xA0) {
        return at[1] == 0x85;
    }
    return !(length == 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE);
}

int yaml_text_valid(size_t n_bytes, const char *text, struct yaml_mistake *mistake)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t line = 1;
    for (size_t at = 0; at < n_bytes;) {
        size_t length = sequence_length(bytes + at, n_bytes - at);
        char sentence[128];
        if (length == 0) {
            (void)snprintf(sentence, sizeof sentence, "byte 0x%02X is not valid UTF-8: save the file as UTF-8",
                           (unsigned)bytes[at]);
            (void)refuse(mistake, line, sentence);
            return 0;
        }
        if (!is_printable(bytes + at, length)) {
            (void)snprintf(sentence, sizeof sentence,
                           bytes[at] == 0 ? "a NUL byte: this is not a text file" : "the control character 0x%02X",
                           (unsigned)bytes[at]);
            (void)refuse(mistake, line, sentence);
            return 0;
        }
        line += bytes[at] == '\n' || (bytes[at] == '\r' && !(at + 1 < n_bytes && bytes[at + 1] == '\n'));
        at += length;
    }
    return 1;
}

/* ---- from libyaml's events to the tree ---- */

struct builder {
    struct yaml_tree *tree;
    const char *origin;
    struct yaml_mistake *mistake;
    struct yaml_node *root;
    struct yaml_node *open[YAML_MAX_DEPTH];
    const char *key[YAML_MAX_DEPTH]; /* of an open mapping: the key that waits for its value */
    int key_line[YAML_MAX_DEPTH];
    int depth, n_documents;
};

static dredge_status build_key(struct builder *builder, const yaml_event_t *event, size_t line)
{
    struct yaml_node *map = builder->open[builder->depth - 1];
    if (event->type != YAML_SCALAR_EVENT) {
        return refuse(builder->mistake, line, "a key must be a word, not a list or mapping");
    }
    if (map->n_children >= YAML_MAX_ENTRIES) {
        return refuse(builder->mistake, line, "more than 1000 keys in one mapping");
    }
    const char *key = yaml_text_copy(builder->tree, event->data.scalar.length, (const char *)event->data.scalar.value);
    if (key == NULL) {
        return DREDGE_MEMORY;
    }
    builder->key[builder->depth - 1] = key;
    builder->key_line[builder->depth - 1] = (int)line;
    return DREDGE_OK;
}

static dredge_status build_node(struct builder *builder, const yaml_event_t *event, enum yaml_kind kind)
{
    size_t line = event->start_mark.line + 1;
    if (kind == YAML_SCALAR && memchr(event->data.scalar.value, 0, event->data.scalar.length) != NULL) {
        return refuse(builder->mistake, line, "a NUL character inside a text");
    }
    int top = builder->depth - 1;
    if (top >= 0 && builder->open[top]->kind == YAML_MAP && builder->key[top] == NULL) {
        return build_key(builder, event, line);
    }
    if (builder->tree->n_nodes >= YAML_MAX_NODES) {
        return refuse(builder->mistake, line, "more than 300000 values");
    }
    const char *text = kind == YAML_SCALAR ? (const char *)event->data.scalar.value : NULL;
    struct yaml_node *node = yaml_node_new(builder->tree, kind, text, builder->origin);
    if (node == NULL) {
        return DREDGE_MEMORY;
    }
    node->line = (int)line;
    node->column = (int)event->start_mark.column + 1;
    node->quoted = kind == YAML_SCALAR && event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (top < 0) {
        builder->root = node;
    } else {
        node->key = builder->key[top];
        node->key_line = builder->key_line[top];
        builder->key[top] = NULL;
        yaml_node_append(builder->open[top], node);
    }
    if (kind != YAML_SCALAR) {
        if (builder->depth == YAML_MAX_DEPTH) {
            return refuse(builder->mistake, line, "lists and mappings nested more than 32 deep");
        }
        builder->key[builder->depth] = NULL;
        builder->open[builder->depth++] = node;
    }
    return DREDGE_OK;
}

static dredge_status refuse_extras(struct builder *builder, size_t line, const yaml_char_t *anchor,
                                   const yaml_char_t *tag)
{
    if (anchor != NULL) {
        return refuse(builder->mistake, line, "anchors (&name) are not used in a study: write the value itself");
    }
    if (tag != NULL) {
        return refuse(builder->mistake, line, "tags (!name) are not used in a study: write the value alone");
    }
    return DREDGE_OK;
}

static dredge_status build(struct builder *builder, const yaml_event_t *event)
{
    dredge_status status = DREDGE_OK;
    size_t line = event->start_mark.line + 1;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++builder->n_documents > 1) {
            status = refuse(builder->mistake, line, "a second document starts here: a study is one document");
        }
        break;
    case YAML_ALIAS_EVENT:
        status = refuse(builder->mistake, line, "aliases (*name) are not used in a study: write the value itself");
        break;
    case YAML_SCALAR_EVENT:
        status = refuse_extras(builder, line, event->data.scalar.anchor, event->data.scalar.tag);
        status = status != DREDGE_OK ? status : build_node(builder, event, YAML_SCALAR);
        break;
    case YAML_SEQUENCE_START_EVENT:
        status = refuse_extras(builder, line, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        status = status != DREDGE_OK ? status : build_node(builder, event, YAML_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        status = refuse_extras(builder, line, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        status = status != DREDGE_OK ? status : build_node(builder, event, YAML_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    return status;
}

static dredge_status refuse_syntax(const yaml_parser_t *parser, size_t n_bytes, const char *text,
                                   struct yaml_mistake *mistake)
{
    if (parser->error == YAML_MEMORY_ERROR) {
        return status_fail(DREDGE_MEMORY, "out of memory while reading YAML");
    }
    char sentence[sizeof mistake->sentence];
    const char *trouble = yaml_trouble(n_bytes, text, parser->problem_mark.line);
    if (trouble == NULL && parser->context != NULL) {
        trouble = yaml_trouble(n_bytes, text, parser->context_mark.line);
    }
    if (trouble != NULL) {
        return refuse(mistake, parser->problem_mark.line + 1, trouble);
    }
    if (parser->context != NULL) {
        (void)snprintf(sentence, sizeof sentence, "this is not YAML: %s (in what begins on line %zu)",
                       yaml_in_words(parser->problem), parser->context_mark.line + 1);
    } else {
        (void)snprintf(sentence, sizeof sentence, "this is not YAML: %s", yaml_in_words(parser->problem));
    }
    return refuse(mistake, parser->problem_mark.line + 1, sentence);
}

static dredge_status build_all(yaml_parser_t *parser, size_t n_bytes, const char *text, struct builder *builder)
{
    int done = 0;
    while (!done) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            return refuse_syntax(parser, n_bytes, text, builder->mistake);
        }
        done = event.type == YAML_STREAM_END_EVENT;
        dredge_status status = build(builder, &event);
        yaml_event_delete(&event);
        if (status != DREDGE_OK) {
            return status;
        }
    }
    return DREDGE_OK;
}

dredge_status yaml_parse(size_t n_bytes, const char *text, const char *origin, struct yaml_tree *tree,
                         struct yaml_node **root, struct yaml_mistake *mistake)
{
    *root = NULL;
    if (n_bytes > YAML_MAX_BYTES) {
        return refuse(mistake, 1, "larger than 1 MiB, the limit for a study");
    }
    if (!yaml_text_valid(n_bytes, text, mistake)) {
        return DREDGE_STUDY;
    }
    if (n_bytes >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
        text += 3;
        n_bytes -= 3;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return status_fail(DREDGE_MEMORY, "out of memory while reading YAML");
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n_bytes);
    struct builder builder = {.tree = tree, .origin = origin, .mistake = mistake};
    dredge_status status = build_all(&parser, n_bytes, text, &builder);
    yaml_parser_delete(&parser);
    if (status == DREDGE_OK) {
        *root = builder.root;
    }
    return status;
}
