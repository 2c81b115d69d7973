/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "store/file/hdf.h"
#include "store/file/results_file.h"

enum { MOST_TEXT_BYTES = 1 << 26, MOST_NUMBERS = 64, PATH_BYTES = 256 };

static const char *const of_variables[] = {"units", "long_name", "description", "coordinates", "flag_values",
                                           "flag_meanings", "exact", "digest",
                                           /* netCDF's, by which readers change numbers */
                                           "_FillValue", "missing_value", "scale_factor", "add_offset", "valid_min",
                                           "valid_max", "valid_range", "_Unsigned", "calendar", NULL};
static const char *const of_groups[] = {"method", "order", "points",      "factors", "trajectories",
                                        "levels", "bases", RESULTS_PARTS, NULL};
static const char *const of_root[] = {"question",    "scale",  "theory",           "Conventions",
                                      "baseline",    "months", "aftercare_months", "runs_done",
                                      "runs_failed", NULL};

static int is_among(const char *const *names, const char *name)
{
    int is = 0;
    for (; *names != NULL && !is; names++) {
        is = strcmp(*names, name) == 0;
    }
    return is;
}

static int is_known(const char *name)
{
    int is = is_among(of_variables, name) || is_among(of_groups, name) || is_among(of_root, name);
    for (int which = 0; which < N_RESULTS_TEXTS && !is; which++) {
        is = strcmp(results_text_names[which], name) == 0;
    }
    return is;
}

/* Adds an attribute; a value that is neither a text of fixed length nor a few numbers counts as none. */
static herr_t add_attribute(hid_t object, const char *name, const H5A_info_t *about, void *context)
{
    struct digest *digest = context;
    double numbers[MOST_NUMBERS];
    char *text = NULL;
    (void)about;
    if (!is_known(name)) {
        return 0;
    }
    digest_text(digest, name);
    int result = hdf_get_text(object, name, MOST_TEXT_BYTES, &text);
    if (result > 0) {
        digest_text(digest, text);
    } else if (result == 0) {
        int n = hdf_get_numbers(object, name, MOST_NUMBERS, numbers);
        digest_whole(digest, n);
        digest_reals(digest, (size_t)n, numbers);
    }
    free(text);
    return result < 0 ? -1 : 0;
}

int labels_digest(hid_t object, char hex[33])
{
    struct digest digest;
    hsize_t next = 0;
    digest_begin(&digest);
    int is_done = H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &next, add_attribute, &digest) >= 0;
    digest_hex(&digest, hex);
    return is_done;
}

struct lines {
    char *text; /* [room], owned */
    size_t length, room;
};

static int add_line(struct lines *lines, const char *path, const char *hex)
{
    size_t n_bytes = strlen(path) + strlen(hex) + 3;
    if (lines->length + n_bytes > lines->room) {
        size_t room = 2 * lines->room + n_bytes;
        char *longer = realloc(lines->text, room);
        if (longer == NULL) {
            return 0;
        }
        lines->text = longer;
        lines->room = room;
    }
    (void)snprintf(lines->text + lines->length, n_bytes, "%s\t%s\n", path, hex);
    lines->length += n_bytes - 1;
    return 1;
}

/* Adds the lines of an object and of what a group holds, in the order in which they were made; 0 on failure. */
static int add_object(hid_t file, const char *path, struct lines *lines)
{
    H5G_info_t about = {.nlinks = 0};
    char hex[33];
    int is_root = strcmp(path, "/") == 0;
    hid_t object = H5Oopen(file, path, H5P_DEFAULT);
    int is_group = object >= 0 && H5Iget_type(object) == H5I_GROUP;
    int is_done = object >= 0 && labels_digest(object, hex) && add_line(lines, path, hex);
    is_done = is_done && (!is_group || H5Gget_info(object, &about) >= 0);
    for (hsize_t i = 0; is_done && i < about.nlinks; i++) {
        char name[PATH_BYTES], inside[2 * PATH_BYTES];
        is_done =
            H5Lget_name_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name, sizeof name, H5P_DEFAULT) > 0;
        (void)snprintf(inside, sizeof inside, "%s%s%s", is_root ? "" : path, is_root ? "" : "/", name);
        is_done = is_done && add_object(file, inside, lines);
    }
    (void)H5Oclose(object);
    return is_done;
}

char *labels_list(hid_t file)
{
    struct lines lines = {0};
    if (!add_object(file, "/", &lines)) {
        free(lines.text);
        lines.text = NULL;
    }
    return lines.text;
}
