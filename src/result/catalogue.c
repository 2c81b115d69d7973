/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/files.h"
#include "study/scalar.h"

const char *const dimension_names[3] = {"scalar", "sector", "sector_pair"};

enum { N_FIELDS = 8, NUMBER_BYTES = 40, MOST_ROWS = 4096, MOST_NAME_BYTES = 64 };

int dimension_size(enum dimension dimension)
{
    return dimension == DIMENSION_NONE ? 1 : dimension == DIMENSION_SECTOR ? N_SECTORS : N_SECTOR_PAIRS;
}

const char *const *dimension_places(enum dimension dimension)
{
    return dimension == DIMENSION_NONE ? NULL : dimension == DIMENSION_SECTOR ? sector_names : sector_pair_names;
}

/* Gives the rows their columns and counts them. */
static void number_columns(struct catalogue *catalogue)
{
    struct {
        int n;
        struct catalogue_row *rows;
        int *n_columns;
    } lists[] = {{catalogue->n_outcomes, catalogue->outcome, &catalogue->n_outcome_columns},
                 {catalogue->n_series, catalogue->series, &catalogue->n_series_columns}};
    for (int list = 0; list < 2; list++) {
        int n_columns = 0;
        for (int i = 0; i < lists[list].n; i++) {
            struct catalogue_row *row = &lists[list].rows[i];
            row->column = n_columns;
            row->n_columns = dimension_size(row->dimension);
            n_columns += row->n_columns;
        }
        *lists[list].n_columns = n_columns;
    }
}

static dredge_status make_rows(struct catalogue *catalogue, int n_outcomes, int n_series)
{
    memset(catalogue, 0, sizeof *catalogue);
    catalogue->outcome = calloc((size_t)n_outcomes + 1, sizeof *catalogue->outcome);
    catalogue->series = calloc((size_t)n_series + 1, sizeof *catalogue->series);
    if (catalogue->outcome == NULL || catalogue->series == NULL) {
        catalogue_free(catalogue);
        return status_no_memory(((size_t)n_outcomes + (size_t)n_series) * sizeof(struct catalogue_row));
    }
    return DREDGE_OK;
}

dredge_status catalogue_of_study(const struct study *study, struct catalogue *catalogue)
{
    int n_series = study_n_series(study), n_rows = 0;
    while (n_rows < N_SERIES_ROWS && n_series > 0) {
        n_series -= dimension_size(series_infos[n_rows++].dimension);
    }
    dredge_status status = make_rows(catalogue, N_OUTCOME_ROWS + study->n_derived, n_rows);
    if (status != DREDGE_OK) {
        return status;
    }
    catalogue->n_outcomes = N_OUTCOME_ROWS + study->n_derived;
    catalogue->n_series = n_rows;
    for (int i = 0; i < catalogue->n_outcomes; i++) {
        struct outcome_info info =
            i < N_OUTCOME_ROWS ? outcome_infos[i] : study_outcome_info(study, N_OUTCOMES + i - N_OUTCOME_ROWS);
        catalogue->outcome[i] = (struct catalogue_row){.name = info.name,
                                                       .unit = info.unit,
                                                       .better = info.better,
                                                       .matters = info.matters,
                                                       .long_name = info.long_name,
                                                       .description = info.description,
                                                       .dimension = info.dimension};
    }
    for (int i = 0; i < n_rows; i++) {
        const struct series_info *info = &series_infos[i];
        catalogue->series[i] = (struct catalogue_row){.name = info->name,
                                                      .unit = info->unit,
                                                      .better = info->better,
                                                      .top = info->top,
                                                      .long_name = info->long_name,
                                                      .description = info->description,
                                                      .dimension = info->dimension};
    }
    number_columns(catalogue);
    return DREDGE_OK;
}

void catalogue_free(struct catalogue *catalogue)
{
    free(catalogue->outcome);
    free(catalogue->series);
    free(catalogue->texts);
    memset(catalogue, 0, sizeof *catalogue);
}

/* ---- as text ---- */

static const struct catalogue_row *row_at(const struct catalogue *catalogue, int i)
{
    return i < catalogue->n_outcomes ? &catalogue->outcome[i] : &catalogue->series[i - catalogue->n_outcomes];
}

/* Writes a row as a line, like snprintf. */
static size_t put_row(const struct catalogue_row *row, int is_outcome, size_t room, char *out)
{
    char number[NUMBER_BYTES];
    (void)snprintf(number, sizeof number, "%.17g", is_outcome ? row->matters : row->top);
    decimal_use_point(number);
    return (size_t)snprintf(out, room, "%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", is_outcome ? "outcome" : "series", row->name,
                            row->unit, row->better, number, dimension_names[row->dimension], row->long_name,
                            row->description);
}

char *catalogue_text(const struct catalogue *catalogue)
{
    int n = catalogue->n_outcomes + catalogue->n_series;
    size_t room = 1, length = 0;
    for (int i = 0; i < n; i++) {
        room += put_row(row_at(catalogue, i), i < catalogue->n_outcomes, 0, NULL);
    }
    char *text = malloc(room);
    if (text != NULL) {
        text[0] = '\0';
    }
    for (int i = 0; text != NULL && i < n; i++) {
        length += put_row(row_at(catalogue, i), i < catalogue->n_outcomes, room - length, text + length);
    }
    return text;
}

/* Cuts a line, which ends with a line feed, into its fields; moves `*rest` behind it. Returns 0 when it has others. */
static int cut_line(char **rest, char *fields[N_FIELDS])
{
    char *line = *rest, *end = strchr(line, '\n');
    if (end == NULL) {
        return 0;
    }
    *end = '\0';
    *rest = end + 1;
    for (int i = 0; i < N_FIELDS; i++) {
        fields[i] = line;
        line = line != NULL ? strchr(line, '\t') : NULL;
        if ((line == NULL) != (i == N_FIELDS - 1)) {
            return 0;
        }
        if (line != NULL) {
            *line++ = '\0';
        }
    }
    return 1;
}

/* A name of a variable: letters, digits and underscores. */
static int is_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < MOST_NAME_BYTES &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

static int read_row(char *const fields[N_FIELDS], struct catalogue_row *row, int is_outcome)
{
    double number = 0;
    const char *problem = scalar_number(fields[4], &number);
    int dimension = 0;
    while (dimension < 3 && strcmp(fields[5], dimension_names[dimension]) != 0) {
        dimension++;
    }
    if (!is_name(fields[1]) || problem != NULL || number < 0 || dimension == 3 || (!is_outcome && number <= 0)) {
        return 0;
    }
    *row = (struct catalogue_row){.name = fields[1],
                                  .unit = fields[2],
                                  .better = strcmp(fields[3], "1") == 0    ? 1
                                            : strcmp(fields[3], "-1") == 0 ? -1
                                                                           : 0,
                                  .long_name = fields[6],
                                  .description = fields[7],
                                  .dimension = (enum dimension)dimension};
    *(is_outcome ? &row->matters : &row->top) = number;
    return 1;
}

static int read_rows(struct catalogue *catalogue, char *rest)
{
    while (*rest != '\0') {
        char *fields[N_FIELDS];
        if (!cut_line(&rest, fields)) {
            return 0;
        }
        int is_outcome = strcmp(fields[0], "outcome") == 0;
        int *n = is_outcome ? &catalogue->n_outcomes : &catalogue->n_series;
        struct catalogue_row *rows = is_outcome ? catalogue->outcome : catalogue->series;
        if ((!is_outcome && strcmp(fields[0], "series") != 0) || !read_row(fields, &rows[*n], is_outcome)) {
            return 0;
        }
        for (int before = 0; before < *n; before++) {
            if (strcmp(rows[before].name, rows[*n].name) == 0) {
                return 0;
            }
        }
        (*n)++;
    }
    return 1;
}

dredge_status catalogue_read(const char *file, const char *text, struct catalogue *catalogue)
{
    int n_lines = 0;
    for (const char *c = text; *c != '\0' && n_lines <= MOST_ROWS; c++) {
        n_lines += *c == '\n';
    }
    dredge_status status = make_rows(catalogue, n_lines, n_lines);
    if (status != DREDGE_OK) {
        return status;
    }
    catalogue->texts = files_text("%s", text);
    if (catalogue->texts == NULL) {
        catalogue_free(catalogue);
        return status_no_memory(strlen(text));
    }
    if (n_lines > MOST_ROWS || !read_rows(catalogue, catalogue->texts)) {
        catalogue_free(catalogue);
        return status_fail(DREDGE_FILE, "%s: its list of outcomes and series cannot be read", file);
    }
    number_columns(catalogue);
    return DREDGE_OK;
}

static int find_row(int n, const struct catalogue_row *rows, const char *name)
{
    for (int row = 0; row < n; row++) {
        if (strcmp(rows[row].name, name) == 0) {
            return row;
        }
    }
    return -1;
}

int catalogue_outcome(const struct catalogue *catalogue, const char *name)
{
    return find_row(catalogue->n_outcomes, catalogue->outcome, name);
}

int catalogue_series(const struct catalogue *catalogue, const char *name)
{
    return find_row(catalogue->n_series, catalogue->series, name);
}

/* The column of NAME or NAME[PLACE]. */
static int find_column(int n, const struct catalogue_row *rows, const char *name)
{
    char plain[MOST_NAME_BYTES];
    size_t length = strcspn(name, "["), n_name = strlen(name);
    if (length >= sizeof plain) {
        return -1;
    }
    memcpy(plain, name, length);
    plain[length] = '\0';
    int row = find_row(n, rows, plain);
    if (row < 0 || rows[row].dimension == DIMENSION_NONE) {
        return row >= 0 && name[length] == '\0' ? rows[row].column : -1;
    }
    const char *const *places = dimension_places(rows[row].dimension);
    for (int place = 0; place < rows[row].n_columns && n_name > length + 1 && name[n_name - 1] == ']'; place++) {
        size_t n_place = strlen(places[place]);
        if (n_place == n_name - length - 2 && strncmp(places[place], name + length + 1, n_place) == 0) {
            return rows[row].column + place;
        }
    }
    return -1;
}

int catalogue_outcome_column(const struct catalogue *catalogue, const char *name)
{
    return find_column(catalogue->n_outcomes, catalogue->outcome, name);
}

int catalogue_series_column(const struct catalogue *catalogue, const char *name)
{
    return find_column(catalogue->n_series, catalogue->series, name);
}
