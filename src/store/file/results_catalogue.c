/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/file/hdf.h"
#include "store/file/results_inside.h"

/* A file of format 1 has no catalogue: its outcomes are the variables of the root that are double [point][regime]
 * [replicate], its series those whose names begin with "month_". What this program's table knows of a name, it says;
 * otherwise the labels of the variable do. */

enum { MOST_LINKS = 8192, MOST_LABEL_BYTES = 1024, MOST_NAME = 64 };

static const char month[] = "month_";

/* A label without tabs and ends of lines; the caller frees it; NULL when out of memory. */
static char *read_label(hid_t dataset, const char *name)
{
    char *text = NULL;
    if (hdf_get_text(dataset, name, MOST_LABEL_BYTES, &text) != 1) {
        text = calloc(1, 1);
    }
    for (char *c = text; c != NULL && *c != '\0'; c++) {
        if ((unsigned char)*c < ' ') {
            *c = ' ';
        }
    }
    return text;
}

/* The line of a variable of this kind, by the table or its labels; the caller frees it; NULL when out of memory. */
static char *make_line(hid_t dataset, const char *name, int is_series)
{
    int known = is_series ? series_find(name) : outcome_find(name);
    int better = known < 0 ? 0 : is_series ? series_infos[known].better : outcome_infos[known].better;
    double number = known < 0 ? is_series : is_series ? series_infos[known].top : outcome_infos[known].matters;
    char *unit = read_label(dataset, "units"), *long_name = read_label(dataset, "long_name");
    char *description = read_label(dataset, "description"), *line = NULL;
    if (unit != NULL && long_name != NULL && description != NULL) {
        line = files_text("%s\t%s\t%s\t%d\t%.17g\tscalar\t%s\t%s\n", is_series ? "series" : "outcome", name, unit,
                          better, number, long_name, description);
    }
    free(unit);
    free(long_name);
    free(description);
    return line;
}

/* Is the dataset of this class, size and rank? */
static int looks_like(hid_t dataset, size_t type_bytes, int rank)
{
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    int does =
        H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) == type_bytes && H5Sget_simple_extent_ndims(space) == rank;
    (void)H5Sclose(space);
    (void)H5Tclose(type);
    return does;
}

/* The line of link `index`, NULL when it is neither outcome nor series; `*no_memory` when there is none. */
static char *line_of(hid_t file, hsize_t index, H5_index_t order, int *no_memory)
{
    char name[MOST_NAME] = "", *line = NULL;
    ssize_t length = H5Lget_name_by_idx(file, ".", order, H5_ITER_INC, index, name, sizeof name, H5P_DEFAULT);
    if (length <= 0 || length >= MOST_NAME || !hdf_is_here(file, name)) {
        return NULL;
    }
    hid_t object = H5Oopen(file, name, H5P_DEFAULT);
    if (object >= 0 && H5Iget_type(object) == H5I_DATASET) {
        int is_month = strncmp(name, month, sizeof month - 1) == 0;
        if (is_month ? looks_like(object, 4, 4) : looks_like(object, 8, 3)) {
            line = make_line(object, is_month ? name + sizeof month - 1 : name, is_month);
            *no_memory |= line == NULL;
        }
    }
    (void)H5Oclose(object);
    return line;
}

dredge_status results_file_find_catalogue(struct results_file *file)
{
    H5G_info_t about;
    int no_memory = 0;
    if (H5Gget_info(file->hdf, &about) < 0 || about.nlinks > MOST_LINKS) {
        return results_file_unfit(file, "/", "holds too much");
    }
    hid_t root = H5Gopen2(file->hdf, "/", H5P_DEFAULT), creation = H5Gget_create_plist(root);
    unsigned flags = 0;
    (void)H5Pget_link_creation_order(creation, &flags);
    (void)H5Pclose(creation);
    (void)H5Gclose(root);
    H5_index_t order = (flags & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
    char *lines = files_text("%s", "");
    for (hsize_t i = 0; lines != NULL && !no_memory && i < about.nlinks; i++) {
        char *line = line_of(file->hdf, i, order, &no_memory);
        char *longer = line != NULL ? files_text("%s%s", lines, line) : NULL;
        if (line != NULL) {
            free(lines);
            lines = longer;
        }
        free(line);
    }
    dredge_status status = lines == NULL || no_memory
                               ? status_no_memory(MOST_LABEL_BYTES)
                               : catalogue_read(file->path, lines, &file->results.info.catalogue);
    free(lines);
    return status;
}
