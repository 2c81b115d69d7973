/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include "base/files.h"
#include "base/status.h"

/* A table of cells as text (RFC 4180): to standard output, or to a file that has its name once it is whole. Numbers have as many
 * digits as it takes to read the same number again; a missing one is an empty cell. */
struct csv {
    struct files_writer file; /* open when file.is_open; otherwise standard output */
    char separator, decimal;
    int n_cells;          /* of the line so far */
    int needs_mark;       /* a byte order mark, before the first cell of a file */
    dredge_status status; /* the first failure; nothing is written after it */
};

/* A table whose numbers have a decimal point and whose cells a comma between them; or a decimal comma, and semicolons, in a
 * file behind a byte order mark, without which spreadsheets misread names with accents. */
void csv_begin(struct csv *csv, int has_decimal_comma);

void csv_text(struct csv *csv, const char *text);
void csv_whole(struct csv *csv, long long number);
void csv_real(struct csv *csv, double number);
void csv_float(struct csv *csv, float number);
void csv_missing(struct csv *csv);
void csv_end_line(struct csv *csv);

/* Closes the table: the first failure, or that of the file to get its name. Frees. */
STATUS_CHECKED dredge_status csv_end(struct csv *csv);

#endif
