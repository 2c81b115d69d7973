/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/layout_inside.h"
#include "store/file/results_inside.h"

enum { MOST_FACTORS = 1024, MOST_VALUES = 1 << 27 };

static dredge_status open_list(struct results_file *file, const struct hdf_want *want, hid_t *dataset)
{
    const char *trouble = hdf_open(file->hdf, want, file->n_bytes, 1, dataset);
    return trouble == NULL ? DREDGE_OK : results_file_unfit(file, want->name, trouble);
}

static dredge_status read_numbers(struct results_file *file, const char *name, int n, int **numbers)
{
    struct hdf_want want = {name, H5T_INTEGER, 4, 1, {(hsize_t)n}};
    hid_t dataset = -1;
    hsize_t start = 0;
    dredge_status status = open_list(file, &want, &dataset);
    if (status != DREDGE_OK) {
        return status;
    }
    *numbers = malloc((size_t)n * sizeof **numbers);
    if (*numbers == NULL) {
        status = status_no_memory((size_t)n * sizeof **numbers);
    } else if (!hdf_get(dataset, H5T_NATIVE_INT, 1, &start, want.extent, 0, 0, *numbers)) {
        status = results_file_unfit(file, name, "cannot be read");
    }
    (void)H5Dclose(dataset);
    return status;
}

/* The next line of `text`; `*rest` is behind it. NULL when out of memory. */
static char *next_line(const char *text, const char **rest)
{
    size_t length = strcspn(text, "\n");
    char *line = malloc(length + 1);
    if (line != NULL) {
        memcpy(line, text, length);
        line[length] = '\0';
        *rest = text[length] == '\n' ? text + length + 1 : text + length;
    }
    return line;
}

/* The lines of a text: exactly *n, or, when *n is negative, at most `most`. What was read so far is the caller's in any
 * case. */
static dredge_status read_lines(struct results_file *file, enum results_text which, int most, int *n, char ***lines)
{
    const char *rest = file->text[which];
    int n_lines = rest[0] != '\0';
    for (const char *c = rest; *c != '\0' && n_lines <= most; c++) {
        n_lines += *c == '\n';
    }
    if (n_lines > most || (*n >= 0 && n_lines != *n)) {
        return results_file_unfit(file, results_text_names[which], "has too few or too many lines");
    }
    *n = n_lines;
    *lines = calloc((size_t)n_lines + 1, sizeof **lines);
    if (*lines == NULL) {
        return status_no_memory((unsigned long long)n_lines * sizeof **lines);
    }
    for (int i = 0; i < n_lines; i++) {
        (*lines)[i] = next_line(rest, &rest);
        if ((*lines)[i] == NULL) {
            return status_no_memory(strlen(rest));
        }
        if (strlen((*lines)[i]) >= STUDY_KEY_BYTES) {
            return results_file_unfit(file, results_text_names[which], "has a line that is too long");
        }
    }
    return DREDGE_OK;
}

static dredge_status read_factor(struct results_file *file, int factor, double *column)
{
    char name[LAYOUT_NAME_BYTES];
    layout_factor_name((const char *const *)file->results.info.factors, factor, name);
    struct hdf_want want = {name, H5T_FLOAT, 8, 1, {(hsize_t)file->shape.n_points}};
    hsize_t start = 0;
    hid_t dataset = -1;
    dredge_status status = open_list(file, &want, &dataset);
    if (status == DREDGE_OK && !hdf_get(dataset, H5T_NATIVE_DOUBLE, 1, &start, want.extent, 0, 0, column)) {
        status = results_file_unfit(file, name, "cannot be read");
    }
    if (dataset >= 0) {
        (void)H5Dclose(dataset);
    }
    return status;
}

static dredge_status read_factors(struct results_file *file)
{
    int n = -1;
    dredge_status status = read_lines(file, RESULTS_FACTORS, MOST_FACTORS, &n, &file->results.info.factors);
    file->results.info.n_factors = n > 0 ? n : 0;
    if (status == DREDGE_OK && (long long)n * file->shape.n_points > MOST_VALUES) {
        status = results_file_unfit(file, "factors", "has too many factors");
    }
    size_t n_points = (size_t)file->shape.n_points, n_factors = (size_t)file->results.info.n_factors;
    double *column = NULL;
    if (status != DREDGE_OK || n_factors == 0) {
        return status;
    }
    for (size_t factor = 0; status == DREDGE_OK && factor < n_factors; factor++) {
        if (column == NULL) {
            column = malloc(n_points * sizeof *column);
            file->results.info.values = malloc(n_points * n_factors * sizeof *column);
        }
        if (column == NULL || file->results.info.values == NULL) {
            status = status_no_memory(n_points * n_factors * sizeof *column);
            break;
        }
        status = read_factor(file, (int)factor, column);
        for (size_t point = 0; status == DREDGE_OK && point < n_points; point++) {
            file->results.info.values[point * n_factors + factor] = column[point];
        }
    }
    free(column);
    return status;
}

dredge_status results_file_load_lists(struct results_file *file)
{
    dredge_status status = read_lines(file, RESULTS_REGIMES, file->shape.n_regimes, &file->results.info.n_regimes,
                                      &file->results.info.regimes);
    if (status == DREDGE_OK && file->shape.n_months > 0) {
        status = read_numbers(file, "month", file->shape.n_months, &file->results.info.months);
    }
    if (status == DREDGE_OK) {
        status = read_numbers(file, "replicates_done", file->shape.n_points, &file->replicates_done);
    }
    return status == DREDGE_OK ? read_factors(file) : status;
}
