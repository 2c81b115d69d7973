/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/stream.h"
#include "model/purpose.h"
#include "store/file/file_seal.h"
#include "store/file/hdf.h"
#include "store/file/particles.h"

/* Particles of a posterior as the table of a list of points. */

enum {
    MOST_TEXT_BYTES = 1 << 16,
    MOST_STUDY_BYTES = 1 << 24,
    MOST_COLUMNS = 256,
    MOST_PARTICLES = 1 << 24,
    NUMBER_BYTES = 32,
    TABLE_ENTITY = 212
};

struct table {
    const char *path;
    int n, n_keys; /* particles; columns */
    char *keys;    /* one a line, cut into words; owned */
    char *theories;
    const char *key[MOST_COLUMNS + 1];
    const char *theory[MOST_COLUMNS];
    int n_theories;
    double *values; /* [n_keys + 1][n], owned: the keys, then the weights */
    int *chosen;    /* [n_chosen], owned */
    int n_chosen;
};

static dredge_status cannot(const struct table *table, const char *sentence)
{
    return status_fail(DREDGE_FILE, "%s: %s; give a posterior that dredge calibrate wrote", table->path, sentence);
}

/* Cuts a text into its lines; how many, or MOST_COLUMNS + 1 when there are more than that. */
static int cut_lines(char *text, const char **lines)
{
    int n = 0;
    for (char *line = text; *line != '\0' && n <= MOST_COLUMNS;) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] != '\0');
        line[length] = '\0';
        if (n < MOST_COLUMNS) {
            lines[n] = line;
        }
        n++;
        line = next;
    }
    return n;
}

static dredge_status read_lists(hid_t file, struct table *table)
{
    int has_keys = hdf_get_text(file, PARTICLES_KEYS, MOST_TEXT_BYTES, &table->keys);
    int has_theories = hdf_get_text(file, PARTICLES_THEORIES, MOST_TEXT_BYTES, &table->theories);
    if (has_keys < 0 || has_theories < 0) {
        return status_no_memory(MOST_TEXT_BYTES);
    }
    table->n = (int)hdf_extent(file, "weight");
    table->n_keys = has_keys > 0 ? cut_lines(table->keys, table->key) : 0;
    table->n_theories = has_theories > 0 ? cut_lines(table->theories, table->theory) : 0;
    if (table->n_keys < 1 || table->n_keys >= MOST_COLUMNS || table->n_theories > MOST_COLUMNS ||
        hdf_extent(file, "weight") > MOST_PARTICLES || table->n < 1) {
        return cannot(table, "is no posterior");
    }
    if (table->n_theories > 0) {
        table->key[table->n_keys++] = "theory";
    }
    return DREDGE_OK;
}

static dredge_status read_column(hid_t file, const struct table *table, const char *key, double *values)
{
    char name[PARTICLES_NAME_BYTES];
    const hsize_t start = 0;
    const hsize_t count = (hsize_t)table->n;
    struct hdf_want want = {name, H5T_FLOAT, sizeof *values, 1, {count}};
    hid_t dataset = -1;
    particles_name(key, name);
    const char *trouble = hdf_open(file, &want, (unsigned long long)MOST_PARTICLES * sizeof *values, 0, &dataset);
    if (trouble == NULL && !hdf_get(dataset, H5T_NATIVE_DOUBLE, 1, &start, &count, 0, 0, values)) {
        trouble = "cannot be read";
    }
    if (dataset >= 0) {
        (void)H5Dclose(dataset);
    }
    return trouble == NULL ? DREDGE_OK
                           : status_fail(DREDGE_FILE, "%s: %s %s; give a posterior that dredge calibrate wrote",
                                         table->path, name, trouble);
}

static dredge_status read_columns(hid_t file, struct table *table)
{
    size_t n = (size_t)table->n;
    table->values = calloc(((size_t)table->n_keys + 1) * n, sizeof *table->values);
    table->chosen = malloc(n * sizeof *table->chosen);
    if (table->values == NULL || table->chosen == NULL) {
        return status_no_memory(((size_t)table->n_keys + 1) * n * sizeof *table->values);
    }
    dredge_status status = read_column(file, table, "weight", table->values + (size_t)table->n_keys * n);
    for (int k = 0; status == DREDGE_OK && k < table->n_keys; k++) {
        status = read_column(file, table, table->key[k], table->values + (size_t)k * n);
    }
    for (int i = 0; status == DREDGE_OK && table->n_theories > 0 && i < table->n; i++) {
        double theory = table->values[((size_t)table->n_keys - 1) * n + (size_t)i];
        if (!(theory >= 0 && theory < table->n_theories)) {
            status = cannot(table, "has a theory without a name");
        }
    }
    return status;
}

/* Systematic draws: the particles that `n_draws` of them hit, each once; how many. */
static int draw(struct table *table, int n_draws, double total, double place)
{
    const double *weight = table->values + (size_t)table->n_keys * (size_t)table->n;
    double step = total / n_draws;
    double next = step * place;
    double sum = 0;
    int n = 0;
    for (int i = 0; i < table->n; i++) {
        sum += weight[i];
        if (next < sum) {
            table->chosen[n++] = i;
        }
        while (next < sum) {
            next += step;
        }
    }
    return n;
}

/* As many particles, `n_most` at most, as can be drawn without hitting one twice, which would then count for too little. */
static dredge_status choose(struct table *table, int n_most, uint64_t seed)
{
    const double *weight = table->values + (size_t)table->n_keys * (size_t)table->n;
    const struct stream_address address = {.seed = seed, .purpose = PURPOSE_RESAMPLE, .entity = TABLE_ENTITY};
    uint32_t words[4];
    double total = 0;
    int is_sound = 1;
    stream_words(&address, words);
    for (int i = 0; i < table->n; i++) {
        is_sound &= weight[i] >= 0;
        total += weight[i];
    }
    if (!is_sound || !(total > 0 && total < 1e300)) {
        return cannot(table, "has weights that are none");
    }
    int n_draws = n_most < table->n ? n_most : table->n;
    do {
        table->n_chosen = n_draws;
        n_draws = draw(table, n_draws, total, (words[0] + 0.5) * 0x1p-32);
    } while (n_draws < table->n_chosen);
    return DREDGE_OK;
}

/* The text: keys, then a line per chosen particle. */
static dredge_status write_table(const struct table *table, char **text)
{
    size_t row_bytes = 0;
    for (int k = 0; k < table->n_keys; k++) {
        row_bytes += strlen(table->key[k]) + NUMBER_BYTES;
    }
    for (int k = 0; k < table->n_theories; k++) {
        row_bytes += strlen(table->theory[k]);
    }
    size_t n_bytes = row_bytes * ((size_t)table->n_chosen + 1) + 1;
    size_t used = 0;
    *text = malloc(n_bytes);
    if (*text == NULL) {
        return status_no_memory(n_bytes);
    }
    for (int row = -1; row < table->n_chosen; row++) {
        for (int k = 0; k < table->n_keys; k++) {
            size_t at = (size_t)k * (size_t)table->n + (size_t)(row < 0 ? 0 : table->chosen[row]);
            const char *end = k + 1 < table->n_keys ? "," : "\n";
            int is_theory = table->n_theories > 0 && k + 1 == table->n_keys;
            if (row < 0) {
                used += (size_t)snprintf(*text + used, n_bytes - used, "%s%s", table->key[k], end);
            } else if (is_theory) {
                used +=
                    (size_t)snprintf(*text + used, n_bytes - used, "%s%s", table->theory[(int)table->values[at]], end);
            } else {
                used += (size_t)snprintf(*text + used, n_bytes - used, "%.17g%s", table->values[at], end);
            }
        }
    }
    return DREDGE_OK;
}

/* Opens the file for reading; the caller closes *file. */
static dredge_status open_file(const struct table *table, hid_t *file)
{
    int is_sealed = 0;
    hdf_quiet();
    dredge_status status = file_seal_check(table->path, &is_sealed);
    if (status != DREDGE_OK) {
        return status;
    }
    if (H5Fis_hdf5(table->path) <= 0) {
        return cannot(table, "is no HDF5 file");
    }
    *file = H5Fopen(table->path, H5F_ACC_RDONLY, H5P_DEFAULT);
    return *file >= 0 ? DREDGE_OK : cannot(table, "cannot be opened");
}

static dredge_status read_file(struct table *table)
{
    hid_t file = -1;
    dredge_status status = open_file(table, &file);
    if (status != DREDGE_OK) {
        return status;
    }
    status = read_lists(file, table);
    if (status == DREDGE_OK) {
        status = read_columns(file, table);
    }
    (void)H5Fclose(file);
    return status;
}

dredge_status particles_table(const char *path, int n_most, uint64_t seed, char **text)
{
    struct table table = {.path = path};
    *text = NULL;
    dredge_status status = read_file(&table);
    if (status == DREDGE_OK) {
        status = choose(&table, n_most, seed);
    }
    if (status == DREDGE_OK) {
        status = write_table(&table, text);
    }
    free(table.chosen);
    free(table.values);
    free(table.theories);
    free(table.keys);
    return status;
}

dredge_status particles_text(const char *path, const char *name, char **text)
{
    const struct table table = {.path = path};
    hid_t file = -1;
    *text = NULL;
    dredge_status status = open_file(&table, &file);
    if (status != DREDGE_OK) {
        return status;
    }
    if (hdf_extent(file, "weight") < 1) {
        status = cannot(&table, "is no posterior");
    } else if (hdf_get_text(file, name, MOST_STUDY_BYTES, text) < 0) {
        status = status_no_memory(MOST_STUDY_BYTES);
    }
    (void)H5Fclose(file);
    return status;
}
