/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "study/factor.h"
#include "study/posterior_file.h"
#include "study/parts.h"
#include "study/sheet.h"

/* The points of a list from a table in a file: a column per factor, named in the first line; comma or semicolon between
 * the columns, and with semicolons a decimal comma. It becomes the mapping of factors that a study could hold itself. */

enum { POINTS_MAX_BYTES = YAML_MAX_BYTES, MOST_COLUMNS = 256 };

struct table {
    struct reader *reader;
    const char *name; /* of the file */
    char separator;
    int line;
    int n_columns;
    int is_ragged; /* a line has another number of cells */
    struct yaml_node *columns[MOST_COLUMNS];
    struct yaml_node *factors;
};

static void complain(struct table *table, const char *sentence)
{
    mistakes_add(&table->reader->mistakes, 0, "%.200s:%d: %s", table->name, table->line, sentence);
}

/* The next cell of a line, without the blanks and quotes around it; `*rest` moves behind its separator, to NULL at the
 * end of the line. */
static char *take_cell(const struct table *table, char **rest)
{
    char *cell = *rest + strspn(*rest, " \t"), *end = strchr(cell, table->separator);
    *rest = end == NULL ? NULL : end + 1;
    end = end == NULL ? cell + strlen(cell) : end;
    while (end > cell && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    if (end - cell >= 2 && cell[0] == '"' && end[-1] == '"') {
        cell++;
        end--;
    }
    *end = '\0';
    return cell;
}

static struct yaml_node *new_node(const struct table *table, enum yaml_kind kind, const char *text)
{
    struct yaml_node *node = yaml_node_new(table->reader->tree, kind, text, NULL);
    if (node != NULL) {
        node->file = table->name;
        node->line = node->key_line = table->line;
    }
    return node;
}

/* The first line: a list for each factor. */
static dredge_status read_names(struct table *table, char *line)
{
    table->separator = strchr(line, ';') != NULL ? ';' : ',';
    while (line != NULL && table->n_columns < MOST_COLUMNS) {
        const char *key = take_cell(table, &line);
        struct yaml_node *list = new_node(table, YAML_LIST, NULL);
        const char *copy = yaml_text_copy(table->reader->tree, strlen(key), key);
        if (list == NULL || copy == NULL) {
            return DREDGE_MEMORY;
        }
        list->key = copy;
        yaml_node_append(table->factors, list);
        table->columns[table->n_columns++] = list;
    }
    if (line != NULL) {
        complain(table, "more than 256 columns");
    }
    return DREDGE_OK;
}

/* Flags as R and spreadsheets write them. */
static const char *plain_flag(const char *text)
{
    return strcmp(text, "TRUE") == 0 ? "true" : strcmp(text, "FALSE") == 0 ? "false" : text;
}

static dredge_status read_row(struct table *table, char *line)
{
    int column = 0;
    for (; line != NULL; column++) {
        char *text = take_cell(table, &line);
        char *comma = table->separator == ';' ? strchr(text, ',') : NULL;
        if (comma != NULL) {
            *comma = '.';
        }
        struct yaml_node *cell = new_node(table, YAML_SCALAR, plain_flag(text));
        if (cell == NULL) {
            return DREDGE_MEMORY;
        }
        if (column < table->n_columns) {
            yaml_node_append(table->columns[column], cell);
        }
    }
    if (column != table->n_columns) {
        char sentence[80];
        (void)snprintf(sentence, sizeof sentence, "has %d cell%s, and the first line has %d", column,
                       column == 1 ? "" : "s", table->n_columns);
        complain(table, sentence);
        table->is_ragged = 1;
    }
    return DREDGE_OK;
}

static dredge_status read_lines(struct table *table, char *text)
{
    dredge_status status = DREDGE_OK;
    for (char *next = text; next != NULL && status == DREDGE_OK;) {
        char *line = next, *end = strchr(line, '\n');
        next = end == NULL ? NULL : end + 1;
        line[strcspn(line, "\r\n")] = '\0';
        table->line++;
        if (line[strspn(line, " \t")] != '\0') {
            status = table->n_columns == 0 ? read_names(table, line) : read_row(table, line);
        }
    }
    if (table->n_columns == 0) {
        complain(table, "is empty: the first line names the factors");
    }
    return status;
}

/* The text of a list, or the table of a posterior. */
static dredge_status load_named(const struct reader *reader, const char *name, char **text, size_t *n_bytes)
{
    const struct design *design = &reader->study->design;
    if (design->method != DESIGN_POSTERIOR) {
        return files_read(name, POINTS_MAX_BYTES, text, n_bytes);
    }
    dredge_status status = posterior_table(name, design->asked.points, design->seed, text);
    *n_bytes = *text != NULL ? strlen(*text) : 0;
    return status;
}

/* The text of the file; NULL and a mistake, or a failure, when it cannot be had. Names are relative to the study's. */
static dredge_status load(struct reader *reader, const struct yaml_node *node, const char *path, char **text)
{
    const char *slash = node->text[0] == '/' ? NULL : strrchr(reader->mistakes.file, '/');
    int folder = slash == NULL ? 0 : (int)(slash - reader->mistakes.file) + 1;
    struct yaml_mistake mistake = {0, ""};
    size_t n_bytes;
    *text = NULL;
    char *name = files_text("%.*s%s", folder, reader->mistakes.file, node->text);
    if (name == NULL) {
        return status_no_memory(strlen(reader->mistakes.file) + strlen(node->text));
    }
    dredge_status status = load_named(reader, name, text, &n_bytes);
    free(name);
    if (status == DREDGE_FILE) {
        reader_mistake(reader, node, path, "%s", status_message());
        status_clear();
        return DREDGE_OK;
    }
    if (status == DREDGE_OK && !sheet_text_valid(n_bytes, *text, &mistake)) {
        reader_mistake(reader, node, path, "line %d: %s", mistake.line, mistake.sentence);
        free(*text);
        *text = NULL;
    }
    return status;
}

/* A posterior has only so many particles. */
static void check_particles(struct reader *reader, const struct yaml_node *factors)
{
    const struct design *design = &reader->study->design;
    const struct yaml_node *asked = yaml_entry(yaml_entry(reader->root, "design"), "points");
    int n = factors != NULL && factors->first != NULL ? (int)factors->first->n_children : 0;
    if (design->method == DESIGN_POSTERIOR && asked != NULL && n > 0 && n < design->asked.points) {
        reader_mistake(reader, asked, "design.points",
                       "the posterior has %d different particles that count alike: ask for at most so many", n);
    }
}

dredge_status points_read(struct reader *reader, const struct yaml_node *node, const char *path,
                          struct yaml_node **factors)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* a byte order mark */
    char *text = NULL;
    struct table table = {.reader = reader, .name = node->text};
    *factors = NULL;
    if (!reader_is_text(reader, node, path)) {
        return DREDGE_OK;
    }
    dredge_status status = load(reader, node, path, &text);
    if (status != DREDGE_OK || text == NULL) {
        return status;
    }
    table.factors = new_node(&table, YAML_MAP, NULL);
    status = table.factors == NULL ? DREDGE_MEMORY : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = read_lines(&table, text + (strncmp(text, mark, 3) == 0 ? 3 : 0));
    }
    free(text);
    *factors = table.n_columns > 0 && !table.is_ragged ? table.factors : NULL;
    if (status == DREDGE_OK) {
        check_particles(reader, *factors);
    }
    return status;
}

/* A value as a study writes it. */
static int write_value(const struct factor *factor, double value, size_t n_bytes, char *text)
{
    struct factor_about about = factor_about(factor);
    if (about.names != NULL) {
        return snprintf(text, n_bytes, "%s", about.names[(int)value]);
    }
    return about.is_flag ? snprintf(text, n_bytes, "%s", value > 0 ? "true" : "false")
                         : snprintf(text, n_bytes, "%.17g", value);
}

dredge_status points_keep(struct study *study)
{
    enum { VALUE_BYTES = 80 };
    const struct design *design = &study->design;
    size_t used = strlen(study->overrides);
    for (int k = 0; k < design->n_factors; k++) {
        const struct factor *factor = &design->factors[k];
        size_t room = used + sizeof factor->key + (size_t)factor->n_values * VALUE_BYTES + 32;
        char *text = realloc(study->overrides, room);
        if (text == NULL) {
            return status_no_memory(room);
        }
        study->overrides = text;
        used += (size_t)snprintf(text + used, room - used, "design.factors.%s=[", factor->key);
        for (int value = 0; value < factor->n_values; value++) {
            used += (size_t)snprintf(text + used, room - used, "%s", value > 0 ? "," : "");
            used += (size_t)write_value(factor, factor->values[value], room - used, text + used);
        }
        used += (size_t)snprintf(text + used, room - used, "]\n");
    }
    return DREDGE_OK;
}
