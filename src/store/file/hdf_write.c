/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/file/hdf.h"
#include "store/store.h"

void hdf_quiet(void)
{
    (void)H5open();
    (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static struct {
    H5E_auto2_t tell;
    void *context;
    int is_known;
} callers;

void store_hush(void)
{
    callers.is_known = H5Eget_auto2(H5E_DEFAULT, &callers.tell, &callers.context) >= 0;
    hdf_quiet();
}

void store_unhush(void)
{
    if (callers.is_known) {
        (void)H5Eset_auto2(H5E_DEFAULT, callers.tell, callers.context);
    }
}

struct reason {
    size_t n_bytes;
    char *text;
};

static herr_t keep_reason(unsigned n, const H5E_error2_t *error, void *context)
{
    struct reason *reason = context;
    (void)n;
    if (error->desc != NULL && reason->text[0] == '\0') {
        const char *details = strstr(error->desc, ": time = "); /* and addresses in memory, on two lines */
        size_t length = details != NULL ? (size_t)(details - error->desc) : strcspn(error->desc, "\n");
        length = length < reason->n_bytes ? length : reason->n_bytes - 1;
        memcpy(reason->text, error->desc, length);
        reason->text[length] = '\0';
    }
    return 0;
}

void hdf_reason(size_t n_bytes, char *reason)
{
    struct reason kept = {n_bytes, reason};
    reason[0] = '\0';
    (void)H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_reason, &kept);
}

/* Writes the value of a new attribute, and closes it. */
static int put_value(hid_t attribute, hid_t memory_type, const void *value)
{
    int is_written = attribute >= 0 && H5Awrite(attribute, memory_type, value) >= 0;
    if (attribute >= 0) {
        is_written &= H5Aclose(attribute) >= 0;
    }
    return is_written;
}

/* Of fixed length: every reader of netCDF shows such attributes as plain text, and HDF5 protects them by a checksum, which
 * it does not do for texts of variable length. */
int hdf_put_text(hid_t object, const char *name, const char *text)
{
    size_t length = strlen(text);
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR), attribute = -1;
    if (type >= 0 && space >= 0 && H5Tset_cset(type, H5T_CSET_UTF8) >= 0 &&
        H5Tset_size(type, length > 0 ? length : 1) >= 0) {
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    }
    int is_written = put_value(attribute, type, text);
    (void)H5Tclose(type);
    (void)H5Sclose(space);
    return is_written;
}

int hdf_put_number(hid_t object, const char *name, hid_t file_type, hid_t memory_type, int n, const void *values)
{
    hsize_t extent = (hsize_t)n;
    hid_t space = H5Screate_simple(1, &extent, NULL);
    hid_t attribute = space >= 0 ? H5Acreate2(object, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT) : -1;
    int is_written = put_value(attribute, memory_type, values);
    (void)H5Sclose(space);
    return is_written;
}

static int put_part(hid_t dataset, hid_t transfer, hid_t memory_type, int rank, const hsize_t *start,
                    const hsize_t *count, const void *values)
{
    hid_t there = H5Dget_space(dataset), here = H5Screate_simple(rank, count, NULL);
    int is_written = there >= 0 && here >= 0 &&
                     H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
                     H5Dwrite(dataset, memory_type, here, there, transfer, values) >= 0;
    (void)H5Sclose(there);
    (void)H5Sclose(here);
    return is_written;
}

int hdf_put(hid_t dataset, hid_t memory_type, int rank, const hsize_t *start, const hsize_t *count, const void *values)
{
    return put_part(dataset, H5P_DEFAULT, memory_type, rank, start, count, values);
}

/* HDF5 would clear a megabyte to convert a text. */
int hdf_put_texts(hid_t dataset, hsize_t start, hsize_t n, const char *const *texts)
{
    enum { BUFFER_BYTES = 4096 };
    hid_t type = H5Tcopy(H5T_C_S1), transfer = H5Pcreate(H5P_DATASET_XFER);
    int is_written = type >= 0 && transfer >= 0 && H5Pset_buffer(transfer, BUFFER_BYTES, NULL, NULL) >= 0 &&
                     H5Tset_size(type, H5T_VARIABLE) >= 0 && H5Tset_cset(type, H5T_CSET_UTF8) >= 0 &&
                     put_part(dataset, transfer, type, 1, &start, &n, texts);
    (void)H5Tclose(type);
    (void)H5Pclose(transfer);
    return is_written;
}
