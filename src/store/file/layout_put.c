/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/layout.h"

void layout_put(struct layout *layout, hid_t dataset, hid_t memory_type, int rank, const int *start, const int *count,
                const void *values)
{
    hsize_t from[HDF_MOST_RANK], n[HDF_MOST_RANK];
    for (int i = 0; i < rank; i++) {
        from[i] = (hsize_t)start[i];
        n[i] = (hsize_t)count[i];
    }
    layout->has_failed |= !hdf_put(dataset, memory_type, rank, from, n, values);
}

void layout_put_text(struct layout *layout, const char *name, const char *text)
{
    layout->has_failed |= !hdf_put_text(layout->file, name, text);
}

void layout_put_number(struct layout *layout, const char *name, double number)
{
    layout->has_failed |= !hdf_put_number(layout->file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, &number);
}

/* Datasets are closed with the file. */
dredge_status layout_close(struct layout *layout, const char *output)
{
    if (layout->file <= 0) {
        sink_release(&layout->sink);
        return DREDGE_OK;
    }
    layout_end_tallies(layout);
    layout->has_failed |= H5Fclose(layout->file) < 0;
    layout->file = 0;
    sink_release(&layout->sink);
    if (layout->sink.error != 0) {
        return status_fail(DREDGE_FILE,
                           "%s: cannot write this file: %s; all finished runs are kept: make room, then continue with "
                           "--resume",
                           output, strerror(layout->sink.error));
    }
    return layout->has_failed ? status_fail(DREDGE_FILE, "%s: HDF5 could not write this file", output) : DREDGE_OK;
}

/* What a netCDF name may hold without trouble in any language: letters, digits, underscores, and UTF-8. */
static void plain_name(const char *key, char name[STUDY_KEY_BYTES])
{
    size_t length = 0;
    for (; key[length] != '\0' && length < STUDY_KEY_BYTES - 1; length++) {
        char c = key[length];
        int is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
        name[length] = c;
        if (!is_plain) {
            name[length] = '_';
        }
    }
    name[length] = '\0';
}

void layout_factor_name(const char *const *keys, int index, char name[LAYOUT_NAME_BYTES])
{
    char plain[STUDY_KEY_BYTES], other[STUDY_KEY_BYTES];
    int n_same = 1;
    plain_name(keys[index], plain);
    for (int before = 0; before < index; before++) {
        plain_name(keys[before], other);
        n_same += strcmp(plain, other) == 0;
    }
    if (n_same == 1) {
        memcpy(name, plain, strlen(plain) + 1);
    } else {
        (void)snprintf(name, LAYOUT_NAME_BYTES, "%s_%d", plain, n_same);
    }
}

int layout_month(const struct study *study, int sample)
{
    return (sample + 1) * study->every - 1;
}
