/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SHEET_H
#define STUDY_SHEET_H

#include "study/reader.h"

/* A table beside a study, as spreadsheets write it: UTF-8, comma or semicolon between the cells, with semicolons a decimal
 * comma; cells in quotes where they hold a separator; the first line names the columns; lines that begin with # are
 * remarks, of which "# scale 1 5" says between what answers lie, also with the quotes and separators that a spreadsheet
 * leaves there. It stands in a file, or in the study itself. */

enum { SHEET_MAX_BYTES = 1 << 19, SHEET_MAX_COLUMNS = 16 };

struct sheet {
    struct reader *reader;
    char *text;       /* as read, owned */
    char *cell_text;  /* what the cells point into, owned */
    const char *name; /* in messages: of the file, or of the study */
    int first_line;   /* of the sheet in that file, less 1 */
    char separator;
    double low, high; /* of answers */
    int n_columns, n_rows;
    const char *columns[SHEET_MAX_COLUMNS];
    struct sheet_cell {
        const char *text; /* "" when empty */
        int line, column; /* counted from 1; the column in characters */
    } * cells;            /* [n_rows][n_columns], owned */
};

/* Is the text valid as yaml_text_valid has it, with lines that end with a line feed? If not: 0 and `mistake`. */
int sheet_text_valid(size_t n_bytes, const char *text, struct yaml_mistake *mistake);

/* The text of the sheet that `node` names or holds, to `*text`, which the caller frees; NULL and a mistake when it cannot be
 * had. `*name` and `*first_line` as in struct sheet; `*is_file`: does it stand in a file of its own? */
STATUS_CHECKED dredge_status sheet_text(struct reader *reader, const struct yaml_node *node, const char *path,
                                        struct sheet *sheet, int *is_file);

/* Cuts the text into cells. Its columns must be some of `known` (ends with NULL), the first `n_needed` among them; 1, or 0
 * and mistakes; -1 when memory ran out. */
int sheet_cut(struct sheet *sheet, const char *const *known, int n_needed);
void sheet_free(struct sheet *sheet); /* safe on a zeroed sheet */

/* The cell of a row in the column called `column`; NULL when there is no such column. */
const struct sheet_cell *sheet_cell(const struct sheet *sheet, int row, const char *column);

/* Has the cell a value: is it there, not empty, and not NA? */
int sheet_has(const struct sheet_cell *cell);

/* Records "file:line:column: COLUMN = TEXT: SENTENCE". */
void sheet_mistake(const struct sheet *sheet, const struct sheet_cell *cell, const char *column, const char *format,
                   ...) STATUS_PRINTF(4, 5);

/* The number of a cell between low and high: 1, or 0 and a mistake. */
int sheet_number(const struct sheet *sheet, const struct sheet_cell *cell, const char *column, double low, double high,
                 double *value);

/* A sheet as the value of an override, so that a study's text and overrides alone make it again: KEY="...", on one line;
 * the caller frees it; NULL (recorded) when out of memory. */
char *sheet_override(const char *key, const char *text);

#endif
