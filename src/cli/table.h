/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stddef.h>

#include "base/status.h"

/* Tables and paragraphs for a terminal of 80 columns. Texts are UTF-8; where the locale is not, output falls back to
 * ASCII. */

enum { TABLE_WIDTH = 80, TABLE_MAX_COLUMNS = 16, TABLE_CELL_BYTES = 256 };

struct table {
    char align[TABLE_MAX_COLUMNS]; /* 'l' or 'r' */
    int n_columns, n_cells, capacity, no_memory;
    char (*cells)[TABLE_CELL_BYTES]; /* [n_cells], row by row, owned */
};

/* A table with a column per character of `align` ("lrrl"); freed by table_print. */
void table_begin(struct table *table, const char *align);

/* The next cell, printf style; rows fill up in order. */
void table_cell(struct table *table, const char *format, ...) STATUS_PRINTF(2, 3);

/* Fills the rest of the row with empty cells. */
void table_end_row(struct table *table);

/* A row that is one text over all columns (printf style). */
void table_heading(struct table *table, const char *format, ...) STATUS_PRINTF(2, 3);

/* Prints, columns as wide as needed; when that is more than TABLE_WIDTH, the widest left-aligned column is cut. Frees. */
STATUS_CHECKED dredge_status table_print(struct table *table);

/* A bar of `n_columns` characters filled to `share` (0 .. 1) in eighths: "█████▎  "; NaN is blank. `bar` holds at least
 * 3 * n_columns + 1 bytes. */
void table_bar(double share, int n_columns, char *bar);

/* The picture of a symbol in this locale: table_symbol("▶", ">"). */
const char *table_symbol(const char *utf8, const char *ascii);

/* Columns that a text takes on the screen. */
int table_text_width(const char *text);

/* Prints a paragraph, wrapped at TABLE_WIDTH, with `indent` spaces before every line and `first` before the first. */
void table_paragraph(int indent, const char *first, const char *text);

/* A number with as many decimals as suits a row whose largest number is `scale`, and commas between thousands; NaN is
 * "-". `sign`: "+" when positive. */
enum { TABLE_NUMBER_BYTES = 48 };
const char *table_number(double value, double scale, int sign, char text[TABLE_NUMBER_BYTES]);

/* How many there are: "1,056,000". */
const char *table_count(long long n, char text[TABLE_NUMBER_BYTES]);

#endif
