/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_YAML_H
#define STUDY_YAML_H

#include <stddef.h>

#include "base/status.h"

/* YAML as a tree in which every node knows its line and column. The only file that knows libyaml. Bounded: text, nesting
 * and number of nodes have limits, and anchors, aliases and tags, which a study does not need, are refused. */

enum { YAML_MAX_BYTES = 1 << 20, YAML_MAX_DEPTH = 32, YAML_MAX_NODES = 300000, YAML_MAX_ENTRIES = 1000 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    int line, column;   /* where it begins, from 1 */
    int key_line;       /* an entry of a mapping: where its key stands */
    const char *key;    /* an entry of a mapping: its key; otherwise NULL */
    const char *text;   /* scalars, otherwise NULL */
    int quoted;         /* scalars: written in quotes or as a block */
    const char *origin; /* NULL: from the file; otherwise the override that it comes from */
    const char *file;   /* NULL: from the study; otherwise the table beside it that the line belongs to */
    int n_children;
    struct yaml_node *first, *last;    /* children of lists and mappings */
    struct yaml_node *next, *previous; /* siblings */
};

struct yaml_tree {
    struct yaml_block *blocks; /* all nodes and texts, owned */
    int n_nodes;
};

/* A mistake that makes the text unreadable as YAML. */
struct yaml_mistake {
    int line;
    char sentence[256];
};

/* Reads one document. `*root` (owned by the tree) is NULL when there is none. Every node gets `origin`, which must
 * outlive the tree. A text that is not acceptable: DREDGE_STUDY and `mistake`, nothing recorded in the status. The tree
 * may already hold other nodes; in any case the caller frees it with yaml_tree_free. */
STATUS_CHECKED dredge_status yaml_parse(size_t n_bytes, const char *text, const char *origin, struct yaml_tree *tree,
                                        struct yaml_node **root, struct yaml_mistake *mistake);
void yaml_tree_free(struct yaml_tree *tree); /* safe on a zeroed tree */

/* Is the text valid UTF-8 without control characters? If not: 0 and `mistake`. */
int yaml_text_valid(size_t n_bytes, const char *text, struct yaml_mistake *mistake);

/* Do the bytes begin with a typographic quote, which YAML does not know? */
int yaml_typographic_quote(size_t n_bytes, const char *text);

/* What people who do not know YAML stumble over, on line `number` (from 0) of the text; NULL when it has none of it. */
const char *yaml_trouble(size_t n_bytes, const char *text, size_t number);

/* What libyaml finds wrong, in words for those who do not know it; libyaml's own where there are none. */
const char *yaml_in_words(const char *problem);

/* Does the text have a space that looks like any other and is none for YAML (U+00A0, U+2007, U+202F)? */
int yaml_has_odd_space(size_t n_bytes, const char *text);

/* A new node, a copy of `text` where that is not NULL; NULL (recorded) when out of memory. */
struct yaml_node *yaml_node_new(struct yaml_tree *tree, enum yaml_kind kind, const char *text, const char *origin);
void yaml_node_append(struct yaml_node *parent, struct yaml_node *child);
const char *yaml_text_copy(struct yaml_tree *tree, size_t n_bytes, const char *text);

/* The first entry of a mapping with this key, NULL when there is none (or `map` is NULL or no mapping). */
struct yaml_node *yaml_entry(const struct yaml_node *map, const char *key);

/* Puts the content of `value` in the place of `node`, which keeps its key and its place among its siblings. */
void yaml_node_replace(struct yaml_node *node, const struct yaml_node *value);

#endif
