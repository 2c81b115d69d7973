/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/labels.h"

#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/results_file.h"

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

int labels_is_known(const char *name)
{
    int is = is_among(of_variables, name) || is_among(of_groups, name) || is_among(of_root, name);
    for (int which = 0; which < N_RESULTS_TEXTS && !is; which++) {
        is = strcmp(results_text_names[which], name) == 0;
    }
    return is;
}

void labels_add(struct digest *digest, const char *name, const char *text, int n, const double *numbers)
{
    digest_text(digest, name);
    if (text != NULL) {
        digest_text(digest, text);
    } else {
        digest_whole(digest, n);
        digest_reals(digest, (size_t)n, numbers);
    }
}

/* Of an object in a file. Texts of variable length are no values. */
static herr_t add_attribute(hid_t object, const char *name, const H5A_info_t *about, void *context)
{
    double numbers[LABELS_MOST_NUMBERS];
    char *text = NULL;
    (void)about;
    if (!labels_is_known(name)) {
        return 0;
    }
    int result = hdf_get_text(object, name, LABELS_MOST_TEXT_BYTES, &text);
    if (result >= 0) {
        int n = text != NULL ? 0 : hdf_get_numbers(object, name, LABELS_MOST_NUMBERS, numbers);
        labels_add(context, name, text, n, numbers);
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
