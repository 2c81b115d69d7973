/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/yaml.h"
#include "testing.h"

struct parsed {
    struct yaml_tree tree;
    struct yaml_node *root;
    struct yaml_mistake mistake;
    dredge_status status;
};

static struct parsed parse(const char *text)
{
    struct parsed parsed = {.root = NULL};
    parsed.status = yaml_parse(strlen(text), text, "here", &parsed.tree, &parsed.root, &parsed.mistake);
    return parsed;
}

static void refused(size_t n_bytes, const char *text, int line, const char *sentence)
{
    struct parsed parsed = {.root = NULL};
    parsed.status = yaml_parse(n_bytes, text, NULL, &parsed.tree, &parsed.root, &parsed.mistake);
    assert_int_equal(parsed.status, DREDGE_STUDY);
    assert_null(parsed.root);
    if (strstr(parsed.mistake.sentence, sentence) == NULL || parsed.mistake.line != line) {
        print_error("line %d: %s\n", parsed.mistake.line, parsed.mistake.sentence);
    }
    assert_int_equal(parsed.mistake.line, line);
    assert_non_null(strstr(parsed.mistake.sentence, sentence));
    yaml_tree_free(&parsed.tree);
}

static void place(const struct yaml_node *node, enum yaml_kind kind, int line, int column, int key_line)
{
    assert_non_null(node);
    assert_int_equal(node->kind, kind);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
    assert_int_equal(node->key_line, key_line);
    assert_string_equal(node->origin, "here");
}

static void test_tree(void **state)
{
    (void)state;
    struct parsed parsed = parse("# comment\n"
                                 "title: a \"b\" # rest\n"
                                 "quoted:\n"
                                 "  \"c: d\"\n"
                                 "block: |\n"
                                 "  e\n"
                                 "  f\n"
                                 "list:\n"
                                 "  - 1\n"
                                 "  - [2, 3]\n"
                                 "  - {x: 4}\n"
                                 "empty:\n");
    assert_int_equal(parsed.status, DREDGE_OK);
    place(parsed.root, YAML_MAP, 2, 1, 0);
    assert_int_equal(parsed.root->n_children, 5);
    const struct yaml_node *title = yaml_entry(parsed.root, "title");
    place(title, YAML_SCALAR, 2, 8, 2);
    assert_string_equal(title->text, "a \"b\"");
    assert_false(title->quoted);
    const struct yaml_node *quoted = yaml_entry(parsed.root, "quoted");
    place(quoted, YAML_SCALAR, 4, 3, 3); /* the value stands a line below its key */
    assert_string_equal(quoted->text, "c: d");
    assert_true(quoted->quoted);
    const struct yaml_node *block = yaml_entry(parsed.root, "block");
    assert_string_equal(block->text, "e\nf\n");
    assert_true(block->quoted);
    const struct yaml_node *list = yaml_entry(parsed.root, "list");
    place(list, YAML_LIST, 9, 3, 8);
    assert_int_equal(list->n_children, 3);
    place(list->first, YAML_SCALAR, 9, 5, 0);
    place(list->first->next, YAML_LIST, 10, 5, 0);
    place(list->first->next->last, YAML_SCALAR, 10, 9, 0);
    place(yaml_entry(list->last, "x"), YAML_SCALAR, 11, 9, 11);
    assert_null(list->last->next);
    const struct yaml_node *empty = yaml_entry(parsed.root, "empty");
    assert_string_equal(empty->text, "");
    assert_false(empty->quoted);
    assert_null(yaml_entry(parsed.root, "absent"));
    assert_null(yaml_entry(title, "absent"));
    assert_null(yaml_entry(NULL, "absent"));
    yaml_tree_free(&parsed.tree);
    assert_null(parsed.tree.blocks);
    yaml_tree_free(&parsed.tree);
}

static void test_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n\n", "# only a comment\n"};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        struct parsed parsed = parse(texts[index]);
        assert_int_equal(parsed.status, DREDGE_OK);
        assert_null(parsed.root);
        yaml_tree_free(&parsed.tree);
    }
}

/* Keys given twice stay in the tree; which is first and where both stand is for the reader to say. */
static void test_duplicates(void **state)
{
    (void)state;
    struct parsed parsed = parse("a: 1\nb: 2\na: 3\n");
    assert_int_equal(parsed.root->n_children, 3);
    assert_string_equal(yaml_entry(parsed.root, "a")->text, "1");
    assert_string_equal(parsed.root->last->key, "a");
    assert_int_equal(parsed.root->last->key_line, 3);
    yaml_tree_free(&parsed.tree);
}

static void test_line_ends(void **state)
{
    (void)state;
    struct parsed parsed = parse("\xEF\xBB\xBF"
                                 "a: 1\r\nb: 2\r\n"); /* byte order mark, lines as Windows ends them */
    assert_int_equal(parsed.status, DREDGE_OK);
    assert_string_equal(yaml_entry(parsed.root, "a")->text, "1");
    assert_int_equal(yaml_entry(parsed.root, "b")->line, 2);
    yaml_tree_free(&parsed.tree);
}

static void test_refused(void **state)
{
    (void)state;
#define TEXT(text) sizeof(text) - 1, text
    refused(TEXT("a: 1\nb: &x 2\n"), 2, "anchors");
    refused(TEXT("a: 1\nb: *x\n"), 2, "aliases");
    refused(TEXT("a: !!int 1\n"), 1, "tags");
    refused(TEXT("a: !mine [1]\n"), 1, "tags");
    refused(TEXT("a: 1\n---\nb: 1\n"), 2, "second document");
    refused(TEXT("a: 1\n? [x]\n: 2\n"), 2, "a key must be a word");
    refused(TEXT("a: [1\nb: 2\n"), 2, "this is not YAML");
    refused(TEXT("a: \"x\\0y\"\n"), 1, "NUL character");
    refused(TEXT("a: 1\nb: \0\n"), 2, "NUL byte");
    refused(TEXT("a: 1\r\n\r\nb: \x1b\n"), 3, "control character 0x1B");
    refused(TEXT("a: \x7f\n"), 1, "control character 0x7F");
    refused(TEXT("a: \xC2\x80\n"), 1, "control character 0xC2");
    refused(TEXT("a: 1\nb: \xFF\n"), 2, "byte 0xFF is not valid UTF-8");
    refused(TEXT("a: \xC0\x80\n"), 1, "byte 0xC0 is not valid UTF-8");     /* overlong */
    refused(TEXT("a: \xED\xA0\x80\n"), 1, "byte 0xED is not valid UTF-8"); /* surrogate */
    refused(TEXT("a: \xF4\x90\x80\x80\n"), 1, "not valid UTF-8");          /* beyond Unicode */
    refused(TEXT("a: \xE2\x82"), 1, "byte 0xE2 is not valid UTF-8");       /* cut off */
}

static void test_unicode(void **state)
{
    (void)state;
    struct parsed parsed = parse("a: caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8C\x8D\nb: 1\n");
    assert_int_equal(parsed.status, DREDGE_OK);
    assert_string_equal(yaml_entry(parsed.root, "a")->text, "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8C\x8D");
    yaml_tree_free(&parsed.tree);
}

/* Exactly the limits pass, one more does not. */
static void test_limits(void **state)
{
    (void)state;
    char *text = malloc(YAML_MAX_BYTES + 2);
    assert_non_null(text);
    memset(text, '#', YAML_MAX_BYTES + 1);
    struct parsed parsed = {.root = NULL};
    assert_int_equal(yaml_parse(YAML_MAX_BYTES, text, NULL, &parsed.tree, &parsed.root, &parsed.mistake), DREDGE_OK);
    yaml_tree_free(&parsed.tree);
    refused(YAML_MAX_BYTES + 1, text, 1, "larger than 1 MiB");
    for (int extra = 0; extra < 2; extra++) {
        size_t depth = YAML_MAX_DEPTH + (size_t)extra;
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        parsed = parse(text);
        assert_int_equal(parsed.status, extra == 0 ? DREDGE_OK : DREDGE_STUDY);
        yaml_tree_free(&parsed.tree);
    }
    for (int extra = 0; extra < 2; extra++) {
        int used = sprintf(text, "{");
        for (int key = 0; key < YAML_MAX_ENTRIES + extra; key++) {
            used += sprintf(text + used, "k%d: 1, ", key);
        }
        (void)sprintf(text + used, "}");
        parsed = parse(text);
        assert_int_equal(parsed.status, extra == 0 ? DREDGE_OK : DREDGE_STUDY);
        yaml_tree_free(&parsed.tree);
    }
    free(text);
}

static void test_changes(void **state)
{
    (void)state;
    struct parsed parsed = parse("a: 1\nb: [x, y]\nc: 3\n");
    struct yaml_node *b = yaml_entry(parsed.root, "b");
    struct yaml_node *value = yaml_node_new(&parsed.tree, YAML_SCALAR, "new", "there");
    assert_non_null(value);
    yaml_node_replace(b, value);
    assert_int_equal(b->kind, YAML_SCALAR);
    assert_string_equal(b->text, "new");
    assert_string_equal(b->key, "b");
    assert_string_equal(b->origin, "there");
    assert_string_equal(b->next->key, "c");
    struct yaml_node *list = yaml_node_new(&parsed.tree, YAML_LIST, NULL, "there");
    assert_non_null(list);
    yaml_node_append(list, yaml_node_new(&parsed.tree, YAML_SCALAR, "1", "there"));
    yaml_node_append(list, yaml_node_new(&parsed.tree, YAML_SCALAR, "2", "there"));
    assert_int_equal(list->n_children, 2);
    assert_string_equal(list->first->next->text, "2");
    assert_ptr_equal(list->last, list->first->next);
    yaml_tree_free(&parsed.tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),      cmocka_unit_test(test_nothing), cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_line_ends), cmocka_unit_test(test_refused), cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_limits),    cmocka_unit_test(test_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
