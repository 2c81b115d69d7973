/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "study/scalar.h"

void sheet_free(struct sheet *sheet)
{
    free(sheet->text);
    free(sheet->cell_text);
    free(sheet->cells);
    memset(sheet, 0, sizeof *sheet);
}

/* ---- mistakes ---- */

static void complain(const struct sheet *sheet, int line, int column, const char *sentence)
{
    mistakes_add(&sheet->reader->mistakes, 0, "%.200s:%d:%d: %s", sheet->name, sheet->first_line + line, column,
                 sentence);
}

void sheet_mistake(const struct sheet *sheet, const struct sheet_cell *cell, const char *column, const char *format,
                   ...)
{
    char sentence[MISTAKE_BYTES], whole[MISTAKE_BYTES + 2 * MISTAKES_SHOWN_BYTES], shown[MISTAKES_SHOWN_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (cell->text[0] != '\0') {
        (void)snprintf(whole, sizeof whole, "%s = %s: %s", column, mistakes_show(cell->text, shown), sentence);
    } else {
        (void)snprintf(whole, sizeof whole, "%s: %s", column, sentence);
    }
    complain(sheet, cell->line, cell->column, whole);
}

/* ---- cells ---- */

/* A line on its way into cells. */
struct cutting {
    struct sheet *sheet;
    const char *start; /* of the line, in the text */
    const char *rest;  /* not yet cut; NULL at its end */
    char *out;         /* where the next cell goes */
    int line;
    int is_damaged; /* quotes that were told as a mistake */
};

/* Characters from `start` to `end`, counted from 1. */
static int column_of(const char *start, const char *end)
{
    return 1 + utf8_count((size_t)(end - start), start);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int ends_line(char c)
{
    return c == '\0' || c == '\n' || c == '\r';
}

/* The next cell, without the blanks around it; in quotes, two quotes mean one. */
static struct sheet_cell take_cell(struct cutting *cutting)
{
    const char *at = cutting->rest;
    char separator = cutting->sheet->separator, *out = cutting->out;
    while (*at == ' ' || *at == '\t') {
        at++;
    }
    struct sheet_cell cell = {out, cutting->line, column_of(cutting->start, at)};
    if (*at == '"') {
        at++;
        while (!ends_line(*at) && (*at != '"' || at[1] == '"')) {
            at += *at == '"';
            *out++ = *at++;
        }
        const char *behind = at + (*at == '"');
        behind += strspn(behind, " \t");
        if (*at != '"' || (!ends_line(*behind) && *behind != separator)) {
            complain(cutting->sheet, cell.line, cell.column,
                     *at != '"' ? "a quote begins here that does not end on this line"
                                : "has text behind its closing quote: a quote within quotes is written twice");
            cutting->is_damaged = 1;
        }
        at += *at == '"';
    }
    while (!ends_line(*at) && *at != separator) {
        *out++ = *at++;
    }
    while (out > cell.text && (out[-1] == ' ' || out[-1] == '\t')) {
        out--;
    }
    *out++ = '\0';
    char *comma = strchr(cutting->out, ',');
    if (comma != NULL && separator == ';' && strspn(cell.text, "0123456789,-") == strlen(cell.text)) {
        *comma = '.'; /* a number with a decimal comma */
    }
    cutting->out = out;
    cutting->rest = ends_line(*at) ? NULL : at + 1;
    return cell;
}

/* The words of a remark's line, in which a spreadsheet may have left quotes and separators: "# scale 1,5 5;;;" and
 * "# scale;1;5" and "# scale,1,5". A comma between digits is a decimal comma, unless one stands behind the first word. */
static void remark_words(const char *text, size_t n_bytes, char *words)
{
    size_t n = 0;
    int parts_cells = 0;
    for (; !ends_line(*text) && n + 1 < n_bytes; text++) {
        if (*text == ',') {
            int is_decimal = n > 0 && is_digit(words[n - 1]) && is_digit(text[1]) && !parts_cells;
            parts_cells |= n > 0 && !is_digit(words[n - 1]);
            words[n++] = is_decimal ? '.' : ' ';
        } else if (*text != '"') {
            words[n++] = (char)(*text == ';' || *text == ':' || *text == '=' || *text == '\t' ? ' ' : *text);
        }
    }
    words[n] = '\0';
}

/* "# scale 1 5", and words behind it; other remarks mean nothing. */
static void read_remark(struct sheet *sheet, const char *text, int line)
{
    char words[256], name[16], low[32], high[32], more[2];
    remark_words(text, sizeof words, words);
    int n = sscanf(words, " # %15s %31s %31s %1s", name, low, high, more) - 1;
    if (n < 0 || strcasecmp(name, "scale") != 0) {
        return;
    }
    if (n < 2 || (n > 2 && is_digit(*more)) || scalar_number(low, &sheet->low) != NULL ||
        scalar_number(high, &sheet->high) != NULL || !(sheet->low < sheet->high)) {
        complain(sheet, line, 1, "a scale is two numbers, the lowest answer and the highest: # scale 1 5");
        sheet->low = 0;
        sheet->high = 1;
    }
}

static int known_column(const char *const *known, const char *name)
{
    int column = 0;
    while (known[column] != NULL && strcmp(known[column], name) != 0) {
        column++;
    }
    return known[column] != NULL ? column : -1;
}

/* The first line: which columns there are. 1 when they are sound. */
static int read_columns(struct cutting *cutting, const char *const *known, int n_needed)
{
    struct sheet *sheet = cutting->sheet;
    int sound = 1;
    char sentence[MISTAKE_BYTES], shown[MISTAKES_SHOWN_BYTES];
    size_t length = strcspn(cutting->start, "\r\n");
    if (memchr(cutting->start, sheet->separator, length) == NULL && memchr(cutting->start, '\t', length) != NULL) {
        complain(sheet, cutting->line, 1, "has tabs between its cells: save the table with commas or semicolons");
        return 0;
    }
    while (cutting->rest != NULL) {
        struct sheet_cell cell = take_cell(cutting);
        const char *problem = sheet->n_columns == SHEET_MAX_COLUMNS ? "too many columns"
                              : known_column(known, cell.text) < 0  ? "no column is called so"
                                                                    : NULL;
        for (int column = 0; column < sheet->n_columns; column++) {
            problem = strcmp(sheet->columns[column], cell.text) == 0 ? "this column is there twice" : problem;
        }
        if (problem != NULL) {
            size_t used = (size_t)snprintf(sentence, sizeof sentence,
                                           "%s: %s; known here:", mistakes_show(cell.text, shown), problem);
            for (int column = 0; known[column] != NULL && used < sizeof sentence; column++) {
                used += (size_t)snprintf(sentence + used, sizeof sentence - used, "%s %s", column > 0 ? "," : "",
                                         known[column]);
            }
            complain(sheet, cell.line, cell.column, sentence);
            sound = 0;
        } else {
            sheet->columns[sheet->n_columns++] = cell.text;
        }
    }
    for (int column = 0; column < n_needed && sound; column++) {
        int there = 0;
        for (int own = 0; own < sheet->n_columns; own++) {
            there |= strcmp(sheet->columns[own], known[column]) == 0;
        }
        if (!there) {
            (void)snprintf(sentence, sizeof sentence, "the first line must name the column %s", known[column]);
            complain(sheet, cutting->line, 1, sentence);
            sound = 0;
        }
    }
    return sound;
}

static int read_row(struct cutting *cutting)
{
    struct sheet *sheet = cutting->sheet;
    struct sheet_cell *row = sheet->cells + (size_t)sheet->n_rows * (size_t)sheet->n_columns;
    int n = 0;
    while (cutting->rest != NULL) {
        struct sheet_cell cell = take_cell(cutting);
        if (n < sheet->n_columns) {
            row[n] = cell;
        }
        n++;
    }
    if (n != sheet->n_columns) {
        char sentence[80];
        (void)snprintf(sentence, sizeof sentence, "has %d cell%s, and the first line has %d", n, n == 1 ? "" : "s",
                       sheet->n_columns);
        complain(sheet, cutting->line, 1, sentence);
        return 0;
    }
    for (int column = 0; column < n; column++) {
        if (row[column].text[0] != '\0') {
            sheet->n_rows++;
            break; /* of a row without any content, as spreadsheets leave them at the end, nothing is taken */
        }
    }
    return 1;
}

/* Comma or semicolon: which the first line has. */
static char separator_of(const char *line)
{
    size_t length = strcspn(line, "\r\n");
    return memchr(line, ';', length) != NULL ? ';' : ',';
}

int sheet_cut(struct sheet *sheet, const char *const *known, int n_needed)
{
    size_t n_bytes = strlen(sheet->text), n_lines = 1;
    for (const char *c = sheet->text; *c != '\0'; c++) {
        n_lines += *c == '\n';
    }
    sheet->cell_text = malloc(2 * n_bytes + n_lines + 1);
    if (sheet->cell_text == NULL) {
        (void)status_no_memory(2 * n_bytes + n_lines + 1);
        return -1;
    }
    struct cutting cutting = {.sheet = sheet, .out = sheet->cell_text};
    int sound = 1;
    const char *next = strncmp(sheet->text, "\xEF\xBB\xBF", 3) == 0 ? sheet->text + 3 : sheet->text;
    while (next != NULL && (sheet->n_columns == 0 || sheet->cells != NULL) && sound >= 0) {
        const char *line = next, *end = strchr(line, '\n');
        next = end == NULL ? NULL : end + 1;
        cutting.line++;
        cutting.start = cutting.rest = line;
        if (ends_line(line[strspn(line, " \t")])) {
            continue;
        }
        if (*line == '#' || (sheet->cells == NULL && strncmp(line, "\"#", 2) == 0)) {
            read_remark(sheet, line, cutting.line);
        } else if (sheet->cells == NULL) {
            sheet->separator = separator_of(line);
            sound &= read_columns(&cutting, known, n_needed) && !cutting.is_damaged;
            size_t n_cells = n_lines * (size_t)(sheet->n_columns + 1);
            sheet->cells = calloc(n_cells, sizeof *sheet->cells);
            if (sheet->cells == NULL) {
                (void)status_no_memory(n_cells * sizeof *sheet->cells);
                return -1;
            }
            if (!sound) {
                return 0;
            }
        } else {
            sound &= read_row(&cutting) && !cutting.is_damaged;
        }
    }
    if (sheet->cells == NULL) {
        complain(sheet, 1, 1, "is empty: the first line names the columns");
        return 0;
    }
    return sound;
}

const struct sheet_cell *sheet_cell(const struct sheet *sheet, int row, const char *column)
{
    for (int own = 0; own < sheet->n_columns; own++) {
        if (strcmp(sheet->columns[own], column) == 0) {
            return &sheet->cells[(size_t)row * (size_t)sheet->n_columns + (size_t)own];
        }
    }
    return NULL;
}

int sheet_has(const struct sheet_cell *cell)
{
    return cell != NULL && cell->text[0] != '\0' && strcmp(cell->text, "NA") != 0;
}

int sheet_number(const struct sheet *sheet, const struct sheet_cell *cell, const char *column, double low, double high,
                 double *value)
{
    const char *problem = scalar_number(cell->text, value);
    if (problem != NULL || *value < low || *value > high) {
        sheet_mistake(sheet, cell, column, "%s%smust be between %.10g and %.10g", problem != NULL ? problem : "",
                      problem != NULL ? ": " : "", low, high);
        return 0;
    }
    return 1;
}
