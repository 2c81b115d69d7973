/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"
#include "cli/out.h"

enum { NUMBER_BYTES = 40 };

void csv_begin(struct csv *csv, int has_decimal_comma)
{
    csv->separator = has_decimal_comma ? ';' : ',';
    csv->decimal = has_decimal_comma ? ',' : '.';
    csv->needs_mark = has_decimal_comma;
}

static void put(struct csv *csv, size_t n_bytes, const char *text)
{
    if (csv->status != DREDGE_OK) {
        return;
    }
    if (csv->file.is_open) {
        csv->status = files_add(&csv->file, n_bytes, text);
    } else {
        out_print("%.*s", (int)n_bytes, text);
    }
}

static void begin_cell(struct csv *csv)
{
    if (csv->needs_mark && csv->file.is_open) {
        csv->needs_mark = 0;
        put(csv, 3, "\xEF\xBB\xBF");
    }
    if (csv->n_cells++ > 0) {
        put(csv, 1, &csv->separator);
    }
}

void csv_text(struct csv *csv, const char *text)
{
    begin_cell(csv);
    if (strpbrk(text, ",;\"\r\n") == NULL) {
        put(csv, strlen(text), text);
        return;
    }
    put(csv, 1, "\"");
    for (const char *quote = strchr(text, '"'); quote != NULL; quote = strchr(text, '"')) {
        put(csv, (size_t)(quote - text) + 1, text);
        put(csv, 1, "\"");
        text = quote + 1;
    }
    put(csv, strlen(text), text);
    put(csv, 1, "\"");
}

void csv_whole(struct csv *csv, long long number)
{
    char text[NUMBER_BYTES];
    int n = snprintf(text, sizeof text, "%lld", number);
    begin_cell(csv);
    put(csv, (size_t)n, text);
}

static void put_number(struct csv *csv, char *text)
{
    char *point = strchr(text, '.');
    if (point != NULL) {
        *point = csv->decimal;
    }
    begin_cell(csv);
    put(csv, strlen(text), text);
}

void csv_real(struct csv *csv, double number)
{
    char text[NUMBER_BYTES] = "";
    for (int digits = 15; !isnan(number) && digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, number);
        if (numbers_equal(strtod(text, NULL), number)) {
            break;
        }
    }
    put_number(csv, text);
}

void csv_float(struct csv *csv, float number)
{
    char text[NUMBER_BYTES] = "";
    for (int digits = 6; !isnan(number) && digits <= 9; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, (double)number);
        if (numbers_equal((double)strtof(text, NULL), (double)number)) {
            break;
        }
    }
    put_number(csv, text);
}

void csv_missing(struct csv *csv)
{
    begin_cell(csv);
}

void csv_end_line(struct csv *csv)
{
    put(csv, 1, "\n");
    csv->n_cells = 0;
}

dredge_status csv_end(struct csv *csv)
{
    if (csv->status == DREDGE_OK && csv->file.is_open) {
        csv->status = files_commit(&csv->file);
    }
    files_abandon(&csv->file);
    return csv->status;
}
