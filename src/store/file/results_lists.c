/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/files.h"
#include "store/file/hdf.h"
#include "store/file/own.h"
#include "store/file/results_inside.h"

enum { MOST_FACTORS = 1024, MOST_VALUES = 1 << 27, MOST_NAME_BYTES = 1 << 24 };

static dredge_status open_list(struct results_file *file, const struct hdf_want *want, hid_t *dataset)
{
    const char *trouble = hdf_open(file->hdf, want, file->n_bytes, 1, dataset);
    return trouble == NULL ? DREDGE_OK : results_file_unfit(file, want->name, trouble);
}

/* Values of a list, which the caller frees. */
static dredge_status read_list(struct results_file *file, const struct hdf_want *want, hid_t memory_type, void **values)
{
    hid_t dataset = -1;
    hsize_t start = 0;
    *values = NULL;
    dredge_status status = open_list(file, want, &dataset);
    if (status != DREDGE_OK) {
        return status;
    }
    *values = malloc((size_t)want->extent[0] * want->type_bytes);
    if (*values == NULL) {
        status = status_no_memory(want->extent[0] * want->type_bytes);
    } else if (!hdf_get(dataset, memory_type, 1, &start, want->extent, 0, 0, *values)) {
        free(*values);
        *values = NULL;
        status = results_file_unfit(file, want->name, "cannot be read");
    }
    (void)H5Dclose(dataset);
    return status;
}

dredge_status results_file_numbers(struct results_file *file, const char *name, int n, int **numbers)
{
    const struct hdf_want want = {name, H5T_INTEGER, 4, 1, {(hsize_t)n}};
    void *values = NULL;
    dredge_status status = read_list(file, &want, H5T_NATIVE_INT, &values);
    *numbers = values;
    return status;
}

/* ---- names ---- */

/* Takes the lines that begin with `kind` and a tab (or, without a kind, all) from `*text` on, at most `most`, as names
 * without that; moves `*text` behind them. What was read so far is the caller's in any case. */
static dredge_status take_lines(struct results_file *file, const char *kind, int most, const char **text, int *n,
                                char ***lines)
{
    size_t start = kind != NULL ? strlen(kind) + 1 : 0;
    int n_lines = 0;
    for (const char *rest = *text; rest != NULL && *rest != '\0' && n_lines <= most; n_lines++) {
        if (kind != NULL && (strncmp(rest, kind, start - 1) != 0 || rest[start - 1] != '\t')) {
            break;
        }
        rest += strcspn(rest, "\n");
        rest += *rest == '\n';
    }
    if (n_lines > most) {
        return results_file_unfit(file, "names", "has too many lines");
    }
    *lines = calloc((size_t)n_lines + 1, sizeof **lines);
    if (*lines == NULL) {
        return status_no_memory((unsigned long long)n_lines * sizeof **lines);
    }
    for (*n = 0; *n < n_lines; (*n)++) {
        size_t length = strcspn(*text, "\n");
        if (length - start >= STUDY_KEY_BYTES) {
            return results_file_unfit(file, "names", "has a line that is too long");
        }
        (*lines)[*n] = files_text("%.*s", (int)(length - start), *text + start);
        if ((*lines)[*n] == NULL) {
            return status_no_memory(length);
        }
        *text += length + ((*text)[length] == '\n');
    }
    return DREDGE_OK;
}

static dredge_status check_bytes(struct results_file *file, const char *name, size_t n, const char *bytes)
{
    struct digest digest;
    char hex[33], *found = NULL;
    hid_t dataset = H5Dopen2(file->hdf, name, H5P_DEFAULT);
    int result = hdf_get_text(dataset, "digest", sizeof hex, &found);
    digest_begin(&digest);
    digest_bytes(&digest, n, bytes);
    digest_hex(&digest, hex);
    int is_right = result == 1 && strcmp(hex, found) == 0;
    free(found);
    (void)H5Dclose(dataset);
    return is_right ? DREDGE_OK : results_file_unfit(file, name, "has changed since the file was written");
}

dredge_status results_file_text_bytes(struct results_file *file, const char *name, char **text)
{
    hsize_t n = hdf_is_here_all(file->hdf, name) ? hdf_extent(file->hdf, name) : 0;
    const struct hdf_want want = {name, H5T_INTEGER, 1, 1, {n}};
    void *bytes = NULL;
    *text = NULL;
    if (n == 0 || n > MOST_NAME_BYTES) {
        return results_file_unfit(file, name, "is missing or has an impossible length");
    }
    dredge_status status = read_list(file, &want, H5T_NATIVE_UCHAR, &bytes);
    if (status != DREDGE_OK) {
        return status;
    }
    if (bytes != NULL && memchr(bytes, '\0', (size_t)n) != NULL) {
        free(bytes);
        return results_file_unfit(file, name, "holds zeros");
    }
    *text = files_text("%.*s", (int)n, (const char *)bytes);
    free(bytes);
    if (*text == NULL) {
        return status_no_memory(n);
    }
    return file->is_sealed ? DREDGE_OK : check_bytes(file, name, (size_t)n, *text);
}

dredge_status results_file_load_names(struct results_file *file)
{
    struct results_info *info = &file->results.info;
    int is_first = file->format == 1;
    char *names = NULL;
    dredge_status status = is_first ? DREDGE_OK : results_file_text_bytes(file, OWN_NAMES, &names);
    const char *rest = is_first ? file->text[RESULTS_REGIMES] : names, *rest_1 = file->text[RESULTS_FACTORS];
    if (status == DREDGE_OK) {
        status = take_lines(file, is_first ? NULL : "regime", file->shape.n_regimes, &rest, &info->n_regimes,
                            &info->regimes);
    }
    if (status == DREDGE_OK && info->n_regimes != file->shape.n_regimes) {
        status = results_file_unfit(file, "regime", "has too few or too many names");
    }
    if (status == DREDGE_OK) {
        status = take_lines(file, is_first ? NULL : "factor", MOST_FACTORS, is_first ? &rest_1 : &rest,
                            &info->n_factors, &info->factors);
    }
    if (status == DREDGE_OK) {
        status = is_first ? results_file_find_catalogue(file) : catalogue_read(file->path, rest, &info->catalogue);
    }
    if (status == DREDGE_OK) {
        status = results_list_outcomes(info);
    }
    free(names);
    return status;
}

/* ---- lists ---- */

static dredge_status read_factors(struct results_file *file)
{
    struct results_info *info = &file->results.info;
    size_t n_points = (size_t)file->shape.n_points, n_factors = (size_t)info->n_factors;
    dredge_status status = DREDGE_OK;
    if ((long long)n_factors * file->shape.n_points > MOST_VALUES) {
        return results_file_unfit(file, "factors", "has too many factors");
    }
    for (size_t factor = 0; status == DREDGE_OK && factor < n_factors; factor++) {
        char name[SETTING_NAME_BYTES];
        settings_factor_name((const char *const *)info->factors, (int)factor, name);
        const struct hdf_want want = {name, H5T_FLOAT, 8, 1, {(hsize_t)n_points}};
        void *values = NULL;
        status = read_list(file, &want, H5T_NATIVE_DOUBLE, &values);
        if (status == DREDGE_OK && info->values == NULL) {
            info->values = malloc(n_points * n_factors * sizeof *info->values);
            status = info->values == NULL ? status_no_memory(n_points * n_factors * sizeof *info->values) : DREDGE_OK;
        }
        for (size_t point = 0; status == DREDGE_OK && values != NULL && point < n_points; point++) {
            info->values[point * n_factors + factor] = ((const double *)values)[point];
        }
        free(values);
    }
    return status;
}

static dredge_status check_done(struct results_file *file)
{
    const int *replicates_done = file->results.info.replicates_done;
    for (int point = 0; replicates_done != NULL && point < file->shape.n_points; point++) {
        int done = replicates_done[point];
        if (done < 0 || done > file->shape.n_replicates) {
            return results_file_unfit(file, "replicates_done", "holds impossible numbers");
        }
    }
    return DREDGE_OK;
}

dredge_status results_file_load_lists(struct results_file *file)
{
    struct results_info *info = &file->results.info;
    const struct hdf_want want = {"hit_max", H5T_INTEGER, 1, 1, {(hsize_t)file->shape.n_points}};
    void *hit_max = NULL;
    dredge_status status = DREDGE_OK;
    if (file->shape.n_months > 0) {
        status = results_file_numbers(file, "month", file->shape.n_months, &info->months);
    }
    if (status == DREDGE_OK) {
        status = results_file_numbers(file, "replicates_done", file->shape.n_points, &info->replicates_done);
    }
    if (status == DREDGE_OK) {
        status = check_done(file);
    }
    if (status == DREDGE_OK && hdf_is_here(file->hdf, want.name)) {
        status = read_list(file, &want, H5T_NATIVE_UCHAR, &hit_max);
        info->hit_max = hit_max;
    }
    return status == DREDGE_OK ? read_factors(file) : status;
}
