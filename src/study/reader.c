/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "study/keys.h"
#include "study/names.h"
#include "study/scalar.h"

static const char odd_space[] = "has a non-breaking space: write a plain one";

/* ---- mistakes ---- */

/* Nothing, or a word that means so. */
static int is_empty(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && !node->quoted &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

/* "path = value", or "path" where there is no value to show. */
enum { SUBJECT_BYTES = 2 * MISTAKES_SHOWN_BYTES + 8 };
static void describe(const struct yaml_node *node, const char *path, char text[SUBJECT_BYTES])
{
    char shown_path[MISTAKES_SHOWN_BYTES], shown_value[MISTAKES_SHOWN_BYTES];
    mistakes_show(path, shown_path);
    if (is_empty(node)) {
        (void)snprintf(text, SUBJECT_BYTES, "%s", shown_path);
    } else if (node->kind == YAML_SCALAR) {
        const char *quote = node->quoted ? "\"" : "";
        (void)snprintf(text, SUBJECT_BYTES, "%s = %s%s%s", shown_path, quote, mistakes_show(node->text, shown_value),
                       quote);
    } else {
        const char *value = node->kind == YAML_LIST ? "[...]" : "{...}";
        (void)snprintf(text, SUBJECT_BYTES, "%s = %s", shown_path,
                       node->n_children > 0      ? value
                       : node->kind == YAML_LIST ? "[]"
                                                 : "{}");
    }
}

static void add(struct reader *reader, const struct yaml_node *node, int line, const char *path, const char *subject,
                const char *sentence)
{
    if (node->file != NULL) {
        mistakes_add(&reader->mistakes, 0, "%.200s:%d: %s: %s", node->file, line, subject, sentence);
        return;
    }
    if (node->origin == NULL) {
        mistakes_add(&reader->mistakes, line, "%s: %s", subject, sentence);
        return;
    }
    char shown[MISTAKES_SHOWN_BYTES];
    mistakes_show(node->origin, shown);
    size_t length = strlen(path);
    int is_same = strncmp(node->origin, path, length) == 0 && node->origin[length] == '=';
    if (is_same) {
        mistakes_add(&reader->mistakes, 0, "--set %s: %s", shown, sentence);
    } else {
        mistakes_add(&reader->mistakes, 0, "--set %s: %s: %s", shown, subject, sentence);
    }
}

void reader_mistake(struct reader *reader, const struct yaml_node *node, const char *path, const char *format, ...)
{
    char sentence[MISTAKE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    char subject[SUBJECT_BYTES];
    describe(node, path, subject);
    add(reader, node, node->line, path, subject, sentence);
}

void reader_mistake_about(struct reader *reader, const struct yaml_node *node, const char *path, const char *sentence)
{
    char shown[MISTAKES_SHOWN_BYTES];
    add(reader, node, node->line, path, mistakes_show(path, shown), sentence);
}

void reader_mistake_key(struct reader *reader, const struct yaml_node *node, const char *path, const char *sentence)
{
    char subject[SUBJECT_BYTES];
    describe(node, path, subject);
    add(reader, node, node->key_line, path, subject, sentence);
}

struct search {
    struct suggestion suggestion;
    char section[READER_PATH_BYTES]; /* with its last dot */
    char known[160];                 /* what the section may hold, ", " between; "" when that is too long */
    int too_long;
};

static void search_see(void *context, const char *name)
{
    struct search *search = context;
    suggest_try(&search->suggestion, name);
    size_t length = strlen(search->section);
    if (strncmp(name, search->section, length) == 0 && strchr(name + length, '.') == NULL) {
        size_t used = strlen(search->known);
        const char *between = used > 0 ? ", " : "";
        if (used + strlen(name) + 3 > sizeof search->known) {
            search->too_long = 1;
        } else {
            (void)snprintf(search->known + used, sizeof search->known - used, "%s%s", between, name + length);
        }
    }
}

void reader_suggest(const struct reader *reader, struct suggestion *suggestion, const char *word)
{
    suggest_begin(suggestion, reader->mistakes.n < MISTAKES_MAX ? word : "");
}

static int is_digits(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static int is_whole(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && !node->quoted && is_digits(node->text + strspn(node->text, "-+"));
}

/* Is the entry what is left of a number behind its decimal comma, and the entry before it the rest? */
static int is_half(const struct yaml_node *node)
{
    return node != NULL && node->key != NULL && is_empty(node) && node->previous != NULL && is_whole(node->previous) &&
           is_digits(node->key);
}

int reader_is_half_number(struct reader *reader, const struct yaml_node *node, const char *path)
{
    const struct yaml_node *before = node->previous;
    if (!is_half(node)) {
        return 0;
    }
    const char *dot = strrchr(path, '.');
    char own_path[READER_PATH_BYTES], shown[MISTAKES_SHOWN_BYTES], sentence[MISTAKE_BYTES];
    (void)snprintf(own_path, sizeof own_path, "%.*s%s", dot == NULL ? 0 : (int)(dot - path) + 1, path, before->key);
    (void)snprintf(sentence, sizeof sentence, "%.20s,%.20s has a decimal comma, write %.20s.%.20s", before->text,
                   node->key, before->text, node->key);
    add(reader, before, before->line, own_path, mistakes_show(own_path, shown), sentence);
    return 1;
}

void reader_unknown(struct reader *reader, const struct yaml_node *node, const char *path)
{
    if (reader_is_half_number(reader, node, path)) {
        return;
    }
    if (yaml_has_odd_space(strlen(node->key), node->key)) {
        reader_mistake_about(reader, node, path, odd_space);
        return;
    }
    if (strchr(node->key, ':') != NULL) {
        reader_mistake_about(reader, node, path, "needs a space behind its colon");
        return;
    }
    struct search search = {.section = ""};
    reader_suggest(reader, &search.suggestion, path);
    const char *dot = strrchr(path, '.');
    (void)snprintf(search.section, sizeof search.section, "%.*s", dot == NULL ? 0 : (int)(dot - path) + 1, path);
    if (reader->mistakes.n < MISTAKES_MAX) {
        names_each(reader->study, search_see, &search);
    }
    char sentence[MISTAKE_BYTES];
    const char *best = suggest_best(&search.suggestion);
    if (best != NULL) {
        (void)snprintf(sentence, sizeof sentence, "unknown key, did you mean %s?", best);
    } else if (search.too_long || search.known[0] == '\0') {
        (void)snprintf(sentence, sizeof sentence, "unknown key; `dredge show study` lists what there is");
    } else {
        (void)snprintf(sentence, sizeof sentence, "unknown key; known here: %s", search.known);
    }
    reader_mistake_key(reader, node, path, sentence);
}

void reader_path(char path[READER_PATH_BYTES], const char *section, const char *name)
{
    (void)snprintf(path, READER_PATH_BYTES, "%s%s%s", section, *section != '\0' ? "." : "", name);
}

/* ---- kinds of nodes ---- */

int reader_is_map(struct reader *reader, const struct yaml_node *node, const char *path)
{
    if (node->kind == YAML_SCALAR && !node->quoted && yaml_has_odd_space(strlen(node->text), node->text)) {
        reader_mistake(reader, node, path[0] != '\0' ? path : "the study", "%s", odd_space);
        return 0;
    }
    if (node->kind != YAML_MAP) {
        reader_mistake(reader, node, path[0] != '\0' ? path : "the study", "%smust be a mapping (key: value)",
                       is_empty(node) ? "is empty: leave the key out, or it " : "");
        return 0;
    }
    for (const struct yaml_node *entry = node->first; entry != NULL; entry = entry->next) {
        const struct yaml_node *earlier = yaml_entry(node, entry->key);
        if (earlier != entry && !is_half(entry)) {
            char own_path[READER_PATH_BYTES], sentence[64];
            reader_path(own_path, path, entry->key);
            (void)snprintf(sentence, sizeof sentence, "given twice, first on line %d", earlier->key_line);
            reader_mistake_key(reader, entry, own_path, sentence);
        }
    }
    return 1;
}

int reader_is_list(struct reader *reader, const struct yaml_node *node, const char *path)
{
    if (node->kind != YAML_LIST) {
        reader_mistake(reader, node, path, "%smust be a list ([a, b])",
                       is_empty(node) ? "is empty: leave the key out, or it " : "");
        return 0;
    }
    return 1;
}

int reader_is_text(struct reader *reader, const struct yaml_node *node, const char *path)
{
    if (node->kind != YAML_SCALAR || is_empty(node)) {
        reader_mistake(reader, node, path, "%smust be a text",
                       is_empty(node) ? "is empty: leave the key out, or it " : "");
        return 0;
    }
    return 1;
}

/* ---- values ---- */

struct reader_range reader_parameter_range(int parameter)
{
    const struct parameter_info *info = &parameter_infos[parameter];
    enum reader_kind kind = info->type == PARAMETER_FLAG    ? READER_FLAG
                            : info->type == PARAMETER_WHOLE ? READER_WHOLE
                                                            : READER_REAL;
    return (struct reader_range){kind, info->low, info->high, info->unit};
}

struct reader_range reader_steering_range(int steering)
{
    const struct steering_info *info = &steering_infos[steering];
    return (struct reader_range){READER_REAL, info->low, info->high, info->unit};
}

struct reader_range reader_key_range(int key)
{
    const struct key_info *info = &key_infos[key];
    return (struct reader_range){info->type == KEY_REAL ? READER_REAL : READER_WHOLE, info->low, info->high,
                                 info->unit};
}

const char *reader_allowed(const struct reader_range *range, char allowed[READER_ALLOWED_BYTES])
{
    if (range->kind == READER_FLAG) {
        (void)snprintf(allowed, READER_ALLOWED_BYTES, "must be true or false");
        return allowed;
    }
    int used = snprintf(allowed, READER_ALLOWED_BYTES, "must be %sbetween %.10g and %.10g",
                        range->kind == READER_WHOLE ? "a whole number " : "", range->low, range->high);
    if (range->unit[0] != '\0') {
        (void)snprintf(allowed + used, READER_ALLOWED_BYTES - (size_t)used, " (%s)", range->unit);
    }
    return allowed;
}

/* Why the node is not such a value; NULL when it is. "" when it is outside the range. */
static const char *value_problem(const struct yaml_node *node, const struct reader_range *range, double *value)
{
    if (node->kind != YAML_SCALAR) {
        return node->kind == YAML_LIST ? "is a list" : "is a mapping";
    }
    if (is_empty(node)) {
        return "is empty";
    }
    if (node->quoted) {
        return "is a text because of its quotes";
    }
    if (yaml_typographic_quote(strlen(node->text), node->text)) {
        return "is in typographic quotes";
    }
    if (range->kind == READER_FLAG) {
        int flag = scalar_flag(node->text);
        *value = flag;
        return flag < 0 ? "" : NULL;
    }
    double number;
    const char *problem = scalar_number(node->text, &number);
    if (problem == NULL && range->kind == READER_WHOLE) {
        problem = scalar_parted(node->text);
    }
    if (problem != NULL) {
        return problem;
    }
    if (number < range->low || number > range->high) {
        return "";
    }
    if (range->kind == READER_WHOLE && number != floor(number)) {
        return "";
    }
    *value = number;
    return NULL;
}

/* Does no space stand between the items, so that they may be the halves of a number with a decimal comma? */
static int are_halves(const struct yaml_node *item)
{
    const struct yaml_node *next = item->next;
    return next != NULL && is_whole(item) && next->kind == YAML_SCALAR && !next->quoted && is_digits(next->text) &&
           item->line == next->line && next->column == item->column + (int)strlen(item->text) + 1;
}

int reader_is_in_halves(struct reader *reader, const struct yaml_node *node, const char *path,
                        const struct reader_range *range, int n_numbers)
{
    const struct yaml_node *first = NULL;
    int n_apart = 0, n_pairs = 0, is_wrong = n_numbers > 0 && node->n_children != n_numbers;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        double value;
        is_wrong |= value_problem(item, range, &value) != NULL;
        if (are_halves(item)) {
            first = first == NULL ? item : first;
            n_pairs++;
            item = item->next;
            is_wrong |= value_problem(item, range, &value) != NULL;
        }
        n_apart += item->next != NULL && !are_halves(item);
    }
    /* With a space after some commas, the others are meant; without any, only what is wrong with the values tells. */
    if (n_pairs == 0 || range->kind != READER_REAL ||
        (n_apart == 0 && !(is_wrong && n_pairs * 2 == node->n_children))) {
        return 0;
    }
    char sentence[MISTAKE_BYTES];
    (void)snprintf(sentence, sizeof sentence,
                   "%.20s,%.20s has a decimal comma, write %.20s.%.20s; between two values, write a comma and a space",
                   first->text, first->next->text, first->text, first->next->text);
    reader_mistake_about(reader, first, path, sentence);
    return 1;
}

int reader_number(struct reader *reader, const struct yaml_node *node, const char *path,
                  const struct reader_range *range, double *value)
{
    double number = 0;
    const char *problem = value_problem(node, range, &number);
    if (problem != NULL && is_half(node->next)) { /* the other half is a mistake that says so */
        return 0;
    }
    if (problem != NULL) {
        char allowed[READER_ALLOWED_BYTES];
        reader_mistake(reader, node, path, "%s%s%s", problem, problem[0] != '\0' ? ": " : "",
                       reader_allowed(range, allowed));
        return 0;
    }
    *value = number;
    return 1;
}

int reader_choice(struct reader *reader, const struct yaml_node *node, const char *path, const char *const *names)
{
    struct suggestion suggestion;
    reader_suggest(reader, &suggestion, node->kind == YAML_SCALAR ? node->text : "");
    char known[180] = "";
    size_t used = 0;
    for (int name = 0; names[name] != NULL; name++) {
        if (node->kind == YAML_SCALAR && strcmp(node->text, names[name]) == 0) {
            return name;
        }
        suggest_try(&suggestion, names[name]);
        if (used < sizeof known) {
            const char *between = name == 0 ? "" : names[name + 1] == NULL ? " or " : ", ";
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", between, names[name]);
        }
    }
    if (used >= sizeof known) {
        (void)snprintf(known + sizeof known - 4, 4, "...");
    }
    const char *best = suggest_best(&suggestion);
    if (node->kind == YAML_SCALAR && yaml_typographic_quote(strlen(node->text), node->text)) {
        reader_mistake(reader, node, path, "is in typographic quotes: must be %s", known);
    } else if (best != NULL) {
        reader_mistake(reader, node, path, "unknown, did you mean %s? It must be %s", best, known);
    } else {
        reader_mistake(reader, node, path, "must be %s", known);
    }
    return -1;
}
