/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "cli/out.h"
#include <stdio.h>

const char *table_symbol(const char *utf8, const char *ascii)
{
    return out_is_utf8() ? utf8 : ascii;
}

/* Columns of a code point: combining marks take none, East Asian wide ones two. */
static int width_of_code(uint32_t code)
{
    if ((code >= 0x300 && code <= 0x36F) || code == 0x200B || code == 0x200D || (code >= 0xFE00 && code <= 0xFE0F)) {
        return 0;
    }
    int wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
               (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
               (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
               (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
    return wide ? 2 : 1;
}

int table_text_width(const char *text)
{
    int width = 0;
    for (int n = 0; *text; text += n) {
        width += width_of_code(utf8_decode(text, &n));
    }
    return width;
}

/* Prints `text`, at most `width` columns of it; returns the columns printed. */
static int write_cell(const char *text, int width)
{
    int whole = table_text_width(text) <= width;
    int room = whole ? width : width - 1;
    int written = 0;
    for (int n = 0; *text; text += n) {
        uint32_t code = utf8_decode(text, &n);
        int columns = width_of_code(code);
        if (written + columns > room) {
            break;
        }
        if (code >= 0x80 && !out_is_utf8()) {
            out_text("?");
        } else {
            out_print("%.*s", n, text);
        }
        written += columns;
    }
    if (!whole && room >= 0) {
        out_text(table_symbol("…", "~"));
        written++;
    }
    return written;
}

void table_begin(struct table *table, const char *align)
{
    *table = (struct table){.n_columns = (int)strlen(align)};
    memcpy(table->align, align, (size_t)table->n_columns);
}

static char *next_cell(struct table *table)
{
    if (table->n_cells == table->capacity) {
        int capacity = table->capacity ? 2 * table->capacity : 256;
        void *cells = realloc(table->cells, (size_t)capacity * sizeof *table->cells);
        if (cells == NULL) {
            table->no_memory = 1;
            return NULL;
        }
        table->cells = cells;
        table->capacity = capacity;
    }
    return table->cells[table->n_cells++];
}

/* What cannot be seen is made visible here, so that columns keep their width. */
static void fill_cell(char *cell, size_t n_bytes, const char *format, va_list arguments)
{
    char text[TABLE_CELL_BYTES];
    (void)vsnprintf(text, sizeof text, format, arguments);
    utf8_show(text, n_bytes, cell);
}

void table_cell(struct table *table, const char *format, ...)
{
    char *cell = next_cell(table);
    if (cell) {
        va_list arguments;
        va_start(arguments, format);
        fill_cell(cell, TABLE_CELL_BYTES, format, arguments);
        va_end(arguments);
    }
}

void table_end_row(struct table *table)
{
    while (!table->no_memory && table->n_cells % table->n_columns != 0) {
        table_cell(table, "%s", "");
    }
}

/* A heading is a row whose first byte says so. */
enum { TABLE_HEADING = '\a' };

void table_heading(struct table *table, const char *format, ...)
{
    char *cell = next_cell(table);
    if (cell) {
        va_list arguments;
        va_start(arguments, format);
        cell[0] = TABLE_HEADING;
        fill_cell(cell + 1, TABLE_CELL_BYTES - 1, format, arguments);
        va_end(arguments);
        if (table->n_columns > 1) {
            table_cell(table, "%s", "");
        }
        table_end_row(table);
    }
}

static void fit_widths(const struct table *table, int *widths)
{
    int total = 2 * (table->n_columns - 1);
    for (int c = 0; c < table->n_columns; c++) {
        widths[c] = 0;
        for (int i = c; i < table->n_cells; i += table->n_columns) {
            if (table->cells[i - c][0] != TABLE_HEADING) {
                int width = table_text_width(table->cells[i]);
                widths[c] = width > widths[c] ? width : widths[c];
            }
        }
        total += widths[c];
    }
    while (total > TABLE_WIDTH) {
        int widest = -1;
        for (int c = 0; c < table->n_columns; c++) {
            if (table->align[c] == 'l' && (widest < 0 || widths[c] > widths[widest])) {
                widest = c;
            }
        }
        if (widest < 0 || widths[widest] <= 8) {
            return;
        }
        widths[widest]--;
        total--;
    }
}

static void print_row(const struct table *table, const int *widths, int row)
{
    char(*cells)[TABLE_CELL_BYTES] = table->cells + (ptrdiff_t)row * table->n_columns;
    if (cells[0][0] == TABLE_HEADING) {
        (void)write_cell(cells[0] + 1, TABLE_WIDTH);
        out_text("\n");
        return;
    }
    int last = table->n_columns - 1;
    while (last > 0 && cells[last][0] == 0) {
        last--;
    }
    for (int c = 0; c <= last; c++) {
        int blanks = widths[c] - table_text_width(cells[c]);
        blanks = blanks > 0 ? blanks : 0;
        out_print("%*s", (table->align[c] == 'r' ? blanks : 0) + (c > 0 ? 2 : 0), "");
        (void)write_cell(cells[c], widths[c]);
        out_print("%*s", table->align[c] == 'l' && c < last ? blanks : 0, "");
    }
    out_text("\n");
}

dredge_status table_print(struct table *table)
{
    dredge_status status = DREDGE_OK;
    if (table->no_memory) {
        status = status_no_memory((unsigned long long)table->capacity * 2 * sizeof *table->cells);
    } else {
        int widths[TABLE_MAX_COLUMNS] = {0};
        fit_widths(table, widths);
        for (int row = 0; row < table->n_cells / table->n_columns; row++) {
            print_row(table, widths, row);
        }
    }
    free(table->cells);
    *table = (struct table){0};
    return status;
}

/* Writes `text` and a terminator at `end`; returns the new end. */
static char *append(char *end, const char *text)
{
    size_t n_bytes = strlen(text);
    memcpy(end, text, n_bytes + 1);
    return end + n_bytes;
}

void table_bar(double share, int n_columns, char *bar)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int utf8 = out_is_utf8();
    double filled = isnan(share) ? 0 : fmin(fmax(share, 0), 1) * n_columns;
    int parts = (int)lround(filled * (utf8 ? 8 : 1));
    int full = utf8 ? parts / 8 : parts;
    int used = full;
    *bar = 0;
    for (int i = 0; i < full; i++) {
        bar = append(bar, utf8 ? "█" : "#");
    }
    if (utf8 && parts % 8 != 0) {
        bar = append(bar, eighths[parts % 8]);
        used++;
    }
    for (; used < n_columns; used++) {
        bar = append(bar, " ");
    }
}

const char *table_number(double value, double scale, int sign, char text[TABLE_NUMBER_BYTES])
{
    if (isnan(value)) {
        memcpy(text, "-", sizeof "-");
        return text;
    }
    double size = fabs(scale);
    int decimals = size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0;
    if (fabs(value) >= 1e12) {
        (void)snprintf(text, TABLE_NUMBER_BYTES, sign ? "%+.3g" : "%.3g", value);
    } else {
        if (fabs(value) < 0.5 * pow(10, -decimals)) {
            value = 0; /* not "-0.000" */
        }
        (void)snprintf(text, TABLE_NUMBER_BYTES, sign ? "%+.*f" : "%.*f", decimals, value);
    }
    decimal_put_signs(text, '.', ',');
    return text;
}

const char *table_count(long long n, char text[TABLE_NUMBER_BYTES])
{
    (void)snprintf(text, TABLE_NUMBER_BYTES, "%lld", n);
    decimal_put_signs(text, '.', ',');
    return text;
}

void table_paragraph(int indent, const char *first, const char *text)
{
    out_print("%*s", indent, "");
    int column = indent + write_cell(first, TABLE_WIDTH);
    int at_start = 1;
    while (*text) {
        size_t n = strcspn(text, " \n");
        char raw[TABLE_CELL_BYTES], word[TABLE_CELL_BYTES];
        size_t kept = n < sizeof raw ? n : sizeof raw - 1;
        memcpy(raw, text, kept);
        raw[kept] = 0;
        utf8_show(raw, sizeof word, word);
        int width = table_text_width(word);
        if (!at_start && column + 1 + width > TABLE_WIDTH) {
            column = indent + table_text_width(first);
            out_print("\n%*s", column, "");
            at_start = 1;
        }
        if (!at_start) {
            out_text(" ");
            column++;
        }
        column += write_cell(word, TABLE_WIDTH);
        at_start = 0;
        text += n;
        text += strspn(text, " \n");
    }
    out_text("\n");
}
